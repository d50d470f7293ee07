package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;

/**
 * A stretch of a byte stream in blocks of a {@link BlockPool}: bytes are put anywhere beyond the head, read anywhere, and dropped from
 * the head. Where nothing was put there may be no block. Offsets count from the head.
 */
final class BlockQueue {
    private static final int BLOCK = BlockPool.BLOCK;
    private static final ByteBuffer[] NONE = new ByteBuffer[0];

    private final BlockPool pool;
    private final boolean isForSending;
    /** A ring whose length is a power of two; null where there is no block. */
    private ByteBuffer[] ring = NONE;
    private int first;
    /** Blocks in the ring. */
    private int held;
    /** Where in the first block the head is. */
    private int headOffset;

    BlockQueue(BlockPool pool, boolean isForSending) {
        this.pool = pool;
        this.isForSending = isForSending;
    }

    /** Returns how many blocks it has. */
    int held() {
        return held;
    }

    /**
     * Copies bytes in, as many as there are blocks for.
     *
     * @return bytes copied, from the beginning of what was asked for
     */
    int put(int offset, ByteBuffer source, int sourceOffset, int length) {
        int done = 0;
        while (done < length) {
            int at = headOffset + offset + done;
            ByteBuffer block = blockFor(at / BLOCK);
            if (block == null) {
                break;
            }
            int inBlock = at % BLOCK;
            int count = Math.min(BLOCK - inBlock, length - done);
            block.put(inBlock, source, sourceOffset + done, count);
            done += count;
        }
        return done;
    }

    private ByteBuffer blockFor(int index) {
        if (index >= ring.length) {
            grow(index + 1);
        }
        int slot = first + index & ring.length - 1;
        ByteBuffer block = ring[slot];
        if (block == null) {
            block = isForSending ? pool.takeForSending(held) : pool.takeForReceiving();
            ring[slot] = block;
            held += block == null ? 0 : 1;
        }
        return block;
    }

    private void grow(int least) {
        int length = Math.max(2, Integer.highestOneBit(least - 1) << 1);
        ByteBuffer[] larger = new ByteBuffer[length];
        for (int i = 0; i < ring.length; i++) {
            larger[i] = ring[first + i & ring.length - 1];
        }
        ring = larger;
        first = 0;
    }

    /** Copies bytes out that were put before. */
    void get(int offset, ByteBuffer destination, int destinationOffset, int length) {
        int done = 0;
        while (done < length) {
            int at = headOffset + offset + done;
            int inBlock = at % BLOCK;
            int count = Math.min(BLOCK - inBlock, length - done);
            destination.put(destinationOffset + done, ring[first + at / BLOCK & ring.length - 1], inBlock, count);
            done += count;
        }
    }

    /**
     * Moves the head on. A block goes back when the head has left it, and the last one when nothing is left.
     *
     * @param isEmpty whether nothing is in hand any more, beyond the new head included
     */
    void drop(int length, boolean isEmpty) {
        headOffset += length;
        while (headOffset >= BLOCK) {
            headOffset -= BLOCK;
            giveFirst();
            first = first + 1 & ring.length - 1;
        }
        if (isEmpty) {
            giveFirst();
            headOffset = 0;
        }
    }

    private void giveFirst() {
        if (ring.length > 0 && ring[first] != null) {
            pool.give(ring[first], isForSending);
            ring[first] = null;
            held--;
        }
    }

    /** Gives back every block. */
    void release() {
        for (ByteBuffer block : ring) {
            if (block != null) {
                pool.give(block, isForSending);
            }
        }
        ring = NONE;
        first = 0;
        headOffset = 0;
        held = 0;
    }
}
