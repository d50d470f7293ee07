package dev.ristretto.network.stack;

/** How often things happened since the stack was made. Written under the stack's lock; reading without it gives some recent value. */
public final class Statistics {
    private final long[] values = new long[Counter.values().length];

    /** Counts one. */
    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /** Counts several. */
    public void add(Counter counter, long amount) {
        values[counter.ordinal()] += amount;
    }

    /** Returns how often. */
    public long get(Counter counter) {
        return values[counter.ordinal()];
    }

    /** Returns the counters that are not 0, a line each, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Counter counter : Counter.values()) {
            if (get(counter) != 0) {
                text.append(counter).append(' ').append(get(counter)).append('\n');
            }
        }
        return text.toString();
    }
}
