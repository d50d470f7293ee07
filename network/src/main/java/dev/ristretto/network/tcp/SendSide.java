package dev.ristretto.network.tcp;

/** The sending half of a connection: the SND variables of RFC 9293 §3.3.1, what is buffered, what is in flight. */
final class SendSide {
    final SendBuffer buffer;
    final LossRecovery recovery = new LossRecovery();

    int initial;
    /** SND.UNA. */
    int unacknowledged;
    /** SND.NXT. */
    int next;
    /** SND.WND in bytes. */
    int window;
    /** SND.WL1 and SND.WL2: which segment the window came from. */
    int windowSequence;
    int windowAcknowledgment;
    /** The largest window that the peer ever offered. */
    int mostWindow;
    /** Shift of the windows that the peer offers. */
    int windowShift;
    /** Bytes of payload that a segment may have now. */
    int segmentSize;
    /** What the peer's option said. */
    int peerSegmentSize;
    /** The path's MTU that {@link #segmentSize} was made for. */
    int mtu;

    boolean usesSack;
    boolean usesTimestamps;
    boolean usesWindowScaling;
    int timestampOffset;

    /** The program has closed: a FIN follows the last byte. */
    boolean finQueued;
    boolean finSent;
    boolean finAcknowledged;

    /** The congestion window was what held the sender back when it last stopped. */
    boolean isWindowLimited;
    /** When the last segment with data was sent, for the restart after idling. */
    long lastSent;
    /** When something was last acknowledged. */
    long lastAdvanced;
    /** Timeouts in a row without progress. */
    int timeouts;
    /** IP had no packet or no room; tried again when it says so. */
    boolean isBlocked;
    /** A small segment waits for the window to open although some would fit (RFC 9293 §3.8.6.2.1). */
    boolean waitsForWindow;

    /** Both ends agreed on explicit congestion notification (RFC 3168). */
    boolean usesEcn;
    /** The next new data says that the window was reduced. */
    boolean reportReduced;

    SendSide(BlockPool pool, int limit) {
        buffer = new SendBuffer(pool, limit);
    }

    /** Bytes written and never sent. */
    int unsent() {
        // The FIN, once sent, is counted by next but is not in the buffer.
        return finSent ? 0 : buffer.size() - (next - unacknowledged);
    }

    int flight() {
        return recovery.flight(unacknowledged, next);
    }

    boolean hasUnacknowledged() {
        return next != unacknowledged;
    }

    /** How many of the numbers from SND.NXT on the peer's window allows; negative if it has shrunk. */
    int usableWindow() {
        return unacknowledged + window - next;
    }

    int timestamp(long now) {
        return (int) (now / RttEstimator.MILLISECOND) + timestampOffset;
    }
}
