package dev.ristretto.jdk.net;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Names of hosts: this machine's own first, then those of name servers. The JDK caches what this returns. */
final class HostNames {
    /** The bits of {@link java.net.spi.InetAddressResolver.LookupPolicy}. */
    static final int IPV4 = 1;
    static final int IPV6 = 2;
    static final int IPV4_FIRST = 4;
    static final int IPV6_FIRST = 8;

    static final String LOCALHOST = "localhost";

    private HostNames() {
    }

    /** Returns the name of this machine. */
    static String local() {
        String name = given();
        return name == null ? LOCALHOST : name;
    }

    private static String given() {
        NetworkView network = NetworkView.get();
        return network == null ? null : network.hostName();
    }

    /**
     * Returns the addresses of a host, at least one.
     *
     * @param policy the bits above
     */
    static InetAddress[] lookUp(String host, int policy) throws UnknownHostException {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        List<IpAddress> found = new ArrayList<>();
        if (isLocalhost(name)) {
            found.add(IpAddress.LOOPBACK_V4);
            found.add(IpAddress.LOOPBACK_V6);
        } else if (NetworkView.get() == null) {
            throw NetworkView.unknown(host);
        } else if (name.equalsIgnoreCase(given())) {
            addOwn(found);
        } else {
            found.addAll(NetworkView.get().lookUp(host, (policy & IPV4) != 0, (policy & IPV6) != 0));
        }
        return ordered(host, found, policy);
    }

    /** Tells whether a name is {@code localhost} or below it (RFC 6761 §6.3). */
    private static boolean isLocalhost(String name) {
        int start = name.length() - LOCALHOST.length();
        return start >= 0 && name.regionMatches(true, start, LOCALHOST, 0, LOCALHOST.length()) && (start == 0 || name.charAt(start - 1) == '.');
    }

    private static void addOwn(List<IpAddress> found) {
        for (InterfaceInfo info : NetworkView.get().interfaces()) {
            for (InterfaceAddress address : info.loopback() ? List.<InterfaceAddress>of() : info.addresses()) {
                found.add(address.address());
            }
        }
        if (found.isEmpty()) {
            found.add(IpAddress.LOOPBACK_V4);
        }
    }

    private static InetAddress[] ordered(String host, List<IpAddress> found, int policy) throws UnknownHostException {
        List<InetAddress> ordered = new ArrayList<>();
        boolean ipv6First = (policy & IPV6_FIRST) != 0;
        for (int pass = 0; pass < 2; pass++) {
            boolean ipv6 = ipv6First == (pass == 0);
            for (IpAddress address : found) {
                if (address.isV6() == ipv6 && (policy & (ipv6 ? IPV6 : IPV4)) != 0) {
                    ordered.add(Addresses.of(host, address));
                }
            }
        }
        if (ordered.isEmpty()) {
            throw new UnknownHostException(host + ": Name or service not known");
        }
        return ordered.toArray(new InetAddress[0]);
    }

    /**
     * Returns the name of an address.
     *
     * @param address 4 or 16 bytes
     * @throws UnknownHostException if it has none
     */
    static String nameOf(byte[] address) throws UnknownHostException {
        IpAddress ip = IpAddress.of(address);
        if (ip.isLoopback()) {
            return LOCALHOST;
        }
        if (NetworkView.get() == null) {
            throw NetworkView.unknown(ip.toString());
        }
        return NetworkView.get().nameOf(ip);
    }

    /** See {@link Reachability#test}. */
    static boolean isReachable(IpAddress address, int millis, byte[] source, int hops) throws IOException {
        NetworkView network = NetworkView.get();
        return network == null ? address.isLoopback() : network.isReachable(address, millis, source, hops);
    }
}
