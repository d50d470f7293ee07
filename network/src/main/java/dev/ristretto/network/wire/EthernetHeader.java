package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** The header of an Ethernet II frame (IEEE 802.3 §3.1.1): destination, source, type. */
public final class EthernetHeader {
    public static final int LENGTH = 14;
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int IPV6 = 0x86dd;

    private EthernetHeader() {
    }

    public static long destination(ByteBuffer b, int at) {
        return mac(b, at);
    }

    public static long source(ByteBuffer b, int at) {
        return mac(b, at + 6);
    }

    public static int type(ByteBuffer b, int at) {
        return b.getShort(at + 12) & 0xffff;
    }

    public static void write(ByteBuffer b, int at, long destination, long source, int type) {
        putMac(b, at, destination);
        putMac(b, at + 6, source);
        b.putShort(at + 12, (short) type);
    }

    /** Reads 48 bits. */
    public static long mac(ByteBuffer b, int at) {
        return (b.getShort(at) & 0xffffL) << 32 | b.getInt(at + 2) & 0xffffffffL;
    }

    /** Writes 48 bits. */
    public static void putMac(ByteBuffer b, int at, long mac) {
        b.putShort(at, (short) (mac >>> 32));
        b.putInt(at + 2, (int) mac);
    }

    /** Returns the group address that an IPv4 or IPv6 multicast address is sent to (RFC 1112 §6.4, RFC 2464 §7). */
    public static long multicast(long high, long low) {
        return dev.ristretto.network.IpAddress.isV4(high, low) ? 0x0100_5e00_0000L | low & 0x7fffff : 0x3333_0000_0000L | low & 0xffffffffL;
    }
}
