package dev.ristretto.network.tcp;

/**
 * What is in flight, what of it is lost, and what to do about it. With SACK, losses are found by time ({@link Rack}) and at the tail by
 * a probe (TLP, RFC 8985 §7); without, by three duplicate acknowledgements (NewReno, RFC 6582); in the end by the retransmission timeout.
 */
final class LossRecovery {
    private static final int DUPLICATES_MEAN_LOSS = 3;

    /** How the connection fares. */
    enum Phase {
        /** Nothing is amiss. */
        OPEN,
        /** Losses are repaired; {@link RateReduction} meters. */
        RECOVERY,
        /** The timer ran off; slow start from one segment. */
        LOSS
    }

    final SentSegments sent = new SentSegments();
    final RttEstimator roundTrip = new RttEstimator();
    final Rack rack = new Rack();
    private final RateReduction reduction = new RateReduction();
    private CongestionControl control;
    private boolean usesSack;
    private int segmentSize;
    private Phase phase = Phase.OPEN;
    private int recoveryPoint;
    private boolean hasRecoveryPoint;

    private int duplicates;
    /** Without SACK each duplicate stands for a segment that has left the network (RFC 5681 §3.2). */
    private int inflated;

    private boolean probeIsOut;
    private int probeEnd;
    private boolean probeWasCopy;

    /** Our timestamp when the timer ran off, to tell whether that was needless (Eifel, RFC 3522). */
    private int timestampAtTimeout;
    private boolean mayBeNeedless;

    private int delivered;
    private long sampledAt;
    private boolean foundDuplicate;
    private int lastBlockFrom;
    private int lastBlockTo;

    void begin(CongestionControl control, int segmentSize, boolean usesSack) {
        this.control = control;
        this.segmentSize = segmentSize;
        this.usesSack = usesSack;
    }

    CongestionControl control() {
        return control;
    }

    Phase phase() {
        return phase;
    }

    void segmentSize(int bytes) {
        segmentSize = bytes;
        control.segmentSize(bytes);
        sent.split(bytes);
    }

    /** Bytes in flight: sent, and neither known to have arrived nor held for lost ("pipe" of RFC 6675). */
    int flight(int unacknowledged, int next) {
        return Math.max(next - unacknowledged - sent.sackedBytes() - sent.lostBytes() - inflated, 0);
    }

    /** Bytes that may be sent now beyond what is in flight. */
    int allowance(int unacknowledged, int next) {
        if (phase == Phase.RECOVERY) {
            return reduction.allowance();
        }
        int inFlight = flight(unacknowledged, next);
        int window = control.window();
        // Limited transmit (RFC 3042): each of the first two duplicates lets one new segment out; with SACK that comes by itself.
        if (!usesSack && phase == Phase.OPEN && duplicates > 0) {
            inFlight -= Math.min(duplicates, 2) * segmentSize;
        }
        return Math.max(window - inFlight, 0);
    }

    void sent(int bytes) {
        if (phase == Phase.RECOVERY) {
            reduction.sent(bytes);
        }
    }

