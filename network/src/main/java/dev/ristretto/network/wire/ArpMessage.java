package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** An ARP message for IPv4 over Ethernet (RFC 826). */
public final class ArpMessage {
    public static final int LENGTH = 28;
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private ArpMessage() {
    }

    /** Returns whether it is one for IPv4 over Ethernet; {@link #LENGTH} bytes are there. */
    public static boolean isValid(ByteBuffer b, int at) {
        return b.getShort(at) == 1 && b.getShort(at + 2) == (short) EthernetHeader.IPV4 && b.getShort(at + 4) == 0x0604;
    }

    public static int operation(ByteBuffer b, int at) {
        return b.getShort(at + 6) & 0xffff;
    }

    public static long senderMac(ByteBuffer b, int at) {
        return EthernetHeader.mac(b, at + 8);
    }

    public static int senderIp(ByteBuffer b, int at) {
        return b.getInt(at + 14);
    }

    public static long targetMac(ByteBuffer b, int at) {
        return EthernetHeader.mac(b, at + 18);
    }

    public static int targetIp(ByteBuffer b, int at) {
        return b.getInt(at + 24);
    }

    public static void write(ByteBuffer b, int at, int operation, long senderMac, int senderIp, long targetMac, int targetIp) {
        b.putShort(at, (short) 1);
        b.putShort(at + 2, (short) EthernetHeader.IPV4);
        b.putShort(at + 4, (short) 0x0604);
        b.putShort(at + 6, (short) operation);
        EthernetHeader.putMac(b, at + 8, senderMac);
        b.putInt(at + 14, senderIp);
        EthernetHeader.putMac(b, at + 18, targetMac);
        b.putInt(at + 24, targetIp);
    }
}
