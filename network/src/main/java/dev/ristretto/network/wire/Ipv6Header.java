package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** The header of an IPv6 packet (RFC 8200 §3). */
public final class Ipv6Header {
    public static final int LENGTH = 40;
    /** Bytes of a fragment header (RFC 8200 §4.5). */
    public static final int FRAGMENT_LENGTH = 8;

    private Ipv6Header() {
    }

    public static int version(ByteBuffer b, int at) {
        return b.get(at) >>> 4 & 0xf;
    }

    public static int trafficClass(ByteBuffer b, int at) {
        return b.getShort(at) >>> 4 & 0xff;
    }

    public static int payloadLength(ByteBuffer b, int at) {
        return b.getShort(at + 4) & 0xffff;
    }

    public static int nextHeader(ByteBuffer b, int at) {
        return b.get(at + 6) & 0xff;
    }

    public static int hopLimit(ByteBuffer b, int at) {
        return b.get(at + 7) & 0xff;
    }

    public static long sourceHigh(ByteBuffer b, int at) {
        return b.getLong(at + 8);
    }

    public static long sourceLow(ByteBuffer b, int at) {
        return b.getLong(at + 16);
    }

    public static long destinationHigh(ByteBuffer b, int at) {
        return b.getLong(at + 24);
    }

    public static long destinationLow(ByteBuffer b, int at) {
        return b.getLong(at + 32);
    }

    public static void write(ByteBuffer b, int at, int trafficClass, int payloadLength, int nextHeader, int hopLimit, long sourceHigh, long sourceLow,
            long destinationHigh, long destinationLow) {
        b.putInt(at, 0x6000_0000 | trafficClass << 20);
        b.putShort(at + 4, (short) payloadLength);
        b.putShort(at + 6, (short) (nextHeader << 8 | hopLimit));
        b.putLong(at + 8, sourceHigh);
        b.putLong(at + 16, sourceLow);
        b.putLong(at + 24, destinationHigh);
        b.putLong(at + 32, destinationLow);
    }

    /** Writes a fragment header. */
    public static void writeFragment(ByteBuffer b, int at, int nextHeader, int offsetBytes, boolean more, int identification) {
        b.putShort(at, (short) (nextHeader << 8));
        b.putShort(at + 2, (short) (offsetBytes | (more ? 1 : 0)));
        b.putInt(at + 4, identification);
    }
}
