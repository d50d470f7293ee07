package dev.ristretto.network.socket;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import java.nio.ByteBuffer;

/** A UDP socket (RFC 768). Asynchronous errors (ICMP) are kept as pending error for connected sockets, and thrown by the next operation. */
public non-sealed interface UdpSocket extends Socket {
    /**
     * Binds to a local address and port.
     *
     * @param address one of this machine's, {@code 0.0.0.0} or {@code ::} for all, or a multicast address; else EADDRNOTAVAIL. IPv6 on an
     *     IPv4 socket: EAFNOSUPPORT
     * @param port 1 to 65535, or 0 for a free one from 49152 on
     * @throws NetworkException EINVAL if bound already, EADDRINUSE, EADDRNOTAVAIL
     */
    void bind(IpAddress address, int port) throws NetworkException;

    /**
     * Sets the peer: {@link #send(ByteBuffer)} goes there and only its datagrams are received; what was received before stays. Binds if need be. May be called
     * again for another peer.
     *
     * @throws NetworkException ENETUNREACH if there is no way there
     */
    void connect(IpAddress address, int port) throws NetworkException;

    /** Forgets the peer; the local port stays, a local address that {@link #connect} chose goes. */
    void disconnect() throws NetworkException;

    /** Returns the peer's address, or null if there is none. */
    IpAddress remoteAddress();

    /** Returns the peer's port, or 0 if there is none. */
    int remotePort();

    /**
     * Sends what is between position and limit to the peer as one datagram, and returns its length, or {@link #WOULD_BLOCK}. The position goes to the limit.
     *
     * @throws NetworkException EDESTADDRREQ without a peer; else as below
     */
    int send(ByteBuffer source) throws NetworkException;

    /**
     * Sends what is between position and limit as one datagram, and returns its length, or {@link #WOULD_BLOCK} when packets or the queue of the
     * card are used up. The position goes to the limit. Binds if need be.
     *
     * @throws NetworkException the pending error; EMSGSIZE above 65507 bytes (65527 with IPv6) or above the path MTU with DONT_FRAGMENT;
     *     ENETUNREACH, EHOSTUNREACH; EACCES for broadcast without the option; EISCONN if there is a peer and this is another; EINVAL for port 0
     */
    int send(ByteBuffer source, IpAddress address, int port) throws NetworkException;

    /**
     * Takes the next datagram into the buffer from its position on and moves the position; what does not fit is lost.
     *
     * @param from filled with where it came from; may be null
     * @return bytes put into the buffer, possibly 0, or {@link #WOULD_BLOCK}
     * @throws NetworkException the pending error, such as ECONNREFUSED
     */
    int receive(ByteBuffer target, Datagram from) throws NetworkException;

    /** As {@link #receive}, but the datagram stays and the next call sees it again (MSG_PEEK). */
    int peek(ByteBuffer target, Datagram from) throws NetworkException;

    /** Drops the next datagram, if there is one. */
    void skip();

    /** Returns the length of the next datagram in bytes; 0 also if there is none. As FIONREAD. */
    int available();

    /**
     * Joins a group on an interface.
     *
     * @param interfaceIndex 0 for the interface that the routing table chooses
     * @param source null for all sources; else only datagrams from there are taken, and each further call with another source adds it
     * @throws NetworkException EINVAL if the address is no group or the group is joined in the other way; EADDRINUSE if it is joined already;
     *     ENODEV if there is no such interface; ENOBUFS beyond 64 groups per socket
     */
    void join(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException;

    /** Leaves a group, or one source of it. EADDRNOTAVAIL if it is not joined. */
    void leave(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException;

    /** Takes no more datagrams of a group, joined for all sources, from one source. EADDRNOTAVAIL if the group is not joined, EINVAL if joined for some sources. */
    void block(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException;

    /** Undoes {@link #block}. EADDRNOTAVAIL if it is not blocked. */
    void unblock(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException;
}
