package dev.ristretto.network.dhcp;

import dev.ristretto.network.wire.DhcpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import java.nio.ByteBuffer;

/** Writes the options of what a client sends. */
final class DhcpOptions {
    private static final byte[] WANTED = {DhcpMessage.OPTION_MASK, DhcpMessage.OPTION_ROUTES, DhcpMessage.OPTION_ROUTER, DhcpMessage.OPTION_DNS,
        DhcpMessage.OPTION_HOST_NAME, DhcpMessage.OPTION_DOMAIN, DhcpMessage.OPTION_MTU, DhcpMessage.OPTION_LEASE, DhcpMessage.OPTION_SERVER,
        DhcpMessage.OPTION_T1, DhcpMessage.OPTION_T2, DhcpMessage.OPTION_SEARCH};

    private DhcpOptions() {
    }

    /** Writes those of every message and returns the position after. */
    static int write(ByteBuffer b, int start, int type, long mac, boolean rapid) {
        int at = start;
        b.put(at, (byte) DhcpMessage.OPTION_TYPE).put(at + 1, (byte) 1).put(at + 2, (byte) type);
        at += 3;
        // The client's name for the server: hardware type and address (RFC 2132 §9.14).
        b.put(at, (byte) DhcpMessage.OPTION_CLIENT).put(at + 1, (byte) 7).put(at + 2, (byte) 1);
        EthernetHeader.putMac(b, at + 3, mac);
        at += 9;
        if (type != DhcpMessage.DECLINE) {
            b.put(at, (byte) DhcpMessage.OPTION_SIZE).put(at + 1, (byte) 2).putShort(at + 2, (short) 1472);
            at += 4;
            b.put(at, (byte) DhcpMessage.OPTION_WANTED).put(at + 1, (byte) WANTED.length).put(at + 2, WANTED);
            at += 2 + WANTED.length;
        }
        if (rapid) {
            b.put(at, (byte) DhcpMessage.OPTION_RAPID_COMMIT).put(at + 1, (byte) 0);
            at += 2;
        }
        return at;
    }

    /** Writes an option of four bytes and returns the position after. */
    static int put(ByteBuffer b, int at, int option, int value) {
        b.put(at, (byte) option).put(at + 1, (byte) 4).putInt(at + 2, value);
        return at + 6;
    }
}
