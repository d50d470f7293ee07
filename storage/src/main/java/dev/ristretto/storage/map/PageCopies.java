package dev.ristretto.storage.map;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Pages as they were at one moment, with their hashes: what the program stores into the pages from then on changes neither. For one
 * thread at a time.
 */
final class PageCopies {
    /** Most pages at a time. */
    static final int PAGES = 64;
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;

    private final byte[] bytes = new byte[PAGES * PAGE_SIZE];
    private final LongBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer();
    private final long[] page = new long[PAGE_SIZE / Long.BYTES];
    private final long[] hashes = new long[PAGES * PageHash.WORDS];
    private int length;

    /**
     * Copies pages of a chunk and hashes the copies.
     *
     * @param end  how many bytes of the chunk lie within the file: what is beyond counts as zeros
     */
    void take(MapChunk chunk, int from, int to, long end, PageHash hash) {
        int whole = (to - from) * PAGE_SIZE;
        chunk.memory.get(from * PAGE_SIZE, bytes, 0, whole);
        length = (int) Math.clamp(end - (long) from * PAGE_SIZE, 0L, whole);
        Arrays.fill(bytes, length, whole, (byte) 0);
        for (int i = 0; i < to - from; i++) {
            words.get(i * page.length, page, 0, page.length);
            hash.of(page, hashes, i * PageHash.WORDS);
        }
    }

    /** The hashes of the pages taken, {@link PageHash#WORDS} for each. */
    long[] hashes() {
        return hashes;
    }

    /** What of some of the pages taken lies within the file. */
    ByteBuffer content(int from, int to) {
        int begin = from * PAGE_SIZE;
        return ByteBuffer.wrap(bytes, begin, Math.min(length, to * PAGE_SIZE) - begin);
    }
}