    /**
     * An acceptable acknowledgement arrived; takes acknowledged segments out and finds losses.
     *
     * @param before what was unacknowledged before
     * @param acknowledged what is from now on
     * @param isDuplicate whether RFC 5681 §2 calls it a duplicate
     * @param windowLimited whether the congestion window was what held the sender back
     * @param timestampNow our timestamp clock
     * @return nanoseconds until {@link #reorderTimer} wants to be called, or 0
     */
    long acknowledged(Segment segment, int before, int acknowledged, int next, boolean isDuplicate, boolean windowLimited,
            int timestampNow, long now) {
        delivered = 0;
        sampledAt = -1;
        foundDuplicate = false;
        boolean advanced = Sequence.less(before, acknowledged);
        if (advanced) {
            takeAcknowledged(segment, acknowledged, timestampNow, now);
        }
        boolean saw = usesSack && segment.sackBlocks > 0;
        if (saw) {
            takeSacks(segment, acknowledged, next, timestampNow, now);
        }
        if (sampledAt >= 0) {
            roundTrip.sample(now - sampledAt, now);
        }
        if (advanced) {
            roundTrip.forward();
        }
        if (phase == Phase.LOSS && advanced) {
            checkWhetherNeedless(segment);
        }
        processProbe(segment, acknowledged, isDuplicate, next, now);
        int lostBefore = sent.lostBytes();
        long wait = 0;
        if (usesSack) {
            if (!sent.isEmpty() && (saw || phase != Phase.OPEN || sent.sackedBytes() > 0 || rack.sawReordering())) {
                wait = rack.detectLoss(sent, roundTrip, phase != Phase.OPEN, segmentSize, now);
            }
        } else {
            countDuplicates(isDuplicate, advanced, acknowledged, next);
        }
        boolean newLoss = sent.lostBytes() > lostBefore;
        if (phase != Phase.OPEN && Sequence.lessOrEqual(recoveryPoint, acknowledged)) {
            finish(acknowledged, next);
        }
        if (phase == Phase.OPEN && sent.lostBytes() > 0) {
            enterRecovery(acknowledged, next, now);
        }
        if (phase == Phase.RECOVERY) {
            reduction.acknowledged(delivered, flight(acknowledged, next), segmentSize, advanced && !newLoss);
            if (!usesSack && newLoss) {
                reduction.grant(segmentSize); // A partial acknowledgement's hole is filled at once (RFC 6582 §3.2 step 5).
            }
        } else if (delivered > 0 && advanced) {
            control.measured(sampledAt >= 0 ? now - sampledAt : 0, acknowledged, next);
            if (windowLimited) {
                control.acknowledged(delivered, now, roundTrip.smoothed());
            }
        }
        return wait;
    }

    private void takeAcknowledged(Segment segment, int acknowledged, int timestampNow, long now) {
        long resentAt = Long.MAX_VALUE;
        while (!sent.isEmpty() && Sequence.lessOrEqual(sent.end(0), acknowledged)) {
            if (sent.is(0, SentSegments.RESENT)) {
                resentAt = Math.min(resentAt, sent.sentAt(0));
            }
            if (!sent.is(0, SentSegments.SACKED)) {
                delivered(0, segment, timestampNow, now);
            }
            sent.removeFirst();
        }
        if (resentAt != Long.MAX_VALUE) {
            // What was sent once, behind a gap, may have arrived long before the copy that filled the gap: its time says nothing (Karn's rule, for
            // all that the acknowledgement covers). It would make a timeout of the time that the last timeout took, and so on.
            sampledAt = -1;
            sampleByTimestamp(segment, timestampNow, now - resentAt, now);
        }
        if (!sent.isEmpty() && Sequence.less(sent.start(0), acknowledged)) {
            sent.trimFirst(acknowledged);
        }
    }

    /**
     * A round trip of what was sent again, by the clock that the peer echoes (RFC 7323 §4.1). If it echoes what came before the copy, only the copy's
     * acknowledgement has arrived, and the time in between is our own timeout.
     */
    private void sampleByTimestamp(Segment segment, int timestampNow, long sinceCopy, long now) {
        int milliseconds = timestampNow - segment.timestampEcho;
        if (segment.hasTimestamps && milliseconds >= 0 && milliseconds <= sinceCopy / RttEstimator.MILLISECOND + 1) {
            roundTrip.sample(Math.max(milliseconds, 1) * RttEstimator.MILLISECOND, now);
        }
    }

    private void delivered(int i, Segment segment, int timestampNow, long now) {
        delivered += sent.length(i);
        long sentAt = sent.sentAt(i);
        if (usesSack) {
            // What the clock of our timestamps showed when it was sent last.
            int timestamp = timestampNow - (int) ((now - sentAt) / RttEstimator.MILLISECOND);
            rack.delivered(sent, i, segment, timestamp, roundTrip, now);
        }
        if (!sent.is(i, SentSegments.RESENT)) {
            sampledAt = Math.max(sampledAt, sentAt);
        }
    }

