package dev.ristretto.network.socket;

/** The options of sockets; the names of Linux in brackets. Numbers, or 0 and 1 for no and yes. */
public enum SocketOption {
    /** A TCP port whose old connections linger may be bound; UDP sockets with multicast addresses may share a port (SO_REUSEADDR). */
    REUSE_ADDRESS,
    /** Several sockets may share address and port; connections and datagrams are spread over them by a hash (SO_REUSEPORT). */
    REUSE_PORT,
    /** Bytes; from 2048 to what the budget allows, silently clamped (SO_SNDBUF). Unlike on Linux, what is read back is what was set. */
    SEND_BUFFER,
    /** Bytes; as above (SO_RCVBUF). */
    RECEIVE_BUFFER,
    /** UDP: may send to broadcast addresses, else EACCES (SO_BROADCAST). The JDK sets it on every datagram socket. */
    BROADCAST,
    /** TCP (SO_KEEPALIVE). */
    KEEP_ALIVE,
    /** TCP: seconds idle before the first probe, 1 to 32767 (TCP_KEEPIDLE). */
    KEEP_IDLE,
    /** TCP: seconds between probes, 1 to 32767 (TCP_KEEPINTVL). */
    KEEP_INTERVAL,
    /** TCP: probes without an answer until the connection is given up, 1 to 127 (TCP_KEEPCNT). */
    KEEP_COUNT,
    /** TCP: small segments are not held back (TCP_NODELAY). */
    NO_DELAY,
    /** TCP: acknowledgements are not delayed (TCP_QUICKACK). */
    QUICK_ACK,
    /**
     * TCP: seconds from 0 to 65535, or -1 for off (SO_LINGER). 0 makes {@link TcpSocket#close} reset the connection. Close never blocks
     * here: with a positive value the connection is reset when the peer has not acknowledged all within that time.
     */
    LINGER,
    /** TCP: urgent data stays in the stream; always 1, setting 0 is EOPNOTSUPP (SO_OOBINLINE). */
    OOB_INLINE,
    /** The traffic class of what is sent, 0 to 255; the two lowest bits are ECN's and not changed (IP_TOS, IPV6_TCLASS). */
    TRAFFIC_CLASS,
    /** Hop limit of unicast packets, 1 to 255 (IP_TTL, IPV6_UNICAST_HOPS). */
    HOP_LIMIT,
    /** An IPv6 socket takes no IPv4; before it is bound (IPV6_V6ONLY). */
    V6_ONLY,
    /** UDP: IPv4 packets are never cut, a datagram above the path MTU is EMSGSIZE (IP_MTU_DISCOVER). */
    DONT_FRAGMENT,
    /** UDP: index of the interface that multicast goes out by, 0 for the routing table's choice (IP_MULTICAST_IF). */
    MULTICAST_INTERFACE,
    /** UDP: hop limit of multicast packets, 0 to 255, 1 at first (IP_MULTICAST_TTL). */
    MULTICAST_HOP_LIMIT,
    /** UDP: multicast that is sent also reaches sockets of this machine that joined; 1 at first (IP_MULTICAST_LOOP). */
    MULTICAST_LOOP
}
