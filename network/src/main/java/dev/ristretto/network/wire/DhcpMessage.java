package dev.ristretto.network.wire;

import java.nio.ByteBuffer;

/** A DHCP message (RFC 2131 §2): fixed fields, a magic number, options. */
public final class DhcpMessage {
    /** Bytes before the options. */
    public static final int FIXED = 240;
    public static final int CLIENT_PORT = 68;
    public static final int SERVER_PORT = 67;
    public static final int MAGIC = 0x63825363;
    public static final int BOOT_REQUEST = 1;
    public static final int BOOT_REPLY = 2;

    public static final int DISCOVER = 1;
    public static final int OFFER = 2;
    public static final int REQUEST = 3;
    public static final int DECLINE = 4;
    public static final int ACK = 5;
    public static final int NAK = 6;
    public static final int RELEASE = 7;

    public static final int OPTION_PAD = 0;
    public static final int OPTION_MASK = 1;
    public static final int OPTION_ROUTER = 3;
    public static final int OPTION_DNS = 6;
    public static final int OPTION_HOST_NAME = 12;
    public static final int OPTION_DOMAIN = 15;
    public static final int OPTION_MTU = 26;
    public static final int OPTION_REQUESTED = 50;
    public static final int OPTION_LEASE = 51;
    public static final int OPTION_TYPE = 53;
    public static final int OPTION_SERVER = 54;
    public static final int OPTION_WANTED = 55;
    public static final int OPTION_SIZE = 57;
    public static final int OPTION_T1 = 58;
    public static final int OPTION_T2 = 59;
    public static final int OPTION_CLIENT = 61;
    public static final int OPTION_RAPID_COMMIT = 80;
    public static final int OPTION_SEARCH = 119;
    public static final int OPTION_ROUTES = 121;
    public static final int OPTION_END = 255;

    private DhcpMessage() {
    }

    public static int operation(ByteBuffer b, int at) {
        return b.get(at) & 0xff;
    }

    public static int transaction(ByteBuffer b, int at) {
        return b.getInt(at + 4);
    }

    /** Returns the address that is given to the client. */
    public static int yourAddress(ByteBuffer b, int at) {
        return b.getInt(at + 16);
    }

    /** Returns the client's Ethernet address. */
    public static long hardware(ByteBuffer b, int at) {
        return EthernetHeader.mac(b, at + 28);
    }

    public static int magic(ByteBuffer b, int at) {
        return b.getInt(at + 236);
    }

    /** Writes the fixed fields of a client's message; all {@link #FIXED} bytes. */
    public static void write(ByteBuffer b, int at, int operation, int transaction, int seconds, boolean broadcast, int clientAddress, long hardware) {
        for (int i = 0; i < FIXED; i += 8) {
            b.putLong(at + i, 0);
        }
        b.putInt(at, operation << 24 | 0x010600);
        b.putInt(at + 4, transaction);
        b.putShort(at + 8, (short) Math.min(seconds, 65535));
        b.putShort(at + 10, (short) (broadcast ? 0x8000 : 0));
        b.putInt(at + 12, clientAddress);
        EthernetHeader.putMac(b, at + 28, hardware);
        b.putInt(at + 236, MAGIC);
    }

    /** Returns the position of the first option of a kind (its length byte), or -1; from {@code at + FIXED} to {@code end}. */
    public static int find(ByteBuffer b, int at, int end, int option) {
        int position = at + FIXED;
        while (position < end) {
            int code = b.get(position) & 0xff;
            if (code == OPTION_END) {
                return -1;
            }
            position++;
            if (code == OPTION_PAD) {
                continue;
            }
            if (position >= end || position + 1 + (b.get(position) & 0xff) > end) {
                return -1;
            }
            if (code == option) {
                return position;
            }
            position += 1 + (b.get(position) & 0xff);
        }
        return -1;
    }

    /** Returns the value of an option of four bytes, or {@code otherwise} if it is missing or has another length. */
    public static int findInt(ByteBuffer b, int at, int end, int option, int otherwise) {
        int position = find(b, at, end, option);
        return position < 0 || b.get(position) != 4 ? otherwise : b.getInt(position + 1);
    }

    /** Returns the kind of message, or 0. */
    public static int type(ByteBuffer b, int at, int end) {
        int position = find(b, at, end, OPTION_TYPE);
        return position < 0 || b.get(position) != 1 ? 0 : b.get(position + 1) & 0xff;
    }
}
