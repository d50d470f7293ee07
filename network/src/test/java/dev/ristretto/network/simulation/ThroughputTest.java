package dev.ristretto.network.simulation;

import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a link one connection fills: {@code throughput.txt}. */
class ThroughputTest {
    private static final int[] MEGABITS = {1, 10, 100, 1000};
    private static final int[] DELAYS = {1, 10, 50, 150};
    private static final double[] LOSSES = {0, 0.0001, 0.001, 0.01, 0.05};
    /** Of the queue before the link. */
    private static final int LEAST_QUEUE = 64 * 1024;
    private static final long MOST_BYTES = 25_000_000;
    private static final long MOST_SECONDS = 60;

    /** For as long as the link takes for so many bytes. */
    private static long duration(long bitsPerSecond, long delay) {
        long forBytes = MOST_BYTES * 8 * 1000 / bitsPerSecond * Simulation.MILLISECOND;
        return Math.clamp(forBytes, Math.min(100 * delay, 20 * Simulation.SECOND), MOST_SECONDS * Simulation.SECOND);
    }

    private static int utilisation(Algorithm algorithm, int megabits, int delay, double loss) {
        long bitsPerSecond = megabits * 1_000_000L;
        long oneWay = delay * Simulation.MILLISECOND;
        int bandwidthDelayProduct = (int) (bitsPerSecond / 8 * 2 * oneWay / Simulation.SECOND);
        Bottleneck bottleneck = new Bottleneck(1, algorithm,
            Conditions.of(oneWay, bitsPerSecond, Math.max(bandwidthDelayProduct, LEAST_QUEUE), loss));
        bottleneck.add(oneWay, 0);
        long duration = duration(bitsPerSecond, oneWay);
        bottleneck.simulation.runFor(duration);
        return bottleneck.utilisation(bottleneck.received(), duration);
    }

    @Test
    void oneConnection() throws IOException {
        StringBuilder table = new StringBuilder("""
            # One connection that sends all the time: percent of what the link can carry as payload, from the SYN on, for as long as the link
            # takes for 25 MB, but no less than 50 round trips or 20 s, and no more than 60 s. The queue holds a bandwidth-delay product, or 64 KiB
            # if that is more. Losses are random, one way.
            """);
        for (Algorithm algorithm : Algorithm.values()) {
            table.append('\n').append(algorithm).append("\n  Mbit/s  round trip   no loss   0.01 %    0.1 %      1 %      5 %\n");
            int rows = MEGABITS.length * DELAYS.length;
            int[] cells = new int[rows * LOSSES.length];
            IntStream.range(0, cells.length).parallel().forEach(i -> {
                int row = i / LOSSES.length;
                cells[i] = utilisation(algorithm, MEGABITS[row / DELAYS.length], DELAYS[row % DELAYS.length], LOSSES[i % LOSSES.length]);
            });
            for (int row = 0; row < rows; row++) {
                table.append(String.format(Locale.ROOT, "%8d %8d ms ", MEGABITS[row / DELAYS.length], 2 * DELAYS[row % DELAYS.length]));
                for (int i = 0; i < LOSSES.length; i++) {
                    table.append(String.format(Locale.ROOT, "%9.1f", cells[row * LOSSES.length + i] / 10.0));
                }
                table.append('\n');
            }
        }
        Snapshot.check("throughput.txt", table.toString(), getClass());
    }
}
