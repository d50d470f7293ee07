package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;

/**
 * What the program has written and the peer has not acknowledged yet. A byte is copied twice on its way out: into here, because it must
 * be kept for sending again, and from here into each packet that carries it.
 */
final class SendBuffer {
    private final BlockQueue queue;
    private int size;
    private int limit;

    /** @param limit bytes at most */
    SendBuffer(BlockPool pool, int limit) {
        queue = new BlockQueue(pool, true);
        this.limit = limit;
    }

    /** Bytes held, sent or not. */
    int size() {
        return size;
    }

    /** Blocks that it holds. */
    int blocks() {
        return queue.held();
    }

    int limit() {
        return limit;
    }

    void limit(int bytes) {
        limit = bytes;
    }

    int room() {
        return Math.max(limit - size, 0);
    }

    /**
     * Takes bytes from a buffer's position on, as many as fit in.
     *
     * @return bytes taken; fewer than there is {@link #room} for if the pool has run dry
     */
    int write(ByteBuffer source) {
        int length = Math.min(source.remaining(), room());
        int taken = queue.put(size, source, source.position(), length);
        source.position(source.position() + taken);
        size += taken;
        return taken;
    }

    /** Copies bytes into a packet. @param offset counted from the first byte that is not acknowledged */
    void read(int offset, ByteBuffer destination, int destinationOffset, int length) {
        queue.get(offset, destination, destinationOffset, length);
    }

    /** Forgets the first bytes: they have arrived. */
    void acknowledge(int bytes) {
        size -= bytes;
        queue.drop(bytes, size == 0);
    }

    void release() {
        size = 0;
        queue.release();
    }
}
