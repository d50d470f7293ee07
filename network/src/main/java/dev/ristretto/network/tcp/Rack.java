package dev.ristretto.network.tcp;

/**
 * Loss detection by time (RFC 8985 §6): a segment is lost when one sent sufficiently later has arrived. Keeps the transmission time of
 * the most recently sent segment that was delivered, and how much reordering to put up with.
 */
final class Rack {
    private static final int REORDER_THRESHOLD = 3;
    private static final int WINDOW_PERSISTS = 16;

    private long sentAt;
    private int end;
    private long roundTrip;
    private boolean isKnown;
    private boolean sawReordering;
    private int highestSacked;
    private boolean hasSacked;
    /** In quarters of the least round trip. */
    private int windowSteps = 1;
    private int windowPersists;
    private int duplicateRound;
    private boolean inDuplicateRound;

    boolean sawReordering() {
        return sawReordering;
    }

    /** Steps 1 to 3 for one segment that this acknowledgement reports for the first time. */
    void delivered(SentSegments segments, int i, Segment acknowledgment, int timestampAtSending, RttEstimator estimator, long now) {
        long segmentSentAt = segments.sentAt(i);
        int segmentEnd = segments.end(i);
        boolean wasResent = segments.is(i, SentSegments.RESENT);
        long r = now - segmentSentAt;
        // Step 2: was it the original or the copy that arrived?
        boolean isAmbiguous = wasResent
            && (acknowledgment.hasTimestamps && Sequence.less(acknowledgment.timestampEcho, timestampAtSending) || r < estimator.least());
        if (!isAmbiguous) {
            roundTrip = r;
            if (!isKnown || isAfter(segmentSentAt, segmentEnd, sentAt, end)) {
                sentAt = segmentSentAt;
                end = segmentEnd;
                isKnown = true;
            }
        }
        if (hasSacked && !wasResent && Sequence.less(segmentEnd, highestSacked)) {
            sawReordering = true;
        }
        if (!hasSacked || Sequence.less(highestSacked, segmentEnd)) {
            highestSacked = segmentEnd;
            hasSacked = true;
        }
    }

    private static boolean isAfter(long timeA, int endA, long timeB, int endB) {
        return timeA > timeB || timeA == timeB && Sequence.less(endB, endA);
    }

    /** Step 4: a duplicate at the peer means that we were too quick; the window widens, once per round trip. */
    void sawDuplicate(int unacknowledged, int next) {
        if (inDuplicateRound && Sequence.less(unacknowledged, duplicateRound)) {
            return;
        }
        inDuplicateRound = true;
        duplicateRound = next;
        windowSteps = Math.min(windowSteps + 1, 255);
        windowPersists = WINDOW_PERSISTS;
    }

    /** A recovery ended. */
    void recovered() {
        if (windowPersists > 0 && --windowPersists == 0) {
            windowSteps = 1;
        }
    }

    private long window(SentSegments segments, RttEstimator estimator, boolean isRecovering, int segmentSize) {
        if (!sawReordering && (isRecovering || segments.sackedBytes() >= REORDER_THRESHOLD * segmentSize)) {
            return 0;
        }
        if (!estimator.hasSample()) {
            return 0;
        }
        return Math.min(windowSteps * (estimator.least() / 4), estimator.smoothed());
    }

    /**
     * Step 5: marks what is lost by now.
     *
     * @return nanoseconds until more may have to be marked, 0 if nothing waits for that
     */
    long detectLoss(SentSegments segments, RttEstimator estimator, boolean isRecovering, int segmentSize, long now) {
        long wait = 0;
        if (!isKnown) {
            return 0;
        }
        long patience = roundTrip + window(segments, estimator, isRecovering, segmentSize);
        for (int i = 0; i < segments.count(); i++) {
            if (segments.is(i, SentSegments.SACKED | SentSegments.LOST)) {
                continue;
            }
            long segmentSentAt = segments.sentAt(i);
            if (!isAfter(sentAt, end, segmentSentAt, segments.end(i))) {
                if (!segments.is(i, SentSegments.RESENT)) {
                    break; // Those that were sent once are in order of time: nothing behind it can be late.
                }
                continue;
            }
            long remaining = segmentSentAt + patience - now;
            if (remaining <= 0) {
                segments.markLost(i);
            } else {
                wait = Math.max(wait, remaining);
            }
        }
        return wait;
    }

    /** After a retransmission timeout (§6.3): the first segment is lost, and each that was sent long enough ago. */
    void timedOut(SentSegments segments, RttEstimator estimator, long now) {
        long patience = isKnown ? roundTrip + (estimator.hasSample() ? estimator.least() / 4 : 0) : 0;
        for (int i = 0; i < segments.count(); i++) {
            if (i == 0 || segments.sentAt(i) + patience <= now) {
                segments.markLost(i);
            }
        }
    }
}
