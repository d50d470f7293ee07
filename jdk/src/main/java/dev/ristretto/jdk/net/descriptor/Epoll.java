package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A set of descriptors to be waited for together ({@code epoll(7)}), level-triggered, edge-triggered or once. One can be in the set of
 * another.
 *
 * <p>What is ready is kept in a queue: a descriptor enters it when its file tells of a change that matters, and is looked at again when
 * somebody asks. So the cost of asking depends on how many are ready, not on how many there are.
 */
public final class Epoll extends Pollable {
    /** Report a descriptor once, and not again until it is modified. */
    public static final int ONE_SHOT = 1 << 30;
    /** Report a descriptor only after something changed. */
    public static final int EDGE = 1 << 31;

    /** Receives what is ready. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the events of a descriptor; {@code index} counts from 0. */
        void ready(int index, int descriptor, int events);
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** By descriptor; guarded by the lock, as are the fields below. */
    private Registration[] registrations = {};
    private Registration first;
    private Registration last;
    private volatile int queued;

    /** @throws ErrnoException {@code EEXIST} if the descriptor is in the set, {@code EINVAL} for this itself */
    public void add(int descriptor, Pollable file, int events) throws ErrnoException {
        if (file == this) {
            throw Errno.EINVAL.exception();
        }
        Registration registration = new Registration(descriptor, file, events);
        lock.lock();
        try {
            Registration before = find(descriptor);
            if (before != null) {
                // The number may have been freed and mean another file now, which its file has not told yet.
                if (before.file == file && !file.isReleased()) {
                    throw Errno.EEXIST.exception();
                }
                forget(before);
            }
            if (descriptor >= registrations.length) {
                registrations = Arrays.copyOf(registrations, Math.max(descriptor + 1, registrations.length * 2));
            }
            registrations[descriptor] = registration;
        } finally {
            lock.unlock();
        }
        file.watch(registration);
        registration.readinessChanged();
    }

    /** @throws ErrnoException {@code ENOENT} if the descriptor is not in the set */
    public void modify(int descriptor, Pollable file, int events) throws ErrnoException {
        Registration registration;
        lock.lock();
        try {
            registration = find(descriptor, file);
            registration.events = events;
            registration.disabled = false;
        } finally {
            lock.unlock();
        }
        registration.readinessChanged();
    }

    /** @throws ErrnoException {@code ENOENT} if the descriptor is not in the set */
    public void remove(int descriptor, Pollable file) throws ErrnoException {
        Registration registration;
        lock.lock();
        try {
            registration = find(descriptor, file);
            forget(registration);
        } finally {
            lock.unlock();
        }
        file.unwatch(registration);
    }

    private Registration find(int descriptor) {
        return descriptor < registrations.length ? registrations[descriptor] : null;
    }

    private Registration find(int descriptor, Pollable file) throws ErrnoException {
        Registration registration = find(descriptor);
        if (registration == null || registration.file != file) {
            throw Errno.ENOENT.exception();
        }
        return registration;
    }

    /** With the lock held. One that is queued stays so and is passed over. */
    private void forget(Registration registration) {
        registration.removed = true;
        if (registrations[registration.descriptor] == registration) {
            registrations[registration.descriptor] = null;
        }
    }

    /**
     * Waits until something is ready and hands it over.
     *
     * @param limit  how many to hand over at most, positive
     * @param millis how long to wait at most, 0 not at all, {@link #FOREVER}
     * @return how many were handed over, 0 if the time is over
     * @throws ErrnoException {@code EBADF} if the last descriptor of this went
     */
    public int poll(Sink sink, int limit, long millis) throws ErrnoException {
        int count = collect(sink, limit);
        if (count > 0 || millis == 0) {
            return count;
        }
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (true) {
            long left = millis < 0 ? FOREVER : Math.max(0, (deadline - System.nanoTime() + 999_999) / 1_000_000);
            int ready = await(Readiness.IN, left);
            count = collect(sink, limit);
            if (count > 0 || ready == 0 && left == 0) {
                return count;
            }
            if (isReleased()) {
                throw Errno.EBADF.exception();
            }
        }
    }

    private int collect(Sink sink, int limit) {
        int count = 0;
        // Those that stay ready go to the end of the queue; they are not looked at twice.
        for (int left = queued; left > 0 && count < limit; left--) {
            Registration registration = dequeue();
            if (registration == null) {
                break;
            }
            int events = registration.events;
            int ready = registration.file.readiness() & (events | Readiness.ALWAYS);
            if (ready != 0 && delivered(registration, events)) {
                sink.ready(count++, registration.descriptor, ready);
            }
        }
        return count;
    }

    private Registration dequeue() {
        lock.lock();
        try {
            while (first != null) {
                Registration registration = first;
                first = registration.next;
                if (first == null) {
                    last = null;
                }
                registration.next = null;
                registration.isQueued = false;
                queued--;
                if (!registration.removed && !registration.disabled) {
                    return registration;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns false if the descriptor was removed or asked for otherwise while it was looked at. */
    private boolean delivered(Registration registration, int events) {
        lock.lock();
        try {
            if (registration.removed || registration.disabled) {
                return false;
            }
            if (registration.events != events) {
                enqueue(registration);
                return false;
            }
            if ((events & ONE_SHOT) != 0) {
                registration.disabled = true;
            } else if ((events & EDGE) == 0) {
                enqueue(registration);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held. */
    private void enqueue(Registration registration) {
        if (registration.isQueued) {
            return;
        }
        registration.isQueued = true;
        if (last == null) {
            first = registration;
        } else {
            last.next = registration;
        }
        last = registration;
        queued++;
    }

    @Override
    public int readiness() {
        return queued > 0 ? Readiness.IN : 0;
    }

    @Override
    protected int tryRead(ByteBuffer destination) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    @Override
    protected void close() {
        Registration[] all;
        lock.lock();
        try {
            all = registrations;
            registrations = new Registration[0];
            first = null;
            last = null;
            queued = 0;
        } finally {
            lock.unlock();
        }
        for (Registration registration : all) {
            if (registration != null) {
                registration.removed = true;
                registration.file.unwatch(registration);
            }
        }
    }

    /** One descriptor of the set. */
    private final class Registration implements Watcher {
        final int descriptor;
        final Pollable file;
        volatile int events;
        volatile boolean disabled;
        volatile boolean removed;
        boolean isQueued;
        Registration next;

        Registration(int descriptor, Pollable file, int events) {
            this.descriptor = descriptor;
            this.file = file;
            this.events = events;
        }

        @Override
        public void readinessChanged() {
            if (removed || disabled || (file.readiness() & (events | Readiness.ALWAYS)) == 0) {
                return;
            }
            lock.lock();
            try {
                if (removed || disabled || isQueued) {
                    // One that is queued has woken those who wait, or will be looked at by the one who is at it.
                    return;
                }
                enqueue(this);
            } finally {
                lock.unlock();
            }
            changed();
        }

        @Override
        public void released() {
            lock.lock();
            try {
                if (!removed) {
                    forget(this);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
