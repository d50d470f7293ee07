package dev.ristretto.network.tcp;

/**
 * How long a round trip takes, and from that how long to wait before a segment counts as lost (RFC 6298). Times are nanoseconds.
 * <p>
 * Departures from the RFC, as in Linux: the timeout is 200 ms above the smoothed round trip at least, rather than a second in all. And since there is a sample
 * for each acknowledgement, not for each round trip, the variation that counts is the largest of a round trip; it would forget within a part of
 * one how it varied otherwise (RFC 7323 appendix G).
 */
final class RttEstimator {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1000 * MILLISECOND;
    static final long INITIAL_TIMEOUT = SECOND;
    /** What the timeout is longer than a round trip at least: a peer may delay its acknowledgement so long. */
    static final long LEAST_TIMEOUT = 200 * MILLISECOND;
    static final long MOST_TIMEOUT = 120 * SECOND;
    /** For how long the least round trip counts; routes change. */
    private static final long LEAST_LIFETIME = 300 * SECOND;

    private long smoothed;
    private long variation;
    /** The mean deviation, and the largest that it was in this round trip. */
    private long deviation;
    private long mostDeviation;
    private long roundBegan;
    private long timeout = INITIAL_TIMEOUT;
    private int backoff;
    private long least = Long.MAX_VALUE;
    private long leastSince;

    /** A round trip of a segment that was sent once (Karn: never of one sent again). */
    void sample(long roundTrip, long now) {
        long r = Math.max(roundTrip, 1);
        if (r <= least || now - leastSince > LEAST_LIFETIME) {
            least = r;
            leastSince = now;
        }
        if (smoothed == 0) {
            smoothed = r;
            deviation = r / 2;
            variation = deviation;
            roundBegan = now;
        } else {
            deviation += (Math.abs(smoothed - r) - deviation) / 4;
            smoothed += (r - smoothed) / 8;
            mostDeviation = Math.max(mostDeviation, deviation);
            variation = Math.max(variation, mostDeviation);
            if (now - roundBegan >= smoothed) {
                variation -= (variation - mostDeviation) / 4;
                mostDeviation = 0;
                roundBegan = now;
            }
        }
        smoothed = Math.max(smoothed, 1);
        backoff = 0;
        timeout = Math.min(smoothed + Math.max(LEAST_TIMEOUT, 4 * variation), MOST_TIMEOUT);
    }

    boolean hasSample() {
        return smoothed != 0;
    }

    /** The smoothed round trip; 0 before the first sample. */
    long smoothed() {
        return smoothed;
    }

    /** The shortest round trip seen lately; {@link Long#MAX_VALUE} before the first sample. */
    long least() {
        return least;
    }

    /** The retransmission timeout with its back-off. */
    long timeout() {
        // Shifted step by step, or 64 bits would overflow after forty timeouts in a row.
        return backoff >= 10 ? MOST_TIMEOUT : Math.min(timeout << backoff, MOST_TIMEOUT);
    }

    /** Doubles the timeout after it ran off (RFC 6298 §5.5). */
    void backOff() {
        backoff++;
    }

    /** Takes the doubling back: something new was acknowledged. */
    void forward() {
        backoff = 0;
    }

    int backoff() {
        return backoff;
    }

    /** A SYN had to be sent again: the first timeout for data is three seconds then (RFC 6298 §5.7). */
    void handshakeTimedOut() {
        if (smoothed == 0) {
            timeout = 3 * SECOND;
        }
        backoff = 0;
    }
}
