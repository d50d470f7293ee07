package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;

/** A protocol above IP. All calls under the stack's lock. */
public interface Transport {
    /** Returns its number, one of {@link IpProtocol}. */
    int protocol();

    /**
     * A packet for this machine has arrived. Its content is the transport's header and payload and nothing else: IP has checked and pulled its own headers (they are still in
     * front, at {@link Packet#networkHeader}), cut padding, put fragments together, and verified the checksum of TCP and UDP. The packet now belongs to
     * the transport, which releases it.
     *
     * @param from what IP knows about it; valid only during this call
     */
    void input(Packet packet, IpInput from);

    /**
     * An ICMP error about a packet that this machine may have sent. The transport finds the connection by the addresses and the first 8 bytes of its own header
     * that are quoted, and should doubt it (RFC 5927): anybody can send one.
     *
     * @param quoted the packet that has the error; not the transport's to keep
     * @param at the position of the quoted transport header in its buffer; at least 8 bytes are there
     */
    void error(IpError error, Packet quoted, int at);

    /** There are packets again after {@link IpLayer#allocate} returned null, or room after {@link IpLayer#output} returned false. May be called without need. */
    void outputReady();

    /** An address of this machine went away or came: paths may have become invalid. */
    default void addressesChanged() {
    }
}
