package dev.ristretto.storage.tmpfs;

import java.util.concurrent.atomic.AtomicLong;

/** Counts how much of something limited is left. */
final class Quota {
    private final long limit;
    private final AtomicLong free;

    Quota(long limit) {
        this.limit = limit;
        this.free = new AtomicLong(limit);
    }

    long limit() {
        return limit;
    }

    long free() {
        return free.get();
    }

    /** Takes an amount, or nothing and returns false if less than that is left. */
    boolean take(long amount) {
        for (;;) {
            long left = free.get();
            if (left < amount) {
                return false;
            }
            if (free.compareAndSet(left, left - amount)) {
                return true;
            }
        }
    }

    void give(long amount) {
        free.addAndGet(amount);
    }
}
