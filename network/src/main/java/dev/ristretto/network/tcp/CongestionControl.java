package dev.ristretto.network.tcp;

/**
 * How much a connection may have in flight so that the network bears it. One object per connection; sizes are bytes, times nanoseconds.
 * <p>
 * It is told what happened and answers with {@link #window}; which segments are lost and when to send again is decided elsewhere
 * ({@link LossRecovery}). While a loss is being repaired, {@link RateReduction} meters what is sent and acknowledgements are not
 * reported here.
 */
public interface CongestionControl {
    /** Which algorithm a stack gives to its connections. */
    enum Algorithm {
        /** RFC 9438. */
        CUBIC,
        /** RFC 5681 and 6582. */
        NEW_RENO;

        CongestionControl create(int segmentSize) {
            return this == CUBIC ? new Cubic(segmentSize) : new NewReno(segmentSize);
        }
    }

    /** Initial window in bytes (RFC 6928). */
    static int initialWindow(int segmentSize) {
        return Math.min(10 * segmentSize, Math.max(2 * segmentSize, 14600));
    }

    /** The window after a recovery: no burst beyond an initial window (see {@link #recovered}). */
    static int windowAfterRecovery(int threshold, int flight, int segmentSize) {
        return Math.max(Math.min(threshold, flight + initialWindow(segmentSize)), segmentSize);
    }

    /** The congestion window: never less than one segment. */
    int window();

    /** Below this the window grows by slow start. */
    int slowStartThreshold();

    /**
     * New data was acknowledged outside of recovery: how long that took. Comes before {@link #acknowledged}.
     *
     * @param roundTrip of the newest segment that was acknowledged; 0 if it is not known
     * @param acknowledged all before this number has been acknowledged
     * @param next the next number to be sent
     */
    void measured(long roundTrip, int acknowledged, int next);

    /**
     * New data was acknowledged outside of recovery, and the window was what limited the sender.
     *
     * @param acknowledged bytes newly acknowledged
     * @param roundTrip smoothed round-trip time; 0 if there is none yet
     */
    void acknowledged(int acknowledged, long now, long roundTrip);

    /**
     * A segment was lost, or the network marked one: a new reduction of the window, at most once per round trip.
     *
     * @param flight bytes in flight
     */
    void congested(int flight, long now);

    /** The retransmission timer ran off: the window falls to one segment. @param flight bytes in flight before that */
    void timedOut(int flight, long now, boolean isFirst);

    /**
     * Recovery is over: the window is what the reduction aimed at; but if less is in flight, because there was nothing to send or no memory for more, it
     * begins there, or all of it would go out in one burst that overflows the next queue (RFC 6582 §3.2 step 3).
     *
     * @param flight bytes in flight
     */
    void recovered(int flight);

    /** The reduction turned out to be needless; back to the windows before it. */
    void undo();

    /** Nothing was sent for longer than the retransmission timeout (RFC 5681 §4.1). */
    void restartAfterIdle();

    /** The largest segment has another size now. */
    void segmentSize(int bytes);
}
