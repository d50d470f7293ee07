package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RttEstimatorTest {
    private static final long MILLISECOND = RttEstimator.MILLISECOND;

    private final RttEstimator estimator = new RttEstimator();

    /** A peer may delay its acknowledgement by 200 ms, however long a round trip is. */
    @Test
    void theTimeoutIsAboveTheRoundTrip() {
        for (int i = 0; i < 1000; i++) {
            estimator.sample(190 * MILLISECOND, i * MILLISECOND);
        }
        assertEquals(190 * MILLISECOND, estimator.smoothed());
        assertEquals(390 * MILLISECOND, estimator.timeout());
    }

    /** A queue fills and empties within a round trip: hundreds of even samples do not make the next longer one a loss. */
    @Test
    void theVariationOfARoundTripIsNotForgottenWithinIt() {
        long now = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 400; i++) {
                now += MILLISECOND;
                estimator.sample((i < 40 ? 800 : 300) * MILLISECOND, now);
            }
        }
        assertTrue(estimator.timeout() > 800 * MILLISECOND, "timeout " + estimator.timeout());
    }
}
