package dev.ristretto.network.tcp;

/** The receiving half of a connection: the RCV variables of RFC 9293 §3.3.1, what waits to be read, and which acknowledgement is owed. */
final class ReceiveSide {
    /** Nanoseconds after which a delayed acknowledgement is sent, far below the 500 ms of RFC 9293 §3.8.6.3. */
    static final long DELAY = 40 * RttEstimator.MILLISECOND;
    /** Full segments that are acknowledged at once while the peer is in slow start. */
    private static final int QUICK = 16;
    private static final long TIMESTAMP_LIFETIME = 24L * 24 * 3600 * RttEstimator.SECOND;

    final ReceiveBuffer buffer;

    int initial;
    /** RCV.NXT. */
    int next;
    /** The number after the last one that the peer may send: RCV.NXT + RCV.WND. Never goes back. */
    int edge;
    int windowShift;
    /** The largest segment seen, an estimate of the peer's segment size. */
    int segmentSize = 536;

    /** TS.Recent of RFC 7323 and when it was noted. */
    int recentTimestamp;
    long recentTimestampAt;
    /** Last.ACK.sent. */
    int lastAcknowledged;

    /** An acknowledgement is to be sent now. */
    boolean acknowledgeNow;
    /** Bytes that came since the last acknowledgement. */
    int unacknowledged;
    private int quick = QUICK;

    /** A duplicate to be reported (RFC 2883); none if both are the same. */
    int duplicateFrom;
    int duplicateTo;

    /** The peer's FIN has this number; it may not be its turn yet. */
    boolean finKnown;
    int finSequence;
    boolean finReceived;
    /** The program does not read any more. */
    boolean isShut;

    /** A congestion mark came in and the peer has not said yet that it knows (RFC 3168 §6.1.3). */
    boolean echoCongestion;

    /** For the buffer's growth: bytes read in the current round trip, and when it began. */
    private int readInRound;
    private long roundBegan;

    ReceiveSide(BlockPool pool, int limit) {
        buffer = new ReceiveBuffer(pool, limit);
    }

    int window() {
        return edge - next;
    }

    /** What goes into the window field of a segment: moves the edge if that is worth it (silly window avoidance, RFC 9293 §3.8.6.2.2). */
    int offerWindow(boolean isSyn) {
        int room = isShut ? buffer.limit() : buffer.room();
        int current = edge - next;
        if (room - current >= Math.min(buffer.limit() / 2, segmentSize)) {
            current = room;
        }
        int shift = isSyn ? 0 : windowShift;
        // Rounded up, or an edge that was offered once would seem to move back.
        int field = Math.min(current + (1 << shift) - 1 >> shift, 0xffff);
        edge = Sequence.max(edge, next + (field << shift));
        return field;
    }

    /** Whether reading has opened the window so far that the peer should be told. */
    boolean shouldAnnounceWindow() {
        int current = edge - next;
        int room = buffer.room();
        return 2 * current <= buffer.limit() && room >= 2 * current && room - current >= Math.min(buffer.limit() / 2, segmentSize);
    }

    /** Bytes came in order; decides whether to acknowledge at once. @return whether an acknowledgement may wait */
    boolean mayDelay(int length, boolean alwaysQuick) {
        segmentSize = Math.max(segmentSize, Math.min(length, 1460));
        unacknowledged += length;
        boolean isFull = length >= segmentSize;
        if (alwaysQuick || unacknowledged >= 2 * segmentSize || isFull && quick > 0) {
            if (quick > 0) {
                quick--;
            }
            return false;
        }
        return true;
    }

    void acknowledged() {
        acknowledgeNow = false;
        unacknowledged = 0;
        lastAcknowledged = next;
    }

    /** RFC 7323 §5.3: older than what was seen, so it is a segment of long ago. */
    boolean isOld(Segment segment, long now) {
        return Sequence.less(segment.timestamp, recentTimestamp) && now - recentTimestampAt < TIMESTAMP_LIFETIME;
    }

    void noteTimestamp(Segment segment, long now) {
        if (Sequence.lessOrEqual(segment.sequence, lastAcknowledged) && !Sequence.less(segment.timestamp, recentTimestamp)
                || now - recentTimestampAt >= TIMESTAMP_LIFETIME) {
            recentTimestamp = segment.timestamp;
            recentTimestampAt = now;
        }
    }

    /** The program has read: a buffer of which half is used up in a round trip is too small for the path (dynamic right-sizing). */
    void read(int bytes, long roundTrip, int most, boolean mayGrow, long now) {
        if (now - roundBegan > Math.max(roundTrip, RttEstimator.MILLISECOND)) {
            roundBegan = now;
            readInRound = 0;
        }
        readInRound += bytes;
        if (mayGrow && 2 * (long) readInRound > buffer.limit() && buffer.limit() < most) {
            buffer.limit((int) Math.min(2L * buffer.limit(), most));
            readInRound = 0;
        }
    }
}
