package dev.ristretto.jdk.zip;

import jdk.internal.misc.Unsafe;

/**
 * The CRC-32 of RFC 1952 §8 (polynomial 0xEDB88320, reflected), eight bytes at a time.
 *
 * <p>The method is slicing-by-8 (Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC Generation",
 * 2008): the tables say what each of eight neighbouring bytes contributes, so their look-ups do not wait for one another.
 *
 * <p>Stateless; safe for use by several threads.
 */
final class Crc32 {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int SLICES = 8;
    private static final int[] TABLE = buildTable();
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private Crc32() {
    }

    /** Slice {@code k} starts at {@code k * 256} and holds the CRC of a byte that {@code k} zero bytes follow. */
    private static int[] buildTable() {
        int[] table = new int[SLICES * 256];
        for (int n = 0; n < 256; n++) {
            int c = n;
            for (int bit = 0; bit < 8; bit++) {
                c = (c & 1) != 0 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1;
            }
            table[n] = c;
        }
        for (int n = 256; n < table.length; n++) {
            int c = table[n - 256];
            table[n] = (c >>> 8) ^ table[c & 0xff];
        }
        return table;
    }

    /** The CRC after one more byte, the low eight bits of {@code b}. */
    static int update(int crc, int b) {
        int c = ~crc;
        return ~((c >>> 8) ^ TABLE[(c ^ b) & 0xff]);
    }

    /** The CRC after {@code length} more bytes of {@code bytes}; the range must lie inside the array. */
    static int update(int crc, byte[] bytes, int offset, int length) {
        return update(crc, bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset, length);
    }

    /** The CRC after {@code length} more bytes at a memory address; the range must be readable. */
    static int update(int crc, long address, int length) {
        return update(crc, null, address, length);
    }

    private static int update(int crc, Object base, long offset, int length) {
        int[] t = TABLE;
        int c = ~crc;
        long position = offset;
        long end = offset + length;
        for (long last = end - 8; position <= last; position += 8) {
            long eight = UNSAFE.getLongUnaligned(base, position, false);
            int low = (int) eight ^ c;
            int high = (int) (eight >>> 32);
            c = t[7 * 256 + (low & 0xff)] ^ t[6 * 256 + (low >>> 8 & 0xff)]
                            ^ t[5 * 256 + (low >>> 16 & 0xff)] ^ t[4 * 256 + (low >>> 24)]
                            ^ t[3 * 256 + (high & 0xff)] ^ t[2 * 256 + (high >>> 8 & 0xff)]
                            ^ t[256 + (high >>> 16 & 0xff)] ^ t[high >>> 24];
        }
        for (; position < end; position++) {
            c = (c >>> 8) ^ t[(c ^ UNSAFE.getByte(base, position)) & 0xff];
        }
        return ~c;
    }
}
