package dev.ristretto.network.wire;

import dev.ristretto.network.IpAddress;
import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit words. Sums are kept unfolded in a {@code long}. */
public final class Checksum {
    private Checksum() {
    }

    /** Returns the sum of bytes, counted from an even place; an odd last byte is the high half of a word. */
    public static long sum(ByteBuffer buffer, int start, int length) {
        long sum = 0;
        int at = start;
        int end = start + length;
        // Longer words may be added as well: 2^16 is 1 in this arithmetic (RFC 1071 §2). 64 KiB cannot overflow a long.
        for (; end - at >= 8; at += 8) {
            long word = buffer.getLong(at);
            sum += (word >>> 32) + (word & 0xffffffffL);
        }
        if (end - at >= 4) {
            sum += buffer.getInt(at) & 0xffffffffL;
            at += 4;
        }
        if (end - at >= 2) {
            sum += buffer.getShort(at) & 0xffff;
            at += 2;
        }
        if (end > at) {
            sum += (buffer.get(at) & 0xff) << 8;
        }
        return sum;
    }

    /** Returns the sum of the pseudo header of TCP, UDP and ICMPv6 (RFC 9293 §3.1, RFC 8200 §8.1). */
    public static long pseudo(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int protocol, int length) {
        long sum = protocol + (long) length;
        if (IpAddress.isV4(destinationHigh, destinationLow)) {
            return sum + (sourceLow & 0xffffffffL) + (destinationLow & 0xffffffffL);
        }
        return sum + halves(sourceHigh) + halves(sourceLow) + halves(destinationHigh) + halves(destinationLow);
    }

    private static long halves(long word) {
        return (word >>> 32) + (word & 0xffffffffL);
    }

    /** Folds a sum into 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffffffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ((folded >>> 16) + (folded & 0xffff));
    }

    /** Returns what goes into the checksum field; 0 to 65535. A sum over data with a right checksum in it gives 0. */
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** Returns the checksum after one 16-bit word that it covers has changed (RFC 1624 §3, equation 3). */
    public static int update(int checksum, int oldWord, int newWord) {
        return finish((~checksum & 0xffff) + (~oldWord & 0xffff) + (newWord & 0xffff));
    }
}
