package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** The header of an IPv4 packet (RFC 791 §3.1). */
public final class Ipv4Header {
    /** Bytes of a header without options. */
    public static final int LENGTH = 20;
    public static final int DONT_FRAGMENT = 0x4000;
    public static final int MORE_FRAGMENTS = 0x2000;

    private Ipv4Header() {
    }

    public static int version(ByteBuffer b, int at) {
        return b.get(at) >>> 4 & 0xf;
    }

    /** Returns the bytes of the header, 0 to 60; below 20 it is malformed. */
    public static int headerLength(ByteBuffer b, int at) {
        return (b.get(at) & 0xf) * 4;
    }

    public static int trafficClass(ByteBuffer b, int at) {
        return b.get(at + 1) & 0xff;
    }

    public static int totalLength(ByteBuffer b, int at) {
        return b.getShort(at + 2) & 0xffff;
    }

    public static int identification(ByteBuffer b, int at) {
        return b.getShort(at + 4) & 0xffff;
    }

    /** Returns the flags and the fragment offset in units of 8 bytes, as they are. */
    public static int fragment(ByteBuffer b, int at) {
        return b.getShort(at + 6) & 0xffff;
    }

    public static int hopLimit(ByteBuffer b, int at) {
        return b.get(at + 8) & 0xff;
    }

    public static int protocol(ByteBuffer b, int at) {
        return b.get(at + 9) & 0xff;
    }

    public static int source(ByteBuffer b, int at) {
        return b.getInt(at + 12);
    }

    public static int destination(ByteBuffer b, int at) {
        return b.getInt(at + 16);
    }

    /** Writes a header of 20 bytes with its checksum. */
    public static void write(ByteBuffer b, int at, int trafficClass, int totalLength, int identification, int fragment, int hopLimit, int protocol,
            int source, int destination) {
        b.putShort(at, (short) (0x4500 | trafficClass));
        b.putShort(at + 2, (short) totalLength);
        b.putShort(at + 4, (short) identification);
        b.putShort(at + 6, (short) fragment);
        b.putShort(at + 8, (short) (hopLimit << 8 | protocol));
        b.putShort(at + 10, (short) 0);
        b.putInt(at + 12, source);
        b.putInt(at + 16, destination);
        b.putShort(at + 10, (short) Checksum.finish(Checksum.sum(b, at, LENGTH)));
    }
}
