package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * An open file whose operations may have to wait. Subclasses try and never wait; this waits for them, unless
 * {@linkplain #setBlocking told not to}. Safe for use by several threads.
 */
public abstract class Pollable extends OpenFile {
    /** Returned by attempts that would have to wait. */
    public static final int WOULD_BLOCK = -1;
    /** For {@link #await}: no limit. */
    public static final long FOREVER = -1;

    private static final Watcher[] NOBODY = {};
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AtomicReference<Watcher[]> watchers = new AtomicReference<>(NOBODY);
    private volatile boolean blocking = true;
    private volatile boolean released;

    /** Returns what this is ready for now, bits of {@link Readiness}. Called often; may not take a lock under which watchers are called. */
    public abstract int readiness();

    /** Reads what is there. Returns the number of bytes, 0 at the end of input or for a full buffer, or {@link #WOULD_BLOCK}. */
    protected abstract int tryRead(ByteBuffer destination) throws ErrnoException;

    /** Writes what fits. Returns the number of bytes, 0 only for an empty buffer, or {@link #WOULD_BLOCK}. */
    protected abstract int tryWrite(ByteBuffer source) throws ErrnoException;

    /** Gives up what this holds, once. */
    protected abstract void close();

    /** Chooses whether operations wait ({@code true}, the default) or fail with {@code EAGAIN}. */
    public final void setBlocking(boolean blocking) {
        this.blocking = blocking;
    }

    /** Tells whether operations wait. */
    public final boolean isBlocking() {
        return blocking;
    }

    /** Tells whether the last descriptor went. */
    public final boolean isReleased() {
        return released;
    }

    /** Has a watcher called from now on. It shall look at the readiness afterwards: what changed before is not told. */
    public final void watch(Watcher watcher) {
        watchers.updateAndGet(before -> {
            Watcher[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = watcher;
            return after;
        });
        if (released) {
            watcher.released();
        }
    }

    /** Ends {@link #watch}; a call may still be on its way. */
    public final void unwatch(Watcher watcher) {
        watchers.updateAndGet(before -> without(before, watcher));
    }

    private static Watcher[] without(Watcher[] before, Watcher watcher) {
        for (int i = 0; i < before.length; i++) {
            if (before[i] == watcher) {
                if (before.length == 1) {
                    return NOBODY;
                }
                Watcher[] after = Arrays.copyOf(before, before.length - 1);
                System.arraycopy(before, i + 1, after, i, after.length - i);
                return after;
            }
        }
        return before;
    }

    /** To be called by subclasses after each change that may make this ready for something. */
    protected final void changed() {
        for (Watcher watcher : watchers.get()) {
            watcher.readinessChanged();
        }
    }

    /**
     * Waits until this is ready for one of some events, or for what is always reported.
     *
     * @param millis how long at most, 0 not at all, {@link #FOREVER}
     * @return what it is ready for, 0 if the time is over or the last descriptor went
     */
    public final int await(int events, long millis) {
        int wanted = events | Readiness.ALWAYS;
        int ready = readiness() & wanted;
        if (ready != 0 || millis == 0 || released) {
            return ready;
        }
        boolean timed = millis > 0;
        long deadline = timed ? System.nanoTime() + saturatedNanos(millis) : 0;
        Waiter waiter = new Waiter();
        watch(waiter);
        try {
            do {
                ready = readiness() & wanted;
            } while (ready == 0 && !released && waiter.await(timed, deadline));
        } finally {
            unwatch(waiter);
        }
        return ready;
    }

    /**
     * Parks the current thread, once, until this is ready for one of some events or {@link #wakeAll} is called. Returns as well when the
     * thread is interrupted, unparked by others, or for no reason: for callers that look again what is the matter.
     *
     * @param nanos  how long at most, 0 for ever
     * @param isOpen asked when no wake-up can be missed any more; if false, this returns at once
     */
    public final void parkUntilReady(int events, long nanos, BooleanSupplier isOpen) {
        Parked parked = new Parked(this, events | Readiness.ALWAYS);
        watch(parked);
        try {
            if (isOpen.getAsBoolean() && (readiness() & parked.events()) == 0 && !released) {
                parked.park(nanos);
            }
        } finally {
            unwatch(parked);
        }
    }

    /** Ends {@link #parkUntilReady} in all threads. */
    public final void wakeAll() {
        for (Watcher watcher : watchers.get()) {
            watcher.wake();
        }
    }

    private static long saturatedNanos(long millis) {
        // Half of the range, so that a deadline never wraps round.
        return Math.min(millis, Long.MAX_VALUE / 2 / NANOS_PER_MILLI) * NANOS_PER_MILLI;
    }

    /**
     * To be called when an attempt would have to wait: returns when another attempt is worth it.
     *
     * @throws ErrnoException {@code EAGAIN} if this does not wait, {@code EINTR} if it was closed meanwhile
     */
    protected final void awaitOrFail(int events) throws ErrnoException {
        if (!blocking) {
            throw Errno.EAGAIN.exception();
        }
        if (!released) {
            await(events, FOREVER);
        }
        if (released) {
            throw Errno.EINTR.exception();
        }
    }

    @Override
    public final int read(ByteBuffer destination) throws ErrnoException {
        int count = tryRead(destination);
        while (count == WOULD_BLOCK) {
            awaitOrFail(Readiness.IN);
            count = tryRead(destination);
        }
        return count;
    }

    /** Writes everything if this waits, else what fits. */
    @Override
    public final int write(ByteBuffer source) throws ErrnoException {
        int sum = 0;
        while (true) {
            int count = WOULD_BLOCK;
            try {
                count = tryWrite(source);
            } catch (ErrnoException e) {
                if (sum == 0) {
                    throw e;
                }
                return sum;
            }
            if (count != WOULD_BLOCK) {
                sum += count;
                if (!source.hasRemaining() || !blocking) {
                    return sum;
                }
            } else if (sum > 0 && (!blocking || released)) {
                return sum;
            } else {
                awaitOrFail(Readiness.OUT);
            }
        }
    }

    @Override
    public long read(ByteBuffer[] destinations) throws ErrnoException {
        long sum = 0;
        for (ByteBuffer destination : destinations) {
            if (destination.hasRemaining()) {
                // Only the first may wait: what has been read must be handed over.
                int count = sum == 0 ? read(destination) : tryRead(destination);
                if (count <= 0) {
                    break;
                }
                sum += count;
                if (destination.hasRemaining()) {
                    break;
                }
            }
        }
        return sum;
    }

    @Override
    public Status status() {
        return new Status(0, new Attributes(FileType.CHARACTER_DEVICE, 1, 0600, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Override
    protected final void released() {
        released = true;
        close();
        for (Watcher watcher : watchers.getAndSet(NOBODY)) {
            watcher.released();
        }
    }
}
