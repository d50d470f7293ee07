package dev.ristretto.jdk.net;

import com.oracle.svm.core.jdk.RuntimeSupport;

/** Runs before {@code main}. */
final class EarlyStart implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        MachineNetwork.startIfConfigured();
    }
}
