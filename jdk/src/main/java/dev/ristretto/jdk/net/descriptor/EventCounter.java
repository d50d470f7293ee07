package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;

/** A number that writing adds to and reading takes away, as eight bytes in the processor's order: {@code eventfd(2)}. Starts at 0. */
public final class EventCounter extends Pollable {
    private static final long LIMIT = -2; // the largest unsigned number but one, which the man page gives as the limit

    private final AtomicLong counter = new AtomicLong();

    @Override
    public int readiness() {
        long value = counter.get();
        return (value != 0 ? Readiness.IN : 0) | (value != LIMIT ? Readiness.OUT : 0);
    }

    /** Adds one. */
    public void increment() {
        if (add(1)) {
            changed();
        }
    }

    private boolean add(long value) {
        while (true) {
            long before = counter.get();
            if (Long.compareUnsigned(before, LIMIT - value) > 0) {
                return false;
            }
            if (counter.compareAndSet(before, before + value)) {
                return true;
            }
        }
    }

    @Override
    protected int tryRead(ByteBuffer destination) throws ErrnoException {
        if (destination.remaining() < Long.BYTES) {
            throw Errno.EINVAL.exception();
        }
        long value = counter.getAndSet(0);
        if (value == 0) {
            return WOULD_BLOCK;
        }
        put(destination, value);
        changed();
        return Long.BYTES;
    }

    private static void put(ByteBuffer destination, long value) {
        ByteOrder order = destination.order();
        destination.order(ByteOrder.nativeOrder()).putLong(value).order(order);
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        if (source.remaining() < Long.BYTES) {
            throw Errno.EINVAL.exception();
        }
        ByteOrder order = source.order();
        long value = source.order(ByteOrder.nativeOrder()).getLong(source.position());
        source.order(order);
        if (value == -1) {
            throw Errno.EINVAL.exception();
        }
        if (!add(value)) {
            return WOULD_BLOCK;
        }
        source.position(source.position() + Long.BYTES);
        changed();
        return Long.BYTES;
    }

    @Override
    protected void close() {
        // Holds nothing.
    }
}
