package dev.ristretto.jdk.lang;

/** The form in which {@link java.time.Clock} asks for the time: as nanoseconds from a second near it. */
final class ClockAdjustment {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Farther away than this, the JDK expects no answer; it asks again with the second it is now. */
    private static final long FARTHEST_SECONDS = 1L << 32;

    private ClockAdjustment() {
    }

    /**
     * The nanoseconds from {@code offset} to a time, or -1 if they are too many.
     *
     * @param seconds the time's seconds since the epoch
     * @param nanos the time's nanoseconds beyond them
     * @param offset the second to count from, since the epoch
     */
    static long nanos(long seconds, long nanos, long offset) {
        long difference = seconds - offset;
        if (difference >= FARTHEST_SECONDS || difference <= -FARTHEST_SECONDS) {
            return -1;
        }
        return difference * NANOS_PER_SECOND + nanos;
    }
}
