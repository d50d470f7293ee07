package dev.ristretto.jdk.nio.memory;

import dev.ristretto.network.IpAddress;
import jdk.internal.misc.Unsafe;

/** Structures that the JDK's socket classes pass by address, laid out as on Linux for x86-64. */
public final class NativeLayouts {
    /** {@code struct epoll_event}: packed, {@code events} and eight bytes of data, of which the JDK uses the first four for a descriptor. */
    public static final int EPOLL_EVENT_SIZE = 12;
    public static final int EPOLL_EVENT_DATA = 4;

    /** {@code sa_family} of {@code struct sockaddr_in} and {@code sockaddr_in6}, two bytes. */
    public static final int FAMILY_SIZE = 2;
    public static final int FAMILY = 0;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    /** The port, in network order. */
    public static final int PORT = 2;
    /** {@code struct sockaddr_in}. */
    public static final int SOCKADDR4_SIZE = 16;
    public static final int ADDRESS4 = 4;
    /** {@code struct sockaddr_in6}. */
    public static final int SOCKADDR6_SIZE = 28;
    public static final int FLOW_INFO6 = 4;
    public static final int ADDRESS6 = 8;
    public static final int SCOPE6 = 24;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private NativeLayouts() {
    }

    /** Writes an entry of an array of {@code struct epoll_event}. */
    public static void putEvent(long array, int index, int descriptor, int events) {
        long entry = array + (long) index * EPOLL_EVENT_SIZE;
        UNSAFE.putIntUnaligned(null, entry, events);
        UNSAFE.putIntUnaligned(null, entry + EPOLL_EVENT_DATA, descriptor);
    }

    /** Writes an address and a port, as {@code sockaddr_in} or {@code sockaddr_in6}. */
    public static void putSocketAddress(long address, IpAddress ip, int port) {
        UNSAFE.putShort(address + PORT, Short.reverseBytes((short) port));
        if (ip.isV4()) {
            UNSAFE.putShort(address + FAMILY, (short) AF_INET);
            UNSAFE.putInt(address + ADDRESS4, Integer.reverseBytes(ip.v4()));
        } else {
            UNSAFE.putShort(address + FAMILY, (short) AF_INET6);
            UNSAFE.putInt(address + FLOW_INFO6, 0);
            UNSAFE.putLong(address + ADDRESS6, Long.reverseBytes(ip.high()));
            UNSAFE.putLong(address + ADDRESS6 + 8, Long.reverseBytes(ip.low()));
            UNSAFE.putInt(address + SCOPE6, ip.scope());
        }
    }

    /** Reads the address of a {@code sockaddr_in} or {@code sockaddr_in6}. */
    public static IpAddress ipAddress(long address) {
        if (UNSAFE.getShort(address + FAMILY) == AF_INET) {
            return IpAddress.ofV4(Integer.reverseBytes(UNSAFE.getInt(address + ADDRESS4)));
        }
        return IpAddress.ofV6(Long.reverseBytes(UNSAFE.getLong(address + ADDRESS6)), Long.reverseBytes(UNSAFE.getLong(address + ADDRESS6 + 8)),
                UNSAFE.getInt(address + SCOPE6));
    }

    /** Reads the port of a {@code sockaddr_in} or {@code sockaddr_in6}. */
    public static int port(long address) {
        return Short.reverseBytes(UNSAFE.getShort(address + PORT)) & 0xffff;
    }
}
