package dev.ristretto.network.ip;

/**
 * What routers said about the largest packet to some destinations (RFC 1191 §6.1, RFC 8201 §5.2). A fixed table, where a new destination may push out an old
 * one: then its size is found again. Entries end after ten minutes, for the way may have changed.
 */
final class PathMtus {
    private static final int SIZE = 256;
    private static final long LIFE = 600_000_000_000L;
    /** Smaller ones are not believed: no IPv4 link of today has them, and they make much work (RFC 5927 §7.3). */
    static final int LEAST_V4 = 552;
    static final int LEAST_V6 = 1280;

    private final long[] highs = new long[SIZE];
    private final long[] lows = new long[SIZE];
    private final int[] mtus = new int[SIZE];
    private final long[] until = new long[SIZE];
    private int generation = 1;

    private static int slot(long high, long low) {
        return (int) ((high * 31 + low) * 0x9e3779b97f4a7c15L >>> 56);
    }

    /** Returns what is known, or {@link Integer#MAX_VALUE}. */
    int get(long high, long low, long now) {
        int slot = slot(high, low);
        return mtus[slot] != 0 && highs[slot] == high && lows[slot] == low && now < until[slot] ? mtus[slot] : Integer.MAX_VALUE;
    }

    void put(long high, long low, int mtu, long now) {
        int slot = slot(high, low);
        highs[slot] = high;
        lows[slot] = low;
        mtus[slot] = mtu;
        until[slot] = now + LIFE;
        generation++;
    }

    int generation() {
        return generation;
    }
}
