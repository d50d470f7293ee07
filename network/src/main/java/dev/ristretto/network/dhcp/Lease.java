package dev.ristretto.network.dhcp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.wire.DhcpMessage;
import dev.ristretto.network.wire.DomainNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server gives.
 *
 * @param server who gave it
 * @param routers default routers; the first is used
 * @param routes other routes (RFC 3442); if there are any, {@code routers} is empty
 * @param mtu bytes, or 0 if the server did not say
 * @param seconds how long; -1 for ever
 * @param renewAfter seconds until the server is asked again; less than {@code seconds}
 * @param rebindAfter seconds until any server is asked
 */
public record Lease(IpAddress address, int prefixLength, IpAddress server, List<IpAddress> routers, List<StaticRoute> routes, List<IpAddress> nameServers,
        List<String> searchDomains, String hostName, int mtu, long seconds, long renewAfter, long rebindAfter) {
    /** A lease is for so many seconds at least, whatever the server says: nobody makes us ask all the time. */
    static final int LEAST_SECONDS = 30;

    /** A route that the server names; the gateway {@code 0.0.0.0} says that the network is on the link. */
    public record StaticRoute(IpAddress prefix, int prefixLength, IpAddress gateway) {
    }

    /** Reads an offer or acknowledgement, from its fixed fields to {@code end}; returns null if it gives no usable address. */
    static Lease read(ByteBuffer b, int at, int end) {
        int address = DhcpMessage.yourAddress(b, at);
        int server = DhcpMessage.findInt(b, at, end, DhcpMessage.OPTION_SERVER, 0);
        if (address >>> 24 == 0 || address >>> 24 == 127 || address >>> 28 >= 0xe) {
            return null;
        }
        int mask = DhcpMessage.findInt(b, at, end, DhcpMessage.OPTION_MASK, classMask(address));
        int prefix = Integer.numberOfLeadingZeros(~mask);
        if (prefix < 32 && mask << prefix != 0 || prefix == 0) {
            return null;
        }
        long seconds = DhcpMessage.findInt(b, at, end, DhcpMessage.OPTION_LEASE, 3600);
        if (seconds != -1) {
            seconds = Math.max(seconds & 0xffffffffL, LEAST_SECONDS);
        }
        long whole = seconds == -1 ? Integer.MAX_VALUE : seconds;
        long rebind = DhcpMessage.findInt(b, at, end, DhcpMessage.OPTION_T2, 0) & 0xffffffffL;
        rebind = rebind == 0 || rebind >= whole ? whole * 7 / 8 : rebind;
        long renew = DhcpMessage.findInt(b, at, end, DhcpMessage.OPTION_T1, 0) & 0xffffffffL;
        renew = renew == 0 || renew >= rebind ? Math.min(whole / 2, rebind) : renew;
        List<StaticRoute> routes = routes(b, at, end);
        List<String> search = new ArrayList<>();
        int domain = DhcpMessage.find(b, at, end, DhcpMessage.OPTION_SEARCH);
        if (domain >= 0) {
            search.addAll(DomainNames.read(b, domain + 1, domain + 1 + (b.get(domain) & 0xff)));
        }
        String own = text(b, at, end, DhcpMessage.OPTION_DOMAIN);
        if (own != null && !search.contains(own)) {
            search.add(own);
        }
        int mtu = DhcpMessage.find(b, at, end, DhcpMessage.OPTION_MTU);
        int mtuBytes = mtu < 0 || b.get(mtu) != 2 ? 0 : b.getShort(mtu + 1) & 0xffff;
        return new Lease(IpAddress.ofV4(address), prefix, IpAddress.ofV4(server),
                routes.isEmpty() ? addresses(b, at, end, DhcpMessage.OPTION_ROUTER) : List.of(), routes, addresses(b, at, end, DhcpMessage.OPTION_DNS),
                List.copyOf(search), text(b, at, end, DhcpMessage.OPTION_HOST_NAME), mtuBytes < 576 ? 0 : mtuBytes, seconds, renew, rebind);
    }

    private static int classMask(int address) {
        return address >= 0 ? 0xff000000 : address >>> 30 == 2 ? 0xffff0000 : 0xffffff00;
    }

    private static List<IpAddress> addresses(ByteBuffer b, int at, int end, int option) {
        int position = DhcpMessage.find(b, at, end, option);
        List<IpAddress> addresses = new ArrayList<>();
        int length = position < 0 ? 0 : b.get(position) & 0xff;
        for (int i = 0; i + 4 <= length && addresses.size() < 8; i += 4) {
            IpAddress address = IpAddress.ofV4(b.getInt(position + 1 + i));
            if (!address.isAny() && !address.isMulticast()) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    private static List<StaticRoute> routes(ByteBuffer b, int at, int end) {
        int position = DhcpMessage.find(b, at, end, DhcpMessage.OPTION_ROUTES);
        if (position < 0) {
            return List.of();
        }
        List<StaticRoute> routes = new ArrayList<>();
        int stop = position + 1 + (b.get(position) & 0xff);
        int i = position + 1;
        while (i < stop && routes.size() < 32) {
            int width = b.get(i) & 0xff;
            int octets = width + 7 >> 3;
            if (width > 32 || i + 1 + octets + 4 > stop) {
                break;
            }
            int prefix = 0;
            for (int k = 0; k < octets; k++) {
                prefix |= (b.get(i + 1 + k) & 0xff) << 24 - 8 * k;
            }
            routes.add(new StaticRoute(IpAddress.ofV4(prefix), width, IpAddress.ofV4(b.getInt(i + 1 + octets))));
            i += 1 + octets + 4;
        }
        return List.copyOf(routes);
    }

    private static String text(ByteBuffer b, int at, int end, int option) {
        int position = DhcpMessage.find(b, at, end, option);
        return position < 0 ? null : DomainNames.text(b, position + 1, b.get(position) & 0xff);
    }
}
