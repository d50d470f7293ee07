package dev.ristretto.network.tcp;

/**
 * CUBIC (RFC 9438): the window grows as a cubic function of the time since the last loss, flat around the size at which that loss
 * happened, so that growth does not depend on the round-trip time; and never slower than Reno would.
 */
final class Cubic implements CongestionControl {
    /** §4.6: what is left of the window after a loss. */
    private static final double BETA = 0.7;
    /** §5: segments per second cubed. */
    private static final double C = 0.4;
    /** §4.3: additive increase that with BETA is as aggressive as Reno with one half. */
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double NANOSECONDS = 1e9;

    private int segmentSize;
    private int window;
    private int threshold = Integer.MAX_VALUE;
    private final HyStart hyStart = new HyStart();
    /** The window at the last loss, in segments (W_max). */
    private double windowAtLoss;
    /** The window just before the last loss, in segments (cwnd_prior). */
    private double windowBeforeLoss;
    /** When the current stage of congestion avoidance began; -1 outside of one. */
    private long epoch = -1;
    /** Seconds from the epoch to the flat part (K). */
    private double flatAfter;
    /** What Reno would have, in segments (W_est). */
    private double renoWindow;
    /** Growth not yet big enough for a whole byte. */
    private double rest;

    private int undoWindow;
    private int undoThreshold;
    private double undoWindowAtLoss;
    private double undoWindowBeforeLoss;

    Cubic(int segmentSize) {
        this.segmentSize = segmentSize;
        window = CongestionControl.initialWindow(segmentSize);
        remember();
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public int slowStartThreshold() {
        return threshold;
    }

    @Override
    public void measured(long roundTrip, int acknowledged, int next) {
        threshold = hyStart.threshold(window, threshold, roundTrip, acknowledged, next);
    }

    @Override
    public void acknowledged(int acknowledged, long now, long roundTrip) {
        if (window < threshold) {
            window = SlowStart.grow(window, hyStart.growth(acknowledged), threshold);
            return;
        }
        double segments = (double) window / segmentSize;
        if (epoch < 0) {
            beginEpoch(segments, now);
        }
        double elapsed = (now - epoch) / NANOSECONDS;
        double newlyAcknowledged = (double) acknowledged / segmentSize;
        // §4.3: once it has what it had before the loss, it grows as Reno does.
        renoWindow += (renoWindow >= windowBeforeLoss ? 1 : ALPHA) * newlyAcknowledged / segments;
        double increase;
        if (cubicWindow(elapsed) < renoWindow) {
            increase = Math.max(renoWindow - segments, 0);
        } else {
            // §4.4 and 4.5: heads for where the curve will be a round trip later, at most half as fast again as slow start would.
            double target = Math.clamp(cubicWindow(elapsed + roundTrip / NANOSECONDS), segments, 1.5 * segments);
            increase = (target - segments) / segments * newlyAcknowledged;
        }
        rest += increase * segmentSize;
        int whole = (int) Math.min(rest, SlowStart.MOST_WINDOW - window);
        rest -= whole;
        window += whole;
    }

    private double cubicWindow(double seconds) {
        double t = seconds - flatAfter;
        return C * t * t * t + windowAtLoss;
    }

    private void beginEpoch(double segments, long now) {
        epoch = now;
        rest = 0;
        renoWindow = segments;
        if (windowAtLoss <= segments) {
            windowAtLoss = segments;
            flatAfter = 0;
        } else {
            // StrictMath, for the same bits on every machine: the simulator's results are compared.
            flatAfter = StrictMath.cbrt((windowAtLoss - segments) / C);
        }
    }

    @Override
    public void congested(int flight, long now) {
        hyStart.end();
        remember();
        double segments = (double) window / segmentSize;
        windowBeforeLoss = segments;
        // §4.7, fast convergence: a window smaller than last time makes room for newcomers.
        windowAtLoss = segments < windowAtLoss ? segments * (1 + BETA) / 2 : segments;
        // §4.6: from what is in flight, so that a window that was not used does not count; but no less than two segments.
        threshold = Math.max((int) (Math.min(flight, window) * BETA), 2 * segmentSize);
        epoch = -1;
    }

    @Override
    public void timedOut(int flight, long now, boolean isFirst) {
        if (isFirst) {
            congested(flight, now);
        }
        window = segmentSize;
        epoch = -1;
    }

    @Override
    public void recovered(int flight) {
        window = CongestionControl.windowAfterRecovery(threshold, flight, segmentSize);
        epoch = -1;
    }

    private void remember() {
        undoWindow = window;
        undoThreshold = threshold;
        undoWindowAtLoss = windowAtLoss;
        undoWindowBeforeLoss = windowBeforeLoss;
    }

    @Override
    public void undo() {
        window = Math.max(window, undoWindow);
        threshold = undoThreshold;
        windowAtLoss = undoWindowAtLoss;
        windowBeforeLoss = undoWindowBeforeLoss;
        epoch = -1;
    }

    @Override
    public void restartAfterIdle() {
        hyStart.restart();
        window = Math.min(window, CongestionControl.initialWindow(segmentSize));
        // §5.8: the clock of the curve stood still meanwhile.
        epoch = -1;
    }

    @Override
    public void segmentSize(int bytes) {
        segmentSize = bytes;
        window = Math.max(window, bytes);
    }
}
