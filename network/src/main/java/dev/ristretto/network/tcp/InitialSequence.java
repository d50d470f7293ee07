package dev.ristretto.network.tcp;

/**
 * Initial sequence numbers (RFC 6528): a clock that ticks every four microseconds, so that a new connection between the same two sockets
 * begins beyond the old one, plus a secret for each pair of sockets, so that nobody else can tell what it is.
 */
final class InitialSequence {
    private static final long TICK_NANOSECONDS = 4000;
    /** Keeps the hashes apart that serve different ends. */
    private static final long NUMBER = 1L << 32;
    private static final long TIMESTAMP = 2L << 32;
    private static final long PORT = 3L << 32;

    private final SipHash hash;

    InitialSequence(SipHash hash) {
        this.hash = hash;
    }

    int number(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, long now) {
        return (int) (now / TICK_NANOSECONDS + hash.hash(localHigh, localLow, remoteHigh, remoteLow, ports & 0xffffffffL | NUMBER));
    }

    /** What is added to the time for the timestamps of a connection, so that they do not tell how long the machine is up (RFC 7323 §5.4). */
    int timestampOffset(long localHigh, long localLow, long remoteHigh, long remoteLow) {
        // Not by port: timestamps of successive connections have to grow, for what TIME-WAIT decides by them.
        return (int) hash.hash(localHigh, localLow, remoteHigh, remoteLow, TIMESTAMP);
    }

    /** Where the search for a free port begins (RFC 6056 §3.3.3). */
    int portOffset(long localHigh, long localLow, long remoteHigh, long remoteLow, int remotePort) {
        return (int) hash.hash(localHigh, localLow, remoteHigh, remoteLow, remotePort | PORT) & Integer.MAX_VALUE;
    }
}
