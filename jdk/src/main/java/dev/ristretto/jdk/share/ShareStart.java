package dev.ristretto.jdk.share;

import com.oracle.svm.core.jdk.RuntimeSupport;

/** Runs before {@code main} of a program that can open files. */
final class ShareStart implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        MachineShares.mountAll();
    }
}
