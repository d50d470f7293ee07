package dev.ristretto.jdk.zip;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for objects, where the JDK's Java code keeps the address of a native structure in a {@code long} field.
 *
 * <p>A handle is never zero and never used twice, so that a stale one is noticed. Safe for use by several threads.
 *
 * @param <T> what the handles stand for
 */
final class Handles<T> {
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, T> objects = new ConcurrentHashMap<>();

    /** A new handle for {@code object}, which stays reachable until {@link #close}. */
    long open(T object) {
        long handle = last.incrementAndGet();
        objects.put(handle, object);
        return handle;
    }

    /**
     * The object of an open handle.
     *
     * @throws IllegalStateException if the handle is closed or was never given out
     */
    T get(long handle) {
        T object = objects.get(handle);
        if (object == null) {
            throw new IllegalStateException("Handle " + handle + " is not open");
        }
        return object;
    }

    /** Forgets a handle; one that is closed already is ignored. */
    void close(long handle) {
        objects.remove(handle);
    }

    /** How many handles are open. */
    int size() {
        return objects.size();
    }
}
