package dev.ristretto.jdk.disk;

import com.oracle.svm.core.jdk.RuntimeSupport;

/** Runs before {@code main} of a program that can use disks. */
final class DiskStart implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        MachineDisks.mountAll();
    }
}