    private void takeSacks(Segment segment, int acknowledged, int next, int timestampNow, long now) {
        int block = 0;
        if (isDuplicateReport(segment, acknowledged)) {
            foundDuplicate = true;
            rack.sawDuplicate(acknowledged, next);
            block = 1;
        }
        for (int b = block; b < segment.sackBlocks; b++) {
            int from = segment.sackFrom[b];
            int to = segment.sackTo[b];
            // Blocks that lie outside of what is in flight are old or forged.
            if (!Sequence.less(from, to) || Sequence.less(from, acknowledged) || Sequence.less(next, to)) {
                continue;
            }
            if (b == block && from == lastBlockFrom && Sequence.less(lastBlockTo, to) && Sequence.lessOrEqual(from, lastBlockTo)) {
                // The usual case, a block that grows: not all over again from its beginning.
                from = lastBlockTo;
            }
            int i = sent.indexOf(from);
            if (i < sent.count() && Sequence.less(sent.start(i), from)) {
                i++;
            }
            for (; i < sent.count() && Sequence.lessOrEqual(sent.end(i), to); i++) {
                if (!sent.is(i, SentSegments.SACKED)) {
                    delivered(i, segment, timestampNow, now);
                    sent.markSacked(i);
                }
            }
            if (b == block) {
                lastBlockFrom = segment.sackFrom[b];
                lastBlockTo = i > 0 ? sent.end(i - 1) : to;
            }
        }
    }

    /** RFC 2883 §4: a first block that is acknowledged already, or lies inside the second. */
    private static boolean isDuplicateReport(Segment segment, int acknowledged) {
        int from = segment.sackFrom[0];
        int to = segment.sackTo[0];
        return Sequence.less(from, acknowledged)
            || segment.sackBlocks > 1 && Sequence.lessOrEqual(segment.sackFrom[1], from) && Sequence.lessOrEqual(to, segment.sackTo[1]);
    }

    private void countDuplicates(boolean isDuplicate, boolean advanced, int acknowledged, int next) {
        if (isDuplicate) {
            duplicates++;
            if (phase == Phase.RECOVERY) {
                inflated = Math.min(inflated + segmentSize, next - acknowledged);
                delivered += segmentSize;
            } else if (duplicates == DUPLICATES_MEAN_LOSS && phase == Phase.OPEN
                    // RFC 6582 §3.2 step 1: duplicates of what was sent again before the last recovery ended are no new loss.
                    && (!hasRecoveryPoint || Sequence.less(recoveryPoint, acknowledged))) {
                sent.markLost(0);
                inflated = Math.min(DUPLICATES_MEAN_LOSS * segmentSize, next - acknowledged - sent.lostBytes());
                delivered += DUPLICATES_MEAN_LOSS * segmentSize;
            }
        } else if (advanced) {
            duplicates = 0;
            inflated = Math.max(inflated - delivered + segmentSize, 0);
            if (phase == Phase.RECOVERY && Sequence.less(acknowledged, recoveryPoint)) {
                // A partial acknowledgement: the next one is missing too.
                sent.markLost(0);
            } else if (phase != Phase.RECOVERY) {
                inflated = 0;
            }
        }
    }

    private void enterRecovery(int acknowledged, int next, long now) {
        phase = Phase.RECOVERY;
        recoveryPoint = next;
        hasRecoveryPoint = true;
        int flight = next - acknowledged;
        control.congested(flight, now);
        reduction.begin(flight, control.slowStartThreshold());
        probeIsOut = false;
    }

    private void finish(int acknowledged, int next) {
        duplicates = 0;
        inflated = 0;
        if (phase == Phase.RECOVERY) {
            control.recovered(flight(acknowledged, next));
        }
        phase = Phase.OPEN;
        rack.recovered();
        mayBeNeedless = false;
    }

    /** The peer or the network says that a mark of congestion was set (RFC 3168): the window shrinks once per round trip. */
    void marked(int acknowledged, int next, long now) {
        if (phase == Phase.OPEN && (!hasRecoveryPoint || Sequence.lessOrEqual(recoveryPoint, acknowledged))) {
            recoveryPoint = next;
            hasRecoveryPoint = true;
            int flight = flight(acknowledged, next);
            control.congested(flight, now);
            control.recovered(flight);
        }
    }

