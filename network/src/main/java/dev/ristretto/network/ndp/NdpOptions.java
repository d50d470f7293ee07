package dev.ristretto.network.ndp;

import dev.ristretto.network.wire.EthernetHeader;
import java.nio.ByteBuffer;

/** The options at the end of neighbour discovery messages (RFC 4861 §4.6): type, length in units of 8 bytes, content. */
final class NdpOptions {
    static final int SOURCE_MAC = 1;
    static final int TARGET_MAC = 2;
    static final int PREFIX = 3;
    static final int MTU = 5;
    static final int DNS_SERVERS = 25;
    static final int DNS_SEARCH = 31;

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
        return dev.ristretto.network.device.MacAddress.isGroup(mac) ? -1 : mac;
    }

    static void putMac(ByteBuffer b, int at, int type, long mac) {
        b.put(at, (byte) type);
        b.put(at + 1, (byte) 1);
        EthernetHeader.putMac(b, at + 2, mac);
    }
}
