package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * The memory of all send and receive buffers: blocks of one size, made when first needed, recycled for good, never more than a limit.
 * <p>
 * Receiving may use all of it, sending only three quarters: what a peer has sent must find room, or two hosts that both only write would
 * wait for each other for ever. The caller holds the stack's lock.
 */
final class BlockPool {
    /** Bytes of a block. */
    static final int BLOCK = 8192;

    private final IntFunction<ByteBuffer> source;
    private final int limit;
    private final int sendLimit;
    private final ByteBuffer[] free;
    private int freeCount;
    private int made;
    private int used;
    private int mostUsed;

    /**
     * @param limit blocks at most, at least 8
     * @param source makes a buffer of so many bytes; direct ones spare the garbage collector from moving them
     */
    BlockPool(int limit, IntFunction<ByteBuffer> source) {
        this.limit = Math.max(limit, 8);
        this.sendLimit = this.limit / 4 * 3;
        this.source = source;
        free = new ByteBuffer[this.limit];
    }

    /** A block for bytes that a peer sent, or null. */
    ByteBuffer take() {
        if (used >= limit) {
            return null;
        }
        used++;
        mostUsed = Math.max(mostUsed, used);
        if (freeCount > 0) {
            ByteBuffer block = free[--freeCount];
            free[freeCount] = null;
            return block;
        }
        made++;
        return source.apply(BLOCK);
    }

    /** A block for bytes to send, or null. */
    ByteBuffer takeForSending() {
        return used < sendLimit ? take() : null;
    }

    boolean hasForSending() {
        return used < sendLimit;
    }

    /** Whether buffers should stop growing: more than half is in use. */
    boolean isUnderPressure() {
        return used > limit / 2;
    }

    /** Whether what is left is kept for bytes that arrive in order. */
    boolean isNearlyEmpty() {
        return used > limit - limit / 8;
    }

    void give(ByteBuffer block) {
        used--;
        free[freeCount++] = block;
    }

    int used() {
        return used;
    }

    int mostUsed() {
        return mostUsed;
    }

    int made() {
        return made;
    }

    int limit() {
        return limit;
    }
}
