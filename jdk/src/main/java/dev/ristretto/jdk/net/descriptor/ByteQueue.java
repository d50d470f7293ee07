package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way in one direction inside the image: what is between the ends of a pipe or a pair of sockets. A ring that grows up to
 * its capacity, so that an idle pair costs little.
 */
final class ByteQueue {
    /** Bytes that can be on their way, Linux's default for pipes ({@code pipe(7)}). */
    static final int CAPACITY = 65_536;
    private static final int FIRST_SIZE = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private byte[] ring = {};
    private int head;
    private volatile int length;
    private volatile boolean writerGone;
    private volatile boolean readerGone;

    /** Called after each change, without the lock. */
    private final Runnable changed;

    ByteQueue(Runnable changed) {
        this.changed = changed;
    }

    int length() {
        return length;
    }

    /** Tells whether a read would not wait. */
    boolean isReadable() {
        return length > 0 || writerGone;
    }

    /** Tells whether a write would not wait; it may fail. */
    boolean isWritable() {
        return length < CAPACITY || readerGone;
    }

    boolean isWriterGone() {
        return writerGone;
    }

    boolean isReaderGone() {
        return readerGone;
    }

    /** Nothing more will be written; what is there can still be read. */
    void endWriting() {
        writerGone = true;
        changed.run();
    }

    /** Nothing more will be read; what is there is lost. */
    void endReading() {
        lock.lock();
        try {
            readerGone = true;
            length = 0;
            ring = new byte[0];
            head = 0;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    int read(ByteBuffer destination) {
        if (!destination.hasRemaining()) {
            return 0;
        }
        int count;
        lock.lock();
        try {
            count = Math.min(length, destination.remaining());
            if (count == 0) {
                return writerGone || readerGone ? 0 : Pollable.WOULD_BLOCK;
            }
            int first = Math.min(count, ring.length - head);
            destination.put(ring, head, first).put(ring, 0, count - first);
            head = (head + count) % ring.length;
            length -= count;
        } finally {
            lock.unlock();
        }
        changed.run();
        return count;
    }

    int write(ByteBuffer source) throws ErrnoException {
        int count;
        lock.lock();
        try {
            if (readerGone || writerGone) {
                throw Errno.EPIPE.exception();
            }
            count = Math.min(CAPACITY - length, source.remaining());
            if (count == 0) {
                return source.hasRemaining() ? Pollable.WOULD_BLOCK : 0;
            }
            ensureRoom(length + count);
            int tail = (head + length) % ring.length;
            int first = Math.min(count, ring.length - tail);
            source.get(ring, tail, first).get(ring, 0, count - first);
            length += count;
        } finally {
            lock.unlock();
        }
        changed.run();
        return count;
    }

    private void ensureRoom(int size) {
        if (size <= ring.length) {
            return;
        }
        int newSize = Math.max(FIRST_SIZE, Integer.highestOneBit(size - 1) << 1);
        byte[] larger = new byte[newSize];
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, length - first);
        ring = larger;
        head = 0;
    }
}
