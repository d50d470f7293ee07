package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** The header of ICMP messages of both versions (RFC 792, RFC 4443 §2.1), and their types. */
public final class IcmpHeader {
    public static final int LENGTH = 8;
    /** Where the checksum is. */
    public static final int CHECKSUM = 2;

    public static final int V4_ECHO_REPLY = 0;
    public static final int V4_UNREACHABLE = 3;
    public static final int V4_REDIRECT = 5;
    public static final int V4_ECHO_REQUEST = 8;
    public static final int V4_TIME_EXCEEDED = 11;
    public static final int V4_PARAMETER_PROBLEM = 12;

    public static final int V6_UNREACHABLE = 1;
    public static final int V6_PACKET_TOO_BIG = 2;
    public static final int V6_TIME_EXCEEDED = 3;
    public static final int V6_PARAMETER_PROBLEM = 4;
    public static final int V6_ECHO_REQUEST = 128;
    public static final int V6_ECHO_REPLY = 129;
    public static final int MLD_QUERY = 130;
    public static final int MLD_V1_REPORT = 131;
    public static final int MLD_DONE = 132;
    public static final int MLD_REPORT = 143;
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;

    private IcmpHeader() {
    }

    public static int type(ByteBuffer b, int at) {
        return b.get(at) & 0xff;
    }

    public static int code(ByteBuffer b, int at) {
        return b.get(at + 1) & 0xff;
    }

    /** Writes type and code, a zero checksum, and the four bytes after. */
    public static void write(ByteBuffer b, int at, int type, int code, int rest) {
        b.putShort(at, (short) (type << 8 | code));
        b.putShort(at + CHECKSUM, (short) 0);
        b.putInt(at + 4, rest);
    }
}
