package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Many short simulations, each with other conditions. {@code -Dristretto.seeds=1000000} runs a million; {@code -Dristretto.seed=N} only that. */
class SeedsTest {
    private static final int SEEDS = 10_000;
    /**
     * Seeds beyond those, and two among them, that once ended with a reset: without SACK, or when reports were lost, a segment behind a gap was
     * acknowledged only when a copy had filled the gap, after a timeout. That time counted as a round trip, the next timeout was longer by it, and so on
     * until a connection that its program had closed gave up after a minute without progress.
     */
    private static final long[] TIMEOUTS_GREW = {2457, 2638, 7575, 8821, 10105, 18601, 20782, 21725};
    /** Its first timeout takes three seconds (RFC 6298 §5.7), and a minute was not enough for what the program had written before it closed. */
    private static final long LONG_TIMEOUTS = 79904;

    @Test
    void everyByteArrivesAndNothingIsLeft() {
        Long only = Long.getLong("ristretto.seed");
        long first = only != null ? only : 0;
        long count = only != null ? 1 : Long.getLong("ristretto.seeds", SEEDS);
        Exchange exchange = new Exchange();
        for (long seed = first; seed < first + count; seed++) {
            String failure = exchange.run(seed);
            assertTrue(failure == null, failure);
        }
    }

    @Test
    void whatWasWrittenIsSentOn() {
        String failure = new Exchange().run(LONG_TIMEOUTS);
        assertTrue(failure == null, failure);
    }

    @Test
    void timeoutsDoNotGrowByThemselves() {
        Exchange exchange = new Exchange();
        for (long seed : TIMEOUTS_GREW) {
            String failure = exchange.run(seed);
            assertTrue(failure == null, failure);
        }
    }
}