    /** Waited for reordered segments long enough. @return nanoseconds until the next call, or 0 */
    long reorderTimer(int acknowledged, int next, long now) {
        long wait = rack.detectLoss(sent, roundTrip, phase != Phase.OPEN, segmentSize, now);
        if (sent.lostBytes() > 0) {
            if (phase == Phase.OPEN) {
                enterRecovery(acknowledged, next, now);
            }
            if (phase == Phase.RECOVERY) {
                reduction.acknowledged(0, flight(acknowledged, next), segmentSize, false);
            }
        }
        return wait;
    }

    /** The retransmission timer ran off (RFC 6298 §5.4 to 5.6). */
    void timedOut(int acknowledged, int next, int timestampNow, long now) {
        boolean isFirst = phase != Phase.LOSS || Sequence.lessOrEqual(recoveryPoint, acknowledged);
        int flight = flight(acknowledged, next);
        if (sent.count() > 0 && sent.is(0, SentSegments.SACKED) || roundTrip.backoff() > 0) {
            // A peer that has the first segment would have acknowledged it: it has thrown things away (RFC 2018 §8).
            sent.forgetSacks();
        }
        // Only the first timeout can be found needless, however many follow it.
        if (isFirst && roundTrip.backoff() == 0) {
            mayBeNeedless = true;
            timestampAtTimeout = timestampNow;
        }
        inflated = 0;
        duplicates = 0;
        lastBlockTo = lastBlockFrom;
        if (usesSack) {
            rack.timedOut(sent, roundTrip, now);
        } else {
            for (int i = 0; i < sent.count(); i++) {
                sent.markLost(i);
            }
        }
        control.timedOut(flight, now, isFirst);
        phase = Phase.LOSS;
        recoveryPoint = next;
        hasRecoveryPoint = true;
        probeIsOut = false;
        roundTrip.backOff();
    }

    /** The first acknowledgement after a timeout: if it answers the original, nothing had been lost. */
    private void checkWhetherNeedless(Segment segment) {
        if (mayBeNeedless && segment.hasTimestamps && Sequence.less(segment.timestampEcho, timestampAtTimeout)) {
            for (int i = 0; i < sent.count(); i++) {
                sent.unmarkLost(i);
            }
            control.undo();
            phase = Phase.OPEN;
        }
        mayBeNeedless = false;
    }

    /** Index of the first segment to send again, or -1. */
    int firstLost() {
        if (sent.lostBytes() == 0) {
            return -1;
        }
        for (int i = 0; i < sent.count(); i++) {
            if (sent.is(i, SentSegments.LOST)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the tail of what is in flight is to be probed rather than waited for until the timeout (RFC 8985 §7.2). */
    boolean mayProbe() {
        return usesSack && phase == Phase.OPEN && !probeIsOut && !sent.isEmpty() && sent.sackedBytes() == 0 && roundTrip.backoff() == 0;
    }

    /** How long after the last transmission the probe is sent. */
    long probeTimeout(boolean isSingleSegment, long mostDelay) {
        if (!roundTrip.hasSample()) {
            return RttEstimator.SECOND;
        }
        long timeout = 2 * roundTrip.smoothed() + 2 * RttEstimator.MILLISECOND;
        return isSingleSegment ? timeout + mostDelay : timeout;
    }

    /** A probe goes out. @param isCopy whether it repeats the last segment rather than sending new data */
    void probing(int end, boolean isCopy) {
        probeIsOut = true;
        probeEnd = end;
        probeWasCopy = isCopy;
    }

    private void processProbe(Segment segment, int acknowledged, boolean isDuplicate, int next, long now) {
        if (!probeIsOut || Sequence.less(acknowledged, probeEnd)) {
            return;
        }
        if (!probeWasCopy || foundDuplicate) {
            probeIsOut = false; // Both arrived, or there was one only: nothing was lost.
        } else if (Sequence.less(probeEnd, acknowledged) || !isDuplicate) {
            // The probe repaired a loss that nobody noticed: the window shrinks all the same (§7.4.2).
            probeIsOut = false;
            if (phase == Phase.OPEN) {
                int flight = flight(acknowledged, next);
                control.congested(flight, now);
                control.recovered(flight);
            }
        } else if (segment.sackBlocks == 0) {
            probeIsOut = false;
        }
    }

    void release() {
        sent.clear();
    }
}
