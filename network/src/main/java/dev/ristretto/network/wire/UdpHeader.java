package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** The header of a UDP datagram (RFC 768). */
public final class UdpHeader {
    public static final int LENGTH = 8;
    /** Where the checksum is. */
    public static final int CHECKSUM = 6;

    private UdpHeader() {
    }

    public static int sourcePort(ByteBuffer b, int at) {
        return b.getShort(at) & 0xffff;
    }

    public static int destinationPort(ByteBuffer b, int at) {
        return b.getShort(at + 2) & 0xffff;
    }

    public static int length(ByteBuffer b, int at) {
        return b.getShort(at + 4) & 0xffff;
    }

    public static int checksum(ByteBuffer b, int at) {
        return b.getShort(at + CHECKSUM) & 0xffff;
    }

    public static void write(ByteBuffer b, int at, int sourcePort, int destinationPort, int length) {
        b.putShort(at, (short) sourcePort);
        b.putShort(at + 2, (short) destinationPort);
        b.putShort(at + 4, (short) length);
        b.putShort(at + 6, (short) 0);
    }
}
