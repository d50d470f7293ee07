package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the first slow start of a connection does to the queue before the slowest link. Without HyStart++ (RFC 9406) it ends with the loss of
 * 1.27 (CUBIC) and 0.89 bandwidth-delay products (NewReno) on the links here, in the mean.
 */
class SlowStartTest {
    private static final int SEEDS = 12;
    private static final int FRAME = 1500;
    private static final int ROUND_TRIPS = 30;

    /** Segments that were lost, in thousandths of what is in flight on the link without a queue. */
    private static long lost(Algorithm algorithm, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long bitsPerSecond = random.nextLong(80_000_000, 150_000_000);
        long roundTrip = random.nextLong(80 * Simulation.MILLISECOND, 120 * Simulation.MILLISECOND);
        long product = bitsPerSecond / 8 * roundTrip / Simulation.SECOND;
        int queue = (int) (product * (0.5 + random.nextDouble() / 2));
        Bottleneck bottleneck = new Bottleneck(seed, algorithm, Conditions.of(roundTrip / 2, bitsPerSecond, queue, 0));
        bottleneck.add(roundTrip / 2, 0);
        bottleneck.simulation.runFor(ROUND_TRIPS * roundTrip);
        long used = bottleneck.utilisation(bottleneck.received(), ROUND_TRIPS * roundTrip);
        assertTrue(used > 600, "seed " + seed + " fills " + used + " thousandths of the link");
        return bottleneck.link.dropped * FRAME * 1000 / product;
    }

    @ParameterizedTest
    @EnumSource
    void aFullQueueIsNoticedBeforeItOverflowsByAWindow(Algorithm algorithm) {
        long[] lost = IntStream.range(0, SEEDS).parallel().mapToLong(seed -> lost(algorithm, seed)).toArray();
        double mean = LongStream.of(lost).average().orElseThrow();
        assertTrue(mean < 700, algorithm + " loses " + mean + " thousandths");
    }
}
