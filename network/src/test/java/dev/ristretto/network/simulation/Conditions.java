package dev.ristretto.network.simulation;

import java.util.SplittableRandom;

/**
 * What a link is like. Probabilities from 0 to 1, times in nanoseconds.
 *
 * @param delay that every packet takes
 * @param jitter at most so much more, drawn for each packet; packets overtake each other by it only when {@code reorder} says so
 * @param loss how likely a packet is lost
 * @param duplicate how likely it arrives twice
 * @param reorder how likely it is held back by up to {@code jitter} plus a quarter of {@code delay}
 * @param corrupt how likely a bit flips, which the checksum finds
 * @param bitsPerSecond 0 for no limit
 * @param queueBytes that wait for their turn at most, when there is a rate
 * @param mtu of the IP packets that fit in
 */
record Conditions(long delay, long jitter, double loss, double duplicate, double reorder, double corrupt, long bitsPerSecond, int queueBytes, int mtu) {
    static final Conditions PERFECT = new Conditions(100_000, 0, 0, 0, 0, 0, 0, 0, 1500);

    static Conditions of(long delay, long bitsPerSecond, int queueBytes, double loss) {
        return new Conditions(delay, 0, loss, 0, 0, 0, bitsPerSecond, queueBytes, 1500);
    }

    /** Any, mostly bearable. */
    static Conditions random(SplittableRandom random) {
        long delay = (long) (StrictMath.pow(10, 4 + random.nextDouble() * 4)); // 10 µs to 100 ms
        boolean isBad = random.nextInt(3) == 0;
        return new Conditions(delay, delay / 2, isBad ? random.nextDouble() * 0.15 : random.nextInt(2) * random.nextDouble() * 0.02,
            random.nextInt(3) == 0 ? random.nextDouble() * 0.1 : 0, random.nextInt(3) == 0 ? random.nextDouble() * 0.2 : 0,
            random.nextInt(4) == 0 ? random.nextDouble() * 0.05 : 0,
            random.nextInt(2) == 0 ? 0 : (long) StrictMath.pow(10, 6 + random.nextDouble() * 3), 3000 + random.nextInt(200_000),
            random.nextInt(2) == 0 ? 1500 : 576 + random.nextInt(925));
    }
}
