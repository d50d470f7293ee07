package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who is who on the image's network, and where that is on the host. The addresses are those of QEMU's user network. */
final class Addresses {
    /** The router; connections to it reach the host's own loopback address. */
    static final IpAddress ROUTER = IpAddress.ofV4(0x0a000202);
    static final IpAddress ROUTER_V6 = IpAddress.parse("fec0::2");
    /** The name server, which is the host's. */
    static final IpAddress NAMES = IpAddress.ofV4(0x0a000203);
    static final IpAddress NAMES_V6 = IpAddress.parse("fec0::3");
    /** What the image gets from DHCP. */
    static final int IMAGE = 0x0a00020f;
    static final int MASK = 0xffffff00;
    static final int PREFIX = 24;
    /** The network that the image makes itself an address of (RFC 4862). */
    static final IpAddress NETWORK_V6 = IpAddress.parse("fec0::");
    static final int PREFIX_V6 = 64;
    static final long ROUTER_MAC = 0x5255_0a00_0202L;
    /** What the gateway's stack makes of this for its link-local address, from which routers have to speak (RFC 4861 §4.2). */
    static final IpAddress ROUTER_LINK = IpAddress.parse("fe80::5055:aff:fe00:202");
    static final int DNS_PORT = 53;

    private static final InetAddress LOOPBACK_V4 = inet(IpAddress.LOOPBACK_V4);
    private static final InetAddress LOOPBACK_V6 = inet(IpAddress.LOOPBACK_V6);

    private final InetAddress nameServer;

    /** @param resolverFile the host's {@code resolv.conf(5)}; without a server in it, or without it, there is one on the host itself */
    Addresses(Path resolverFile) {
        nameServer = nameServer(resolverFile);
    }

    private static InetAddress nameServer(Path file) {
        try {
            for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 2 && words[0].equals("nameserver") && words[1].matches("[0-9.]+|[0-9a-fA-F:.]+(%.+)?")) {
                    return InetAddress.getByName(words[1]);
                }
            }
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress(); // as the C library has it
        }
        return InetAddress.getLoopbackAddress();
    }

    InetAddress nameServer() {
        return nameServer;
    }

    static IpAddress router(boolean v6) {
        return v6 ? ROUTER_V6 : ROUTER;
    }

    static boolean isRouter(IpAddress address) {
        return address.equals(ROUTER) || address.equals(ROUTER_V6);
    }

    static boolean isNames(IpAddress address) {
        return address.equals(NAMES) || address.equals(NAMES_V6);
    }

    static boolean isOwn(IpAddress address) {
        return isRouter(address) || isNames(address) || address.equals(ROUTER_LINK);
    }

    /** True for an address that a machine on the image's network can have. Link-local ones do not count: nobody else can use them. */
    static boolean isImage(IpAddress address) {
        if (isOwn(address)) {
            return false;
        }
        if (address.isV6()) {
            return address.isIn(NETWORK_V6, PREFIX_V6) && address.low() != 0;
        }
        int bits = address.v4();
        return (bits & MASK) == (ROUTER.v4() & MASK) && (bits & ~MASK) != 0 && (bits | MASK) != -1;
    }

    /** Where the host finds what the image calls so; null if it cannot be sent to. */
    InetSocketAddress toHost(IpAddress address, int port) {
        if (port == 0) {
            return null;
        }
        if (isRouter(address)) {
            return new InetSocketAddress(address.isV4() ? LOOPBACK_V4 : LOOPBACK_V6, port);
        }
        if (isNames(address)) {
            return new InetSocketAddress(nameServer, port);
        }
        return isElsewhere(address) ? new InetSocketAddress(inet(address), port) : null;
    }

    /** True for an address that means the same here as on the host. */
    private static boolean isElsewhere(IpAddress address) {
        if (isOwn(address) || isImage(address) || address.isMulticast()) {
            return false;
        }
        if (address.isV4()) {
            int first = address.v4() >>> 24;
            return first != 0 && first != 127 && first < 0xe0;
        }
        // ::, ::1 and what else is in ::/96 (RFC 4291 §2.5.5.1)
        return !address.isLinkLocal() && (address.high() != 0 || address.low() >>> 32 != 0);
    }

    /**
     * What the image calls an address of the host's that answered, or null if it has no name for it.
     *
     * @param v6 whether the image asked by IPv6
     */
    IpAddress toImage(InetSocketAddress from, boolean v6, boolean asksNames) {
        if (asksNames && from.getPort() == DNS_PORT && from.getAddress().equals(nameServer)) {
            return v6 ? NAMES_V6 : NAMES;
        }
        IpAddress address = IpAddress.of(from.getAddress().getAddress());
        if (address.isV6() != v6) {
            return null;
        }
        return address.isLoopback() ? router(v6) : isElsewhere(address) ? address : null;
    }

    private static InetAddress inet(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.bytes());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
