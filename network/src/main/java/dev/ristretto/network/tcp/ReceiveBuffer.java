package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;

/**
 * What the peer has sent and the program has not read yet, together with what came too early, each byte at its final place. The head is
 * the next byte that the program reads; the first gap is where the connection's {@code RCV.NXT} stands.
 */
final class ReceiveBuffer {
    private final BlockPool pool;
    private final BlockQueue queue;
    private final EarlyRanges early = new EarlyRanges();
    private int available;
    private int limit;

    /** @param limit bytes at most, those in gaps included */
    ReceiveBuffer(BlockPool pool, int limit) {
        this.pool = pool;
        queue = new BlockQueue(pool, false);
        this.limit = limit;
    }

    /** Bytes that can be read now. */
    int available() {
        return available;
    }

    /** Bytes beyond the first gap that the buffer takes. */
    int room() {
        return Math.max(limit - available, 0);
    }

    int limit() {
        return limit;
    }

    void limit(int bytes) {
        limit = bytes;
    }

    EarlyRanges early() {
        return early;
    }

    /**
     * Stores bytes of a segment.
     *
     * @param next the connection's {@code RCV.NXT}
     * @param sequence number of the first byte, not before {@code next}, and all within {@link #room}
     * @return by how much {@code RCV.NXT} moves on: 0 if the bytes came early, or if there was no memory for them
     */
    int store(int next, int sequence, ByteBuffer source, int offset, int length) {
        int ahead = sequence - next;
        if (ahead > 0) {
            if (!pool.isNearlyEmpty() && early.canAdd(sequence, sequence + length)) {
                int stored = queue.put(available + ahead, source, offset, length);
                if (stored > 0) {
                    early.add(sequence, sequence + stored);
                }
            }
            return 0;
        }
        int stored = queue.put(available, source, offset, length);
        if (stored == 0) {
            return 0;
        }
        int reached = early.isEmpty() ? next + stored : early.takeUpTo(next + stored);
        available += reached - next;
        return reached - next;
    }

    /** Moves bytes to the program, as many as there are and fit. */
    int read(ByteBuffer destination) {
        int length = Math.min(available, destination.remaining());
        if (length > 0) {
            queue.get(0, destination, destination.position(), length);
            destination.position(destination.position() + length);
            skip(length);
        }
        return length;
    }

    /** Copies bytes without taking them. */
    int peek(ByteBuffer destination) {
        int length = Math.min(available, destination.remaining());
        if (length > 0) {
            queue.get(0, destination, destination.position(), length);
            destination.position(destination.position() + length);
        }
        return length;
    }

    private void skip(int length) {
        available -= length;
        queue.drop(length, available == 0 && early.isEmpty());
    }

    void release() {
        available = 0;
        early.clear();
        queue.release();
    }
}
