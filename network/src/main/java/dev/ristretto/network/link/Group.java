package dev.ristretto.network.link;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.time.Timer;

/** A multicast group that an interface listens to. Under the stack's lock. */
public final class Group {
    public final IpAddress address;
    /** How many want it: sockets, and the stack itself. */
    public int users;
    /** Reports of the change that are still to be sent, for the network may lose one (RFC 3376 §5.1, RFC 3810 §6.1). */
    public int reportsLeft;
    /** When the next report is due. */
    public Timer timer;

    public Group(IpAddress address) {
        this.address = address;
    }
}
