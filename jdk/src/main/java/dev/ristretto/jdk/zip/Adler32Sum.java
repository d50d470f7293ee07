package dev.ristretto.jdk.zip;

import jdk.internal.misc.Unsafe;

/**
 * The Adler-32 checksum of RFC 1950 §8.2: the sum of all bytes plus one, and the sum of those sums, both modulo 65521.
 *
 * <p>Stateless; safe for use by several threads.
 */
final class Adler32Sum {
    /** The checksum of no bytes. */
    static final int INITIAL = 1;

    /** The largest prime below 65536. */
    private static final int BASE = 65521;
    /** The largest n for which 255 n (n + 1) / 2 + (n + 1) (BASE - 1) fits 32 bits: as many bytes need no modulo in between. */
    private static final int LONGEST_RUN = 5552;
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private Adler32Sum() {
    }

    /** The checksum after one more byte, the low eight bits of {@code b}. */
    static int update(int adler, int b) {
        int s1 = ((adler & 0xffff) + (b & 0xff)) % BASE;
        int s2 = ((adler >>> 16) + s1) % BASE;
        return s2 << 16 | s1;
    }

    /** The checksum after {@code length} more bytes of {@code bytes}; the range must lie inside the array. */
    static int update(int adler, byte[] bytes, int offset, int length) {
        return update(adler, bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset, length);
    }

    /** The checksum after {@code length} more bytes at a memory address; the range must be readable. */
    static int update(int adler, long address, int length) {
        return update(adler, null, address, length);
    }

    private static int update(int adler, Object base, long offset, int length) {
        int s1 = adler & 0xffff;
        int s2 = adler >>> 16;
        long position = offset;
        long end = offset + length;
        while (position < end) {
            long runEnd = Math.min(end, position + LONGEST_RUN);
            // Eight bytes at once, so that the additions do not wait for one another: each byte counts in all sums after it.
            for (long last = runEnd - Long.BYTES; position <= last; position += Long.BYTES) {
                long eight = UNSAFE.getLongUnaligned(base, position, false);
                int low = (int) eight;
                int high = (int) (eight >>> 32);
                int b0 = low & 0xff;
                int b1 = low >>> 8 & 0xff;
                int b2 = low >>> 16 & 0xff;
                int b3 = low >>> 24;
                int b4 = high & 0xff;
                int b5 = high >>> 8 & 0xff;
                int b6 = high >>> 16 & 0xff;
                int b7 = high >>> 24;
                s2 += 8 * (s1 + b0) + 7 * b1 + 6 * b2 + 5 * b3 + 4 * b4 + 3 * b5 + 2 * b6 + b7;
                s1 += b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7;
            }
            for (; position < runEnd; position++) {
                s1 += UNSAFE.getByte(base, position) & 0xff;
                s2 += s1;
            }
            s1 = Integer.remainderUnsigned(s1, BASE);
            s2 = Integer.remainderUnsigned(s2, BASE);
        }
        return s2 << 16 | s1;
    }
}
