package dev.ristretto.network;

/** The clock that timers, retransmissions and life times are measured by. */
@FunctionalInterface
public interface Clock {
    /**
     * Returns nanoseconds since an arbitrary moment that stays the same. Never goes back. Values are at least 0 and small enough that a
     * century can be added, so that deadlines can be compared with {@code <}. May be called from any thread.
     */
    long nanos();
}
