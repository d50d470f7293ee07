package dev.ristretto.jdk.net;

import com.oracle.svm.core.jdk.RuntimeSupport;

/** Runs before {@code main} of a program that can open sockets. */
final class EarlyStart implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        NetworkView.set(new MachineNetworkView());
        MachineNetwork.startIfConfigured();
    }
}
