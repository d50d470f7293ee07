package dev.ristretto.network.tcp;

/**
 * A half-open connection that takes no memory (D. J. Bernstein; RFC 4987 §3.6): everything that must be remembered of a SYN is in the
 * initial sequence number of the answer and comes back in the handshake's last segment. Five bits of it are a clock, three choose a
 * segment size, 24 are a keyed hash of it all. Window scale and SACK go into the low bits of our timestamp, if the peer uses timestamps.
 */
final class SynCookies {
    /** Of the answer's timestamp: four bits of window shift (15 for none), one for SACK, one for ECN. */
    static final int TIMESTAMP_BITS = 6;
    private static final long TICK = 64 * RttEstimator.SECOND;
    private static final int TICKS_ACCEPTED = 2;
    private static final int[] SIZES = {216, 536, 1024, 1220, 1360, 1440, 1460, 8960};
    private static final int NO_SHIFT = 15;

    private final SipHash hash;

    SynCookies(SipHash hash) {
        this.hash = hash;
    }

    private int proof(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, int irs, long tick, int size) {
        // The eight bits of tick and size are mixed with the peer's number; all of it is under the secret key.
        long inner = hash.hash(localHigh, localLow, remoteHigh, remoteLow, ports & 0xffffffffL | 4L << 32);
        return (int) hash.hash(inner, irs & 0xffffffffL, tick, size, 5L << 32) & 0xffffff;
    }

    /** The initial sequence number that answers a SYN. @param irs the SYN's number @param segmentSize the SYN's option, or its default */
    int make(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, int irs, int segmentSize, long now) {
        int size = SIZES.length - 1;
        while (size > 0 && SIZES[size] > segmentSize) {
            size--;
        }
        long tick = now / TICK;
        return (int) (tick & 31) << 27 | size << 24 | proof(localHigh, localLow, remoteHigh, remoteLow, ports, irs, tick, size);
    }

    /**
     * Looks whether a number is one of ours that has not grown old.
     *
     * @param cookie our initial sequence number: what the segment acknowledges, less one
     * @return the segment size that it holds, or 0 if it is none of ours
     */
    int check(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, int irs, int cookie, long now) {
        long tick = now / TICK;
        int age = (int) (tick - (cookie >>> 27)) & 31;
        if (age >= TICKS_ACCEPTED) {
            return 0;
        }
        int size = cookie >>> 24 & 7;
        int proof = proof(localHigh, localLow, remoteHigh, remoteLow, ports, irs, tick - age, size);
        return proof == (cookie & 0xffffff) ? SIZES[size] : 0;
    }

    /** Our timestamp with what the SYN offered in its low bits, not later than {@code timestamp}. */
    static int hideOptions(int timestamp, int windowShift, boolean sack, boolean ecn) {
        int bits = (windowShift < 0 ? NO_SHIFT : windowShift) | (sack ? 16 : 0) | (ecn ? 32 : 0);
        int mask = (1 << TIMESTAMP_BITS) - 1;
        int hidden = timestamp & ~mask | bits;
        return hidden - timestamp > 0 ? hidden - (mask + 1) : hidden;
    }

    static int windowShift(int timestampEcho) {
        int shift = timestampEcho & 15;
        return shift == NO_SHIFT ? -1 : shift;
    }

    static boolean sack(int timestampEcho) {
        return (timestampEcho & 16) != 0;
    }

    static boolean ecn(int timestampEcho) {
        return (timestampEcho & 32) != 0;
    }
}
