package dev.ristretto.storage;

/** The wall clock that file times are taken from. */
@FunctionalInterface
public interface Clock {
    /**
     * Returns the current time in nanoseconds since 1970-01-01T00:00:00Z, not counting leap seconds; it may step in either
     * direction. The range of a {@code long} reaches from 1677 to 2262.
     */
    long epochNanos();
}
