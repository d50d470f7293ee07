package dev.ristretto.network.ndp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.wire.EthernetHeader;
import java.nio.ByteBuffer;

/** The options at the end of neighbour discovery messages (RFC 4861 §4.6): type, length in units of 8 bytes, content. */
public final class NdpOptions {
    public static final int SOURCE_MAC = 1;
    public static final int TARGET_MAC = 2;
    static final int PREFIX = 3;
    static final int MTU = 5;
    static final int DNS_SERVERS = 25;
    static final int DNS_SEARCH = 31;

    /** Bytes of an Ethernet address's option. */
    public static final int MAC_LENGTH = 8;
    /** Bytes of a prefix's option. */
    public static final int PREFIX_LENGTH = 32;
    /** Bytes of an option with one name server. */
    public static final int DNS_SERVER_LENGTH = 24;

    /** Of a prefix: its addresses are on this link. */
    public static final int ON_LINK = 0x80;
    /** Of a prefix: hosts may make themselves addresses of it. */
    public static final int AUTONOMOUS = 0x40;

    private NdpOptions() {
    }

    /** Returns whether all options are well-formed; a message with one that is not is dropped whole (RFC 4861 §6.1). */
    static boolean areValid(ByteBuffer b, int start, int end) {
        int at = start;
        while (at < end) {
            int length = at + 1 < end ? (b.get(at + 1) & 0xff) * 8 : 0;
            if (length == 0 || at + length > end) {
                return false;
            }
            at += length;
        }
        return true;
    }

    static int length(ByteBuffer b, int at) {
        return (b.get(at + 1) & 0xff) * 8;
    }

    /** Returns the position of the first valid option of a type, or -1. */
    static int find(ByteBuffer b, int start, int end, int type) {
        for (int at = start; at < end; at += length(b, at)) {
            if ((b.get(at) & 0xff) == type) {
                return at;
            }
        }
        return -1;
    }

    /** Returns the Ethernet address in the first option of a type, or -1 if there is none or it is a group's. */
    static long mac(ByteBuffer b, int start, int end, int type) {
        int at = find(b, start, end, type);
        if (at < 0) {
            return -1;
        }
        long mac = EthernetHeader.mac(b, at + 2);
        return MacAddress.isGroup(mac) ? -1 : mac;
    }

    /** Writes a link-layer address, {@link #MAC_LENGTH} bytes (§4.6.1). */
    public static void putMac(ByteBuffer b, int at, int type, long mac) {
        b.put(at, (byte) type);
        b.put(at + 1, (byte) 1);
        EthernetHeader.putMac(b, at + 2, mac);
    }

    /**
     * Writes what is said of a prefix, {@link #PREFIX_LENGTH} bytes (§4.6.2).
     *
     * @param flags {@link #ON_LINK}, {@link #AUTONOMOUS}
     * @param validSeconds unsigned; -1 is for ever
     * @param preferredSeconds unsigned; -1 is for ever
     */
    public static void putPrefix(ByteBuffer b, int at, IpAddress prefix, int length, int flags, int validSeconds, int preferredSeconds) {
        b.putInt(at, PREFIX << 24 | PREFIX_LENGTH / 8 << 16 | length << 8 | flags);
        b.putInt(at + 4, validSeconds).putInt(at + 8, preferredSeconds).putInt(at + 12, 0);
        b.putLong(at + 16, prefix.high()).putLong(at + 24, prefix.low());
    }

    /** Writes the address of a name server, {@link #DNS_SERVER_LENGTH} bytes (RFC 8106 §5.1); {@code seconds} is unsigned. */
    public static void putDnsServer(ByteBuffer b, int at, int seconds, IpAddress server) {
        b.putInt(at, DNS_SERVERS << 24 | DNS_SERVER_LENGTH / 8 << 16).putInt(at + 4, seconds);
        b.putLong(at + 8, server.high()).putLong(at + 16, server.low());
    }
}
