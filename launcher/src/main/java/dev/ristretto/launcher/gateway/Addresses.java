package dev.ristretto.launcher.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who is who on the image's network, and where that is on the host. Addresses of version 4 as 32 bits. */
final class Addresses {
    /** The router; connections to it reach the host's own loopback address. */
    static final int ROUTER = 0x0a000202;
    /** The name server, which is the host's. */
    static final int NAMES = 0x0a000203;
    /** What the image gets from DHCP. */
    static final int IMAGE = 0x0a00020f;
    static final int MASK = 0xffffff00;
    static final int PREFIX = 24;
    static final long ROUTER_MAC = 0x5255_0a00_0202L;
    static final int DNS_PORT = 53;

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

    static boolean isOwn(int address) {
        return address == ROUTER || address == NAMES;
    }

    /** True for an address that a machine on the image's network can have. */
    static boolean isImage(int address) {
        return (address & MASK) == (ROUTER & MASK) && !isOwn(address) && address != (ROUTER & MASK) && address != (ROUTER | ~MASK);
    }

    /** Where the host finds what the image calls so; null if it cannot be sent to. */
    InetSocketAddress toHost(int address, int port) {
        if (port == 0 || address >>> 28 >= 0xe || address >>> 24 == 0 || address >>> 24 == 127) {
            return null;
        }
        return address == ROUTER ? new InetSocketAddress(LoopbackHolder.V4, port)
            : address == NAMES ? new InetSocketAddress(nameServer, port) : isImage(address) ? null : new InetSocketAddress(inet(address), port);
    }

    /** What the image calls an address of the host's that answered, or 0 if it has no name for it. */
    int toImage(InetSocketAddress from, boolean asksNames) {
        if (asksNames && from.getPort() == DNS_PORT && from.getAddress().equals(nameServer)) {
            return NAMES;
        }
        byte[] bytes = from.getAddress().getAddress();
        return from.getAddress().isLoopbackAddress() ? ROUTER : bytes.length != 4 ? 0
            : (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    private static InetAddress inet(int bits) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static final class LoopbackHolder {
        static final InetAddress V4 = inet(0x7f000001);
    }
}
