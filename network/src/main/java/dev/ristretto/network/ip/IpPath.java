package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;

/** The way from an address of this machine to another machine: made once per connection. All calls under the stack's lock. */
public interface IpPath {
    /** Returns the source address: the one that was asked for, or else the one chosen (RFC 6724 §5, RFC 1122 §3.3.4.3). */
    IpAddress local();

    IpAddress remote();

    /** Returns the index of the interface that packets go out by. */
    int interfaceIndex();

    /** Returns the largest packet in bytes, IP header included, that reaches the other end uncut, as far as is known now (RFC 1191, RFC 8201). Changes. */
    int mtu();

    /** Returns the bytes of the IP header: 20 or 40. */
    int headerLength();

    /** Returns whether {@link dev.ristretto.network.device.Packet#segment} may be asked for: the card cuts large TCP segments of this IP version. Always for loopback. */
    boolean segmentationOffload();

    /** Returns whether this ends on this machine. */
    boolean isLoopback();

    /** Returns false once the route or the source address has gone: {@link IpLayer#output} drops what is sent; {@link IpLayer#path} may find another. */
    boolean isValid();

    /** The peer has answered: the neighbour on the way there is reachable and need not be probed (RFC 4861 §7.3.1). Cheap. */
    void confirm();

    /** The connection has lost packets that are at its PMTU or may have a dead neighbour: look again (RFC 4821 §7.7, RFC 1122 §3.3.1.5). */
    void suspect();
}
