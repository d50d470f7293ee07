package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.link.Interface;
import java.util.ArrayList;
import java.util.List;

/** The groups that one socket has joined, with its source filters (RFC 3376 §3.1). Under the stack's lock. */
final class SocketGroups {
    private static final int LIMIT = 64;
    private static final int SOURCES = 64;

    /** A group on an interface; {@code exclude} says whether all sources but those listed are wanted, or those only. */
    private record Membership(IpAddress group, Interface on, boolean exclude, List<IpAddress> sources) {
    }

    private final Udp udp;
    private final List<Membership> memberships = new ArrayList<>();

    SocketGroups(Udp udp) {
        this.udp = udp;
    }

    private Membership find(IpAddress group, Interface on) {
        for (Membership membership : memberships) {
            if (membership.on == on && membership.group.sameBits(group)) {
                return membership;
            }
        }
        return null;
    }

    void join(IpAddress group, Interface on, IpAddress source) throws NetworkException {
        Membership membership = find(group, on);
        if (membership != null) {
            if (source == null || membership.sources.contains(source) && !membership.exclude) {
                throw (source == null && !membership.exclude ? Errno.EINVAL : Errno.EADDRINUSE).exception();
            }
            if (membership.exclude) {
                throw Errno.EINVAL.exception();
            }
            limit(membership.sources.size(), SOURCES);
            membership.sources.add(source);
            return;
        }
        limit(memberships.size(), LIMIT);
        udp.memberships.join(on, group);
        membership = new Membership(group, on, source == null, new ArrayList<>());
        if (source != null) {
            membership.sources.add(source);
        }
        memberships.add(membership);
    }

    private static void limit(int size, int limit) throws NetworkException {
        if (size >= limit) {
            throw Errno.ENOBUFS.exception();
        }
    }

    void leave(IpAddress group, Interface on, IpAddress source) throws NetworkException {
        Membership membership = find(group, on);
        if (membership == null) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        if (source != null) {
            if (membership.exclude) {
                throw Errno.EINVAL.exception();
            }
            if (!membership.sources.remove(source)) {
                throw Errno.EADDRNOTAVAIL.exception();
            }
            if (!membership.sources.isEmpty()) {
                return;
            }
        }
        memberships.remove(membership);
        udp.memberships.leave(on, group);
    }

    void block(IpAddress group, Interface on, IpAddress source, boolean block) throws NetworkException {
        Membership membership = find(group, on);
        if (membership == null) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        if (!membership.exclude) {
            throw Errno.EINVAL.exception();
        }
        if (membership.sources.contains(source) == block) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        if (block) {
            limit(membership.sources.size(), SOURCES);
            membership.sources.add(source);
        } else {
            membership.sources.remove(source);
        }
    }

    /** Returns whether a datagram to a group, from a source, that came in by an interface is wanted. */
    boolean wants(long groupHigh, long groupLow, int interfaceIndex, long sourceHigh, long sourceLow) {
        for (int i = 0; i < memberships.size(); i++) {
            Membership m = memberships.get(i);
            if (m.group.low() == groupLow && m.group.high() == groupHigh && m.on.index() == interfaceIndex) {
                return m.exclude != contains(m.sources, sourceHigh, sourceLow);
            }
        }
        return false;
    }

    private static boolean contains(List<IpAddress> sources, long high, long low) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).low() == low && sources.get(i).high() == high) {
                return true;
            }
        }
        return false;
    }

    void leaveAll() {
        for (Membership membership : memberships) {
            udp.memberships.leave(membership.on, membership.group);
        }
        memberships.clear();
    }
}
