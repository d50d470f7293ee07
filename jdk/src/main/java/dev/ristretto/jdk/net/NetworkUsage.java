package dev.ristretto.jdk.net;

import dev.ristretto.network.Usage;

/** What the network of the running program holds, for tests of whole images. */
public final class NetworkUsage {
    private NetworkUsage() {
    }

    /** Returns what the stack holds now. Any thread may call. */
    public static Usage now() {
        return MachineNetwork.get().usage();
    }

    /** Returns how many packets of the cards' are in use: those that virtio cards keep to receive into, and what they brought that is not released yet. */
    public static int cardPackets() {
        return MachineNetwork.cardPackets();
    }
}
