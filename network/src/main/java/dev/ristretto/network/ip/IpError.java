package dev.ristretto.network.ip;

import dev.ristretto.network.Errno;

/** An ICMP error. One object per stack, filled for each error: read it, do not keep it. */
public final class IpError {
    /** This machine's address in the packet that the error is about. */
    public long localHigh;
    public long localLow;
    /** The address that the packet was sent to. */
    public long remoteHigh;
    public long remoteLow;
    /** What to report: ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EMSGSIZE... */
    public Errno errno;
    /** Whether it is of the kind that says "never" (RFC 1122 §4.2.3.9: port, protocol unreachable) rather than "not now". */
    public boolean hard;
    /** With EMSGSIZE: the largest packet that passes, IP header included; {@link IpPath#mtu} says so already if IP believed it. Else 0. */
    public int mtu;
}
