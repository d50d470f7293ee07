package dev.ristretto.network;

/**
 * Where secrets, port numbers, identifiers and jitter come from. In an image it has to be unpredictable to an attacker (RFC 6056, RFC 6528);
 * in a simulator it is seeded. May be called from any thread.
 */
@FunctionalInterface
public interface RandomSource {
    /** Returns 64 random bits. */
    long nextLong();

    /** Returns a number from 0 to {@code bound - 1}, which is at least 1. The bias is below 2<sup>-32</sup>. */
    default int nextInt(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }
}
