package dev.ristretto.network.tcp;

/**
 * HyStart++ (RFC 9406): ends a connection's first slow start when round trips grow longer, because a queue has begun to fill, rather than
 * when it has overflowed and lost what half a window's segments are. To be sure that this was no chance it goes on at a quarter of the pace
 * for some round trips before, and back to full pace if they are short again.
 * <p>
 * Departure from the RFC: acknowledgements count for all they cover (L is infinite without pacing too), because receivers that merge
 * segments acknowledge dozens at once.
 */
final class HyStart {
    /** §4.2: how much longer round trips must be, an eighth within these bounds. */
    private static final long LEAST_THRESHOLD = 4 * RttEstimator.MILLISECOND;
    private static final long MOST_THRESHOLD = 16 * RttEstimator.MILLISECOND;
    private static final int THRESHOLD_DIVISOR = 8;
    /** Round trips measured before a round says anything. */
    private static final int SAMPLES = 8;
    /** Conservative slow start ("CSS"): its pace, and how many round trips it takes. */
    private static final int CONSERVATIVE_DIVISOR = 4;
    private static final int CONSERVATIVE_ROUNDS = 5;

    private boolean isEnded;
    private boolean hasRound;
    private int roundEnd;
    private int samples;
    private long leastOfRound = Long.MAX_VALUE;
    private long leastOfLastRound = Long.MAX_VALUE;
    private boolean isConservative;
    private long leastAtConservative;
    private int conservativeRounds;

    /**
     * An acknowledgement of new data came: looks at it if slow start goes on, and ends slow start if it shows that the queue stays.
     *
     * @param window the congestion window, bytes
     * @param threshold the slow start threshold, bytes; slow start goes on while the window is below it
     * @param roundTrip as for {@link #acknowledged}, and so are the others
     * @return the threshold from now on
     */
    int threshold(int window, int threshold, long roundTrip, int acknowledged, int next) {
        if (window >= threshold) {
            return threshold;
        }
        acknowledged(roundTrip, acknowledged, next);
        if (!isOver()) {
            return threshold;
        }
        end();
        return window;
    }

    /**
     * An acknowledgement of new data came.
     *
     * @param roundTrip of the newest segment that it covers, nanoseconds; 0 if that is not known
     * @param acknowledged all before this has been acknowledged
     * @param next the next number to be sent
     */
    void acknowledged(long roundTrip, int acknowledged, int next) {
        if (isEnded) {
            return;
        }
        if (roundTrip > 0) {
            samples++;
            leastOfRound = Math.min(leastOfRound, roundTrip);
            if (samples >= SAMPLES) {
                judge();
            }
        }
        if (!hasRound || Sequence.lessOrEqual(roundEnd, acknowledged)) {
            hasRound = true;
            roundEnd = next;
            leastOfLastRound = leastOfRound;
            leastOfRound = Long.MAX_VALUE;
            samples = 0;
            conservativeRounds += isConservative ? 1 : 0;
        }
    }

    private void judge() {
        if (isConservative) {
            isConservative = leastOfRound >= leastAtConservative;
        } else if (leastOfLastRound != Long.MAX_VALUE
                && leastOfRound >= leastOfLastRound + Math.clamp(leastOfLastRound / THRESHOLD_DIVISOR, LEAST_THRESHOLD, MOST_THRESHOLD)) {
            isConservative = true;
            leastAtConservative = leastOfRound;
            conservativeRounds = 0;
        }
    }

    /** How much the window grows for so many bytes that were acknowledged. */
    int growth(int acknowledged) {
        return isConservative ? acknowledged / CONSERVATIVE_DIVISOR : acknowledged;
    }

    /** Whether slow start is over because the queue stays. */
    boolean isOver() {
        return isConservative && conservativeRounds >= CONSERVATIVE_ROUNDS;
    }

    /** Slow start has ended, by a loss or because it {@link #isOver}; further ones know what they aim at and are the usual ones (§4.3). */
    void end() {
        isEnded = true;
        isConservative = false;
    }

    /** The window was made small again while nothing was sent: what was measured before is of no use. */
    void restart() {
        hasRound = false;
        samples = 0;
        leastOfRound = Long.MAX_VALUE;
        leastOfLastRound = Long.MAX_VALUE;
        isConservative = false;
    }
}
