package dev.ristretto.storage.map;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A hash that two different pages share with a chance of 2<sup>-128</sup>, whatever they hold, as long as the key is not known to who chooses them.
 * <p>
 * It is NH, the first layer of UMAC (RFC 4418 §5.2; Black et al., CRYPTO '99), for words of 64 bits, which two different inputs share with
 * a chance of 2<sup>-64</sup>, twice with a key that is shifted by two words (the Toeplitz construction there). Two multiplications for
 * sixteen bytes each time: a page takes less than a microsecond.
 */
final class PageHash {
    /** Words of a hash. */
    static final int WORDS = 4;
    private static final int PAGE_WORDS = MapMemory.PAGE_SIZE / Long.BYTES;

    private final long[] key = new long[PAGE_WORDS + 2];
    private final long[] zeros = new long[WORDS];

    /** @param random fills an array with bytes that nobody can predict */
    PageHash(Consumer<byte[]> random) {
        byte[] bytes = new byte[key.length * Long.BYTES];
        random.accept(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().get(key);
        of(new long[PAGE_WORDS], zeros, 0);
    }

    /** The hash of a page of zeros; not to be changed. */
    long[] zeros() {
        return zeros;
    }

    /** Puts the hash of a page into an array, from an index on. */
    void of(long[] page, long[] to, int index) {
        long high = 0;
        long low = 0;
        long shiftedHigh = 0;
        long shiftedLow = 0;
        for (int i = 0; i < PAGE_WORDS; i += 2) {
            long a = page[i];
            long b = page[i + 1];
            long x = a + key[i];
            long y = b + key[i + 1];
            long product = x * y;
            low += product;
            high += Math.unsignedMultiplyHigh(x, y) + carry(low, product);
            x = a + key[i + 2];
            y = b + key[i + 3];
            product = x * y;
            shiftedLow += product;
            shiftedHigh += Math.unsignedMultiplyHigh(x, y) + carry(shiftedLow, product);
        }
        to[index] = high;
        to[index + 1] = low;
        to[index + 2] = shiftedHigh;
        to[index + 3] = shiftedLow;
    }

    private static int carry(long sum, long summand) {
        return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
    }
}
