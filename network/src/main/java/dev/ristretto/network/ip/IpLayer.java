package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;

/** IP, as a transport sees it. All calls under the stack's lock. */
public interface IpLayer {
    /** No checksum is to be made. */
    int NO_CHECKSUM = -1;

    /** Hop limit that hosts send with. */
    int DEFAULT_HOP_LIMIT = 64;

    /**
     * Finds the way to another machine (or this one).
     *
     * @param local the source address, or null or {@code 0.0.0.0} or {@code ::} to have one chosen
     * @param interfaceIndex the interface to go out by, or 0 for any
     * @throws NetworkException ENETUNREACH if there is no route, EADDRNOTAVAIL if {@code local} is not this machine's
     */
    IpPath path(IpAddress local, IpAddress remote, int interfaceIndex) throws NetworkException;

    /**
     * Returns an empty packet whose headroom suits all headers below a transport's, with room for {@code bytes} from its start on (transport header included);
     * or null if there is none: {@link Transport#outputReady} is called when there is again. What fits in a frame comes from another pool than what does not.
     */
    Packet allocate(int bytes);

    /**
     * Sends a packet whose content is a transport header and payload, at most {@link IpPath#mtu} less {@link IpPath#headerLength} bytes, or more if it is marked by
     * {@link Packet#segment} (whose header length is set by IP to include the lower headers: give the transport's), or more if {@code mayFragment}. The packet is
     * IP's from now on, whatever is returned, unless the caller has retained it.
     *
     * @param checksumOffset where in the transport header the checksum is to be put, which IP or the card makes, pseudo header included; or {@link #NO_CHECKSUM}.
     *     The field's content does not matter
     * @param trafficClass 0 to 255, ECN's two bits included
     * @param mayFragment whether the packet may be cut, here (both) or on the way (IPv4)
     * @return false if it was dropped because queues are full or the way has gone; {@link Transport#outputReady} is called when it is worth trying again
     */
    boolean output(IpPath path, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass, boolean mayFragment);

    /**
     * Sends a packet back to where one came from, from the address it was sent to, without a path: for answers that leave no state behind (RST, SYN cookies, echo).
     * Otherwise as {@link #output}, not cut.
     */
    boolean reply(IpInput to, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass);

    /** Returns whether packets to that address end here, on any interface: loopback included, multicast and broadcast not. */
    boolean isLocal(long high, long low);

    /** Tells the sender of a packet that its destination port is closed (ICMP port unreachable), within limits. The packet is not consumed. */
    void portUnreachable(Packet packet, IpInput from);
}
