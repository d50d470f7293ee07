package dev.ristretto.network.simulation;

import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How connections share a link: {@code fairness.txt}. */
class FairnessTest {
    private static final int[] FLOWS = {2, 4, 8};
    private static final long SETTLE = 30 * Simulation.SECOND;
    private static final long MEASURE = 60 * Simulation.SECOND;

    /** A link, and how much longer acknowledgements take to each sender than to the one before it. */
    private record Way(int megabits, int roundTrip, double queueInProducts, int furtherEach) {
        @Override
        public String toString() {
            String queue = String.format(Locale.ROOT, "%.1f", queueInProducts);
            return String.format(Locale.ROOT, "%4d Mbit/s %4d ms %5s %9s", megabits, roundTrip, queue, furtherEach == 0 ? "same" : "+" + furtherEach + " ms");
        }
    }

    private static final Way[] WAYS = {
        new Way(10, 20, 1, 0), new Way(10, 20, 4, 0), new Way(20, 100, 1, 0), new Way(50, 20, 1, 0), new Way(50, 20, 0.5, 0), new Way(10, 20, 1, 20),
        new Way(20, 40, 1, 20)
    };

    private static String cell(Algorithm algorithm, Way way, int count) {
        long oneWay = way.roundTrip * Simulation.MILLISECOND / 2;
        long product = way.megabits * 1_000_000L / 8 * way.roundTrip / 1000;
        Bottleneck bottleneck = new Bottleneck(2, algorithm,
            Conditions.of(oneWay, way.megabits * 1_000_000L, (int) Math.max(product * way.queueInProducts, 16 * 1500), 0));
        for (int i = 0; i < count; i++) {
            // One second after another: who comes late has to be let in.
            bottleneck.add(oneWay + i * way.furtherEach * Simulation.MILLISECOND, i * Simulation.SECOND);
        }
        bottleneck.simulation.runFor(SETTLE);
        long[] shares = new long[count];
        for (int i = 0; i < count; i++) {
            shares[i] = -bottleneck.flows.get(i).received;
        }
        bottleneck.simulation.runFor(MEASURE);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] += bottleneck.flows.get(i).received;
            sum += shares[i];
        }
        return String.format(Locale.ROOT, "  %5.3f (%5.1f %%)", Bottleneck.fairness(shares) / 1000.0, bottleneck.utilisation(sum, MEASURE) / 10.0);
    }

    @Test
    void severalConnections() throws IOException {
        StringBuilder table = new StringBuilder("""
            # Connections that begin a second after one another, from 30 s to 90 s: Jain's index of fairness (1 if all get the same, 1/n if one gets all),
            # and in parentheses how much of the link all of them fill. The queue is in bandwidth-delay products. In the last rows each has a longer way
            # back than the one before it.
            """);
        for (Algorithm algorithm : Algorithm.values()) {
            table.append('\n').append(algorithm).append("\n       link round trip queue others");
            for (int count : FLOWS) {
                table.append(String.format("%9d flows ", count));
            }
            table.append('\n');
            String[] cells = new String[WAYS.length * FLOWS.length];
            IntStream.range(0, cells.length).parallel().forEach(i -> cells[i] = cell(algorithm, WAYS[i / FLOWS.length], FLOWS[i % FLOWS.length]));
            for (int i = 0; i < cells.length; i++) {
                table.append(i % FLOWS.length == 0 ? WAYS[i / FLOWS.length] : "").append(cells[i]).append(i % FLOWS.length == FLOWS.length - 1 ? "\n" : "");
            }
        }
        Snapshot.check("fairness.txt", table.toString(), getClass());
    }
}
