package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HyStartTest {
    private static final long MILLISECOND = RttEstimator.MILLISECOND;
    private static final int SEGMENT = 1000;

    private final HyStart start = new HyStart();
    private int acknowledged = -5000; // numbers wrap

    /** One round trip of so many segments, each with its acknowledgement after so many milliseconds. */
    private void round(int segments, double milliseconds) {
        round(segments, i -> milliseconds);
    }

    private void round(int segments, IntToDoubleFunction milliseconds) {
        for (int i = 0; i < segments; i++) {
            acknowledged += SEGMENT;
            start.acknowledged((long) (milliseconds.applyAsDouble(i) * MILLISECOND), acknowledged, acknowledged + segments * SEGMENT);
        }
    }

    private boolean isSlow() {
        return start.growth(1000) == 250;
    }

    private void steady() {
        for (int i = 0; i < 5; i++) {
            round(10, 100);
        }
    }

    @Test
    void longerRoundTripsSlowItDownAndFiveRoundsLaterItIsOver() {
        steady();
        assertFalse(isSlow());
        assertEquals(1000, start.growth(1000));
        round(10, 113); // an eighth of 100 is 12.5
        assertTrue(isSlow());
        for (int i = 0; i < 4; i++) {
            assertFalse(start.isOver(), "after " + i);
            round(10, 113 + i);
        }
        // The round in which it began counts, though it ends with the next one's first acknowledgement.
        round(1, 120);
        assertTrue(start.isOver());
        start.end();
        assertFalse(isSlow());
        round(10, 100);
        round(10, 200);
        assertFalse(isSlow(), "the next ones are the usual ones");
    }

    @Test
    void aRoundThatIsShortAgainMakesItFastAgain() {
        steady();
        round(10, 130);
        assertTrue(isSlow());
        round(10, 120);
        assertFalse(isSlow());
        assertFalse(start.isOver());
        round(10, 140);
        assertTrue(isSlow());
    }

    @Test
    void theThresholdIsAnEighthWithinBounds() {
        for (double[] limits : new double[][] {{1, 4}, {8, 4}, {80, 10}, {400, 16}}) {
            HyStartTest below = new HyStartTest();
            HyStartTest above = new HyStartTest();
            for (int i = 0; i < 3; i++) {
                below.round(10, limits[0]);
                above.round(10, limits[0]);
            }
            below.round(10, limits[0] + limits[1] - 0.1);
            above.round(10, limits[0] + limits[1] + 0.1);
            assertFalse(below.isSlow(), limits[0] + " ms");
            assertTrue(above.isSlow(), limits[0] + " ms");
        }
    }

    @Test
    void fewMeasurementsSayNothing() {
        steady();
        for (int i = 0; i < 20; i++) {
            round(7, 100 + 50 * i);
            assertFalse(isSlow());
        }
        for (int i = 0; i < 20; i++) {
            start.acknowledged(0, acknowledged += SEGMENT, acknowledged + 10 * SEGMENT);
        }
        assertFalse(isSlow());
    }

    /** The shortest of a round counts: a burst of our own that waits behind itself is no queue. */
    @Test
    void chanceDelaysAreNotTakenForAQueue() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            // One of eight finds the queue empty.
            round(21, j -> j % 7 == 0 ? 50 : 50 + random.nextInt(200));
            assertFalse(isSlow());
        }
    }

    @Test
    void afterAPauseItBeginsAnew() {
        steady();
        round(10, 130);
        start.restart();
        assertFalse(isSlow());
        round(10, 130);
        round(10, 130);
        assertFalse(isSlow());
        round(10, 150);
        assertTrue(isSlow());
    }
}
