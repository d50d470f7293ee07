package dev.ristretto.network.ip;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import java.util.List;

/** Which way leads to an address: through which interface, to which neighbour, from which address of ours. Under the stack's lock. */
final class PathFinder {
    private final Ip ip;
    private final List<Interface> interfaces;
    private final Interface loopback;
    private final RoutingTable routes;

    /** @param interfaces all there are, loopback first; the owner's list, which changes */
    PathFinder(Ip ip, List<Interface> interfaces, RoutingTable routes) {
        this.ip = ip;
        this.interfaces = interfaces;
        this.routes = routes;
        loopback = interfaces.get(0);
    }

    /** Returns the interface with that index, or null. */
    Interface byIndex(int index) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).index() == index) {
                return interfaces.get(i);
            }
        }
        return null;
    }

    /** Returns whether packets to that address end here. */
    boolean isLocal(long high, long low) {
        if (IpAddress.isV4(high, low) && (int) low >>> 24 == 127) {
            return true;
        }
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).has(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether an IPv4 address is a broadcast address of any interface. */
    boolean isBroadcast(IpAddress address) {
        if (address.isV4()) {
            for (int i = 0; i < interfaces.size(); i++) {
                if (interfaces.get(i).isBroadcast(address.v4())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Finds the way to another machine; see {@link IpLayer#path}. */
    Path path(IpAddress local, IpAddress wanted, int interfaceIndex) throws NetworkException {
        // Connecting to "any" means this machine, as on Linux.
        IpAddress remote = !wanted.isAny() ? wanted : wanted.isV4() ? IpAddress.LOOPBACK_V4 : IpAddress.LOOPBACK_V6;
        IpAddress from = local == null || local.isAny() ? null : local;
        int index = remote.scope() != 0 ? remote.scope() : interfaceIndex;
        if (from != null && (from.isV4() != remote.isV4() || !isLocal(from.high(), from.low()))) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        if (from != null && from.scope() != 0 && index == 0) {
            index = from.scope();
        }
        if (isLocal(remote.high(), remote.low())) {
            Path path = new Path(ip, from == null ? remote : from, remote, index);
            path.out = loopback;
            path.generation = routes.generation();
            return path;
        }
        Interface out = interfaceFor(remote.high(), remote.low(), index);
        if (out == null) {
            throw Errno.ENETUNREACH.exception();
        }
        IpAddress next = nextHop(out, remote);
        if (from == null) {
            LocalAddress chosen = SourceAddresses.choose(out, remote.high(), remote.low(), next.high(), next.low());
            if (chosen == null) {
                throw (remote.isV4() ? Errno.ENETUNREACH : Errno.EADDRNOTAVAIL).exception();
            }
            from = chosen.address;
        } else if (from.isLoopback()) {
            throw Errno.EINVAL.exception();
        }
        Path path = new Path(ip, from, remote, index);
        path.out = out;
        path.nextHop = next;
        path.generation = routes.generation();
        return path;
    }

    /** Brings a path up to date; returns false if there is none any more. */
    boolean refresh(Path path) {
        if (path.generation == routes.generation()) {
            return path.out != null;
        }
        path.generation = routes.generation();
        path.routeChanged();
        IpAddress remote = path.remote;
        if (!isLocal(path.local.high(), path.local.low())) {
            path.out = null;
        } else if (isLocal(remote.high(), remote.low())) {
            path.out = loopback;
        } else {
            path.out = path.local.isLoopback() ? null : interfaceFor(remote.high(), remote.low(), path.wantedInterface);
            path.nextHop = path.out == null ? null : nextHop(path.out, remote);
        }
        return path.out != null;
    }

    /** Returns the interface by which an address is reached, or null. Groups without a route go where most else goes. */
    Interface interfaceFor(long high, long low, int index) {
        boolean group = IpAddress.isMulticast(high, low) || IpAddress.isV4(high, low) && (int) low == -1;
        if (group && index != 0) {
            return byIndex(index);
        }
        Route route = routes.find(high, low, index);
        if (route != null) {
            return route.out();
        }
        if (!group) {
            return null;
        }
        Interface out = routes.defaultInterface(!IpAddress.isV4(high, low));
        for (int i = 1; out == null && i < interfaces.size(); i++) {
            out = interfaces.get(i).isUp() ? interfaces.get(i) : null;
        }
        return out;
    }

    private IpAddress nextHop(Interface out, IpAddress remote) {
        Route route = remote.isMulticast() ? null : routes.find(remote.high(), remote.low(), out.index());
        return route == null || route.gateway() == null ? remote : route.gateway();
    }
}
