package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * The memory of all send and receive buffers: blocks of one size, made when first needed, recycled for good, never more than a limit.
 * <p>
 * Receiving and sending may each use three quarters of it. What a peer has sent must find room, or two hosts that both only write would wait
 * for each other for ever; and what a program writes must, or programs that send back what they receive would wait for the memory that is
 * full of what they do not read meanwhile. The caller holds the stack's lock.
 */
final class BlockPool {
    /** Bytes of a block. */
    static final int BLOCK = 8192;

    private final IntFunction<ByteBuffer> source;
    private final int limit;
    /** Blocks at most for each of the two. */
    private final int share;
    private final ByteBuffer[] free;
    private int freeCount;
    private int made;
    private int used;
    /** Of those, blocks for sending. */
    private int sending;
    private int mostUsed;
    /** Bytes of packets that hold what a peer sent. */
    private long kept;

    /**
     * @param limit blocks at most, at least 8
     * @param source makes a buffer of so many bytes; direct ones spare the garbage collector from moving them
     */
    BlockPool(int limit, IntFunction<ByteBuffer> source) {
        this.limit = Math.max(limit, 8);
        this.share = this.limit / 4 * 3;
        this.source = source;
        free = new ByteBuffer[this.limit];
    }

    /** A block for bytes that a peer sent, or null. */
    ByteBuffer takeForReceiving() {
        return used - sending < share ? take() : null;
    }

    /** A block for bytes to send, or null. @param held as in {@link #hasForSending} */
    ByteBuffer takeForSending(int held) {
        ByteBuffer block = hasForSending(held) ? take() : null;
        sending += block == null ? 0 : 1;
        return block;
    }

    /**
     * Whether a connection may have one more block for sending. While half of what there is for sending is left, it may; then it may if it has fewer than four,
     * below a quarter fewer than two, below an eighth none. So readers that are slow or gone, who do not give back what they have, leave some for others.
     *
     * @param held blocks that the connection has for sending now
     */
    boolean hasForSending(int held) {
        int left = Math.min(share - sending, limit - used);
        if (left <= 0 || held == 0) {
            return left > 0;
        }
        return left > share / 2 || held < 4 && left > share / 4 || held < 2 && left > share / 8;
    }

    private ByteBuffer take() {
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

    /** Whether buffers should stop growing: more than half is in use, with the packets in place of blocks. */
    boolean isUnderPressure() {
        return bytesInUse() > (long) limit * BLOCK / 2;
    }

    /** A receive buffer holds a packet of so many bytes; does not any more if negative. */
    void kept(int bytes) {
        kept += bytes;
    }

    /** Bytes of blocks and of packets that receive buffers hold. */
    long bytesInUse() {
        return (long) used * BLOCK + kept;
    }

    /** Whether what is left is kept for bytes that arrive in order. */
    boolean isNearlyEmpty() {
        return used - sending > share - limit / 8 || used > limit - limit / 8;
    }

    /** Takes back a block that was taken for sending, or for receiving. */
    void give(ByteBuffer block, boolean wasForSending) {
        used--;
        sending -= wasForSending ? 1 : 0;
        free[freeCount++] = block;
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
