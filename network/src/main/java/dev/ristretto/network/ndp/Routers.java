package dev.ristretto.network.ndp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.Route;
import dev.ristretto.network.ip.RoutingTable;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.DomainNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the routers on a link said, for as long as they said it holds (RFC 4861 §6.3, RFC 8106). Bounded. Under the stack's lock. */
final class Routers {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT = 8;

    /** A thing with an end. */
    private record Until<T>(T what, long end) {
    }

    private final StackContext context;
    private final RoutingTable table;
    private final Interface on;
    private final List<Until<Route>> routes = new ArrayList<>();
    private final List<Until<IpAddress>> servers = new ArrayList<>();
    private final List<Until<String>> domains = new ArrayList<>();

    Routers(StackContext context, RoutingTable table, Interface on) {
        this.context = context;
        this.table = table;
        this.on = on;
    }

    /** An advertisement that has been checked. */
    void advertisement(Packet packet, IpInput from, long now) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int end = packet.end();
        IpAddress router = IpAddress.ofV6(from.sourceHigh, from.sourceLow, on.index());
        int hopLimit = b.get(at + 4) & 0xff;
        if (hopLimit != 0) {
            on.hopLimit = hopLimit;
        }
        on.neighboursV6.times(b.getInt(at + 8) & 0xffffffffL, b.getInt(at + 12) & 0xffffffffL);
        // Bits 3 and 4 are a preference (RFC 4191 §2.2): 01 high, 00 medium, 11 low.
        int preference = b.get(at + 5) << 27 >> 30;
        boolean fixed = on.configuration().gateways().stream().anyMatch(IpAddress::isV6);
        long lifetime = (b.getShort(at + 6) & 0xffff) * SECOND;
        removeRoutes(router);
        if (!fixed && lifetime > 0) {
            put(new Route(IpAddress.ANY_V6, 0, router, on, 20 - preference, Route.Origin.ROUTER), now + lifetime);
        }
        long mac = NdpOptions.mac(b, at + 16, end, NdpOptions.SOURCE_MAC);
        if (mac >= 0) {
            Neighbour neighbour = on.neighboursV6.get(router.high(), router.low());
            if (neighbour != null) {
                on.neighboursV6.learn(neighbour, mac);
                on.neighboursV6.router(neighbour, true);
            }
        }
        for (int option = at + 16; option < end; option += NdpOptions.length(b, option)) {
            option(b, option, now);
        }
    }

    private void option(ByteBuffer b, int option, long now) {
        int length = NdpOptions.length(b, option);
        switch (b.get(option) & 0xff) {
            case NdpOptions.MTU -> {
                int mtu = b.getInt(option + 4);
                if (mtu >= 1280 && on.configuration().mtu() == 0) {
                    on.limitMtu(true, mtu);
                    table.touch();
                }
            }
            case NdpOptions.DNS_SERVERS -> {
                long until = now + (b.getInt(option + 4) & 0xffffffffL) * SECOND;
                for (int i = option + 8; i + 16 <= option + length; i += 16) {
                    put(servers, IpAddress.ofV6(b.getLong(i), b.getLong(i + 8), on.index()), until);
                }
            }
            case NdpOptions.DNS_SEARCH -> {
                long until = now + (b.getInt(option + 4) & 0xffffffffL) * SECOND;
                for (String name : DomainNames.read(b, option + 8, option + length)) {
                    put(domains, name, until);
                }
            }
            default -> {
            }
        }
    }

    private static <T> void put(List<Until<T>> list, T what, long until) {
        list.removeIf(u -> u.what.equals(what));
        if (list.size() < LIMIT) {
            list.add(new Until<>(what, until));
        }
    }

    /** A network is on this link. */
    void onLink(IpAddress prefix, int length, long until) {
        Route route = new Route(prefix, length, null, on, 0, Route.Origin.ROUTER);
        routes.removeIf(u -> u.what.equals(route));
        put(route, until);
    }

    private void put(Route route, long until) {
        if (until > context.clock().nanos() && routes.size() < 2 * LIMIT) {
            routes.add(new Until<>(route, until));
            table.add(route);
        } else {
            table.removeIf(route::equals);
        }
    }

    private void removeRoutes(IpAddress router) {
        for (Until<Route> route : List.copyOf(routes)) {
            if (router.equals(route.what.gateway())) {
                routes.remove(route);
                table.removeIf(route.what::equals);
            }
        }
    }

    void lost(long high, long low) {
        removeRoutes(IpAddress.ofV6(high, low, on.index()));
    }

    /** Ends what has had its time; returns when the next thing ends, or {@link Long#MAX_VALUE}. */
    long expire(long now) {
        long next = Long.MAX_VALUE;
        for (Until<Route> route : List.copyOf(routes)) {
            if (route.end <= now) {
                routes.remove(route);
                table.removeIf(route.what::equals);
            } else {
                next = Math.min(next, route.end);
            }
        }
        return next;
    }

    private static <T> List<T> alive(List<Until<T>> list, long now) {
        list.removeIf(u -> u.end <= now);
        return list.stream().map(Until::what).toList();
    }

    List<IpAddress> nameServers(long now) {
        return alive(servers, now);
    }

    List<String> searchDomains(long now) {
        return alive(domains, now);
    }
}
