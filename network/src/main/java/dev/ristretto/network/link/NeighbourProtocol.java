package dev.ristretto.network.link;

import dev.ristretto.network.device.Packet;

/** How a neighbour cache asks, and tells of failures: ARP or neighbour discovery. Under the stack's lock. */
public interface NeighbourProtocol {
    /** Asks for a neighbour's Ethernet address: all machines if {@code mac} is 0, else the one that had it. */
    void solicit(Interface on, long high, long low, long mac);

    /** A neighbour did not answer: each packet that waited for it (an IP packet from its start on) is passed here, and is still the caller's. */
    void unreachable(Interface on, Packet packet);

    /** A neighbour that was in use is gone. */
    default void lost(Interface on, Neighbour neighbour) {
    }
}
