package dev.ristretto.jdk.net;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.ristretto.kernel.entropy.Entropy;

/** Runs before {@code main} of a program that can open sockets. */
final class EarlyStart implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        if (!Entropy.machineHasOwn()) {
            // The program may want random numbers before it wants a socket.
            EntropyDevice.attach();
        }
        NetworkView.set(new MachineNetworkView());
        MachineNetwork.startIfConfigured();
    }
}
