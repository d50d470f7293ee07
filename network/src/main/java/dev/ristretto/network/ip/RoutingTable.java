package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.link.Interface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which way packets go: the longest prefix wins, then the lower metric, then the older route. A machine at the edge has a handful, so a list will do. */
public final class RoutingTable {
    private final List<Route> routes = new ArrayList<>();
    private int generation = 1;

    /** Adds a route, unless the same is there. */
    public void add(Route route) {
        if (!routes.contains(route)) {
            routes.add(route);
            generation++;
        }
    }

    public void removeIf(Predicate<Route> unwanted) {
        if (routes.removeIf(unwanted)) {
            generation++;
        }
    }

    /** Makes every path look again: an address or a link has changed. */
    public void touch() {
        generation++;
    }

    /** Returns a number that is another one after each change. */
    public int generation() {
        return generation;
    }

    /** Returns the route to an address over a link that is up, or null; {@code interfaceIndex} 0 for any. */
    public Route find(long high, long low, int interfaceIndex) {
        Route best = null;
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.matches(high, low) && (interfaceIndex == 0 || route.out().index() == interfaceIndex) && route.out().isUp() && isBetter(route, best)) {
                best = route;
            }
        }
        return best;
    }

    private static boolean isBetter(Route route, Route best) {
        return best == null || route.prefixLength() > best.prefixLength() || route.prefixLength() == best.prefixLength() && route.metric() < best.metric();
    }

    /** Returns the interface of the default route, or null. */
    Interface defaultInterface(boolean v6) {
        Route route = v6 ? find(0x2000L << 48, 0, 0) : find(IpAddress.BROADCAST.high(), IpAddress.BROADCAST.low(), 0);
        return route == null ? null : route.out();
    }

    /** Returns all routes; for people and tests. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
