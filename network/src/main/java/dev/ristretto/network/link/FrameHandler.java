package dev.ristretto.network.link;

import dev.ristretto.network.device.Packet;

/** A protocol directly above Ethernet. Under the stack's lock. */
@FunctionalInterface
public interface FrameHandler {
    /**
     * A frame has arrived; the content is what follows the Ethernet header, padding included. The packet is the handler's.
     *
     * @param source the sender's Ethernet address, not a group's
     * @param toGroup whether the frame was sent to many
     */
    void input(Interface from, Packet packet, long source, boolean toGroup);
}
