package dev.ristretto.network.tcp;

/** Slow start and congestion avoidance of RFC 5681, counting bytes (RFC 3465). */
final class NewReno implements CongestionControl {
    private int segmentSize;
    private int window;
    private int threshold = Integer.MAX_VALUE;
    private final HyStart hyStart = new HyStart();
    private int acknowledgedInAvoidance;
    private int windowBefore;
    private int thresholdBefore;

    NewReno(int segmentSize) {
        this.segmentSize = segmentSize;
        window = CongestionControl.initialWindow(segmentSize);
        windowBefore = window;
        thresholdBefore = threshold;
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
        acknowledgedInAvoidance += acknowledged;
        if (acknowledgedInAvoidance >= window) {
            acknowledgedInAvoidance -= window;
            window = Math.min(window + segmentSize, SlowStart.MOST_WINDOW);
        }
    }

    @Override
    public void congested(int flight, long now) {
        hyStart.end();
        remember();
        threshold = Math.max(flight / 2, 2 * segmentSize);
        acknowledgedInAvoidance = 0;
    }

    @Override
    public void timedOut(int flight, long now, boolean isFirst) {
        // A second timeout of the same data says nothing new about the network's capacity (RFC 5681 §3.1).
        if (isFirst) {
            congested(flight, now);
        }
        window = segmentSize;
    }

    private void remember() {
        windowBefore = window;
        thresholdBefore = threshold;
    }

    @Override
    public void recovered(int flight) {
        window = CongestionControl.windowAfterRecovery(threshold, flight, segmentSize);
    }

    @Override
    public void undo() {
        window = Math.max(window, windowBefore);
        threshold = thresholdBefore;
    }

    @Override
    public void restartAfterIdle() {
        hyStart.restart();
        window = Math.min(window, CongestionControl.initialWindow(segmentSize));
    }

    @Override
    public void segmentSize(int bytes) {
        segmentSize = bytes;
        window = Math.max(window, bytes);
    }
}
