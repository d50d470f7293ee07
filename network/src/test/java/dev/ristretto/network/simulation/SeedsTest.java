package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Many short simulations, each with other conditions. {@code -Dristretto.seeds=1000000} runs a million; {@code -Dristretto.seed=N} only that. */
class SeedsTest {
    private static final int SEEDS = 10_000;

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
}
