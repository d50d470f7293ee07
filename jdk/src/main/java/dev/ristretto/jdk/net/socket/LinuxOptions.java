package dev.ristretto.jdk.net.socket;

import dev.ristretto.network.socket.SocketOption;

/**
 * The numbers that Linux gives to levels and options of sockets ({@code asm-generic/socket.h}, {@code linux/in.h}, {@code in6.h},
 * {@code tcp.h}), which are in {@code sun.nio.ch.SocketOptionRegistry} of a JDK for Linux.
 */
final class LinuxOptions {
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    private LinuxOptions() {
    }

    /** Returns the option of that number, or null. */
    static SocketOption find(int level, int name) {
        return switch (level) {
            case SOL_SOCKET -> ofSocket(name);
            case IPPROTO_TCP -> ofTcp(name);
            case IPPROTO_IP -> ofIpv4(name);
            case IPPROTO_IPV6 -> ofIpv6(name);
            default -> null;
        };
    }

    private static SocketOption ofSocket(int name) {
        return switch (name) {
            case 2 -> SocketOption.REUSE_ADDRESS;
            case 6 -> SocketOption.BROADCAST;
            case 7 -> SocketOption.SEND_BUFFER;
            case 8 -> SocketOption.RECEIVE_BUFFER;
            case 9 -> SocketOption.KEEP_ALIVE;
            case 10 -> SocketOption.OOB_INLINE;
            case 13 -> SocketOption.LINGER;
            case 15 -> SocketOption.REUSE_PORT;
            default -> null;
        };
    }

    private static SocketOption ofTcp(int name) {
        return switch (name) {
            case 1 -> SocketOption.NO_DELAY;
            case 4 -> SocketOption.KEEP_IDLE;
            case 5 -> SocketOption.KEEP_INTERVAL;
            case 6 -> SocketOption.KEEP_COUNT;
            case 12 -> SocketOption.QUICK_ACK;
            default -> null;
        };
    }

    private static SocketOption ofIpv4(int name) {
        return switch (name) {
            case 1 -> SocketOption.TRAFFIC_CLASS;
            case 2 -> SocketOption.HOP_LIMIT;
            case 32 -> SocketOption.MULTICAST_INTERFACE;
            case 33 -> SocketOption.MULTICAST_HOP_LIMIT;
            case 34 -> SocketOption.MULTICAST_LOOP;
            default -> null;
        };
    }

    private static SocketOption ofIpv6(int name) {
        return switch (name) {
            case 16 -> SocketOption.HOP_LIMIT;
            case 17 -> SocketOption.MULTICAST_INTERFACE;
            case 18 -> SocketOption.MULTICAST_HOP_LIMIT;
            case 19 -> SocketOption.MULTICAST_LOOP;
            case 26 -> SocketOption.V6_ONLY;
            case 67 -> SocketOption.TRAFFIC_CLASS;
            default -> null;
        };
    }
}
