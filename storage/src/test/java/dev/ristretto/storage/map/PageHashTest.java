package dev.ristretto.storage.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageHashTest {
    private static final int WORDS = MapMemory.PAGE_SIZE / 8;
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    /** As the definition has it, with numbers of any size. */
    @Test
    void isNhWithTwoKeys() {
        byte[] key = new byte[(WORDS + 2) * 8];
        new Random(7).nextBytes(key);
        long[] words = new long[WORDS + 2];
        ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).asLongBuffer().get(words);
        PageHash hash = new PageHash(bytes -> System.arraycopy(key, 0, bytes, 0, bytes.length));
        long[] page = new Random(8).longs(WORDS).toArray();
        Arrays.fill(page, 0, 50, -1);
        long[] found = new long[6];
        hash.of(page, found, 1);
        BigInteger first = nh(page, words, 0);
        BigInteger second = nh(page, words, 2);
        assertArrayEquals(new long[] {0, first.shiftRight(64).longValue(), first.longValue(), second.shiftRight(64).longValue(), second.longValue(), 0}, found);
    }

    private static BigInteger nh(long[] page, long[] key, int shift) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < WORDS; i += 2) {
            sum = sum.add(unsigned(page[i] + key[i + shift]).multiply(unsigned(page[i + 1] + key[i + 1 + shift])));
        }
        return sum.mod(WORD.multiply(WORD));
    }

    private static BigInteger unsigned(long word) {
        return BigInteger.valueOf(word).mod(WORD);
    }

    @Test
    void everyBitCounts() {
        PageHash hash = new PageHash(new Random(9)::nextBytes);
        Set<String> found = new HashSet<>();
        long[] page = new long[WORDS];
        long[] sum = new long[PageHash.WORDS];
        for (int bit = 0; bit < MapMemory.PAGE_SIZE * 8; bit++) {
            page[bit / 64] = 1L << bit % 64;
            hash.of(page, sum, 0);
            assertTrue(found.add(Arrays.toString(sum)), "bit " + bit);
            page[bit / 64] = 0;
        }
        hash.of(page, sum, 0);
        assertTrue(found.add(Arrays.toString(sum)));
        assertArrayEquals(hash.zeros(), sum);
        assertEquals(MapMemory.PAGE_SIZE * 8 + 1, found.size());
    }
}
