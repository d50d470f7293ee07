package dev.ristretto.network.tcp;

/**
 * Comparison of sequence numbers, which count bytes modulo 2^32 (RFC 9293 §3.4). Two numbers compare as long as they are less than
 * 2^31 apart, which the window limit of RFC 7323 §2.2 guarantees for all that a connection has in hand.
 */
final class Sequence {
    private Sequence() { }

    static boolean less(int a, int b) {
        return a - b < 0;
    }

    static boolean lessOrEqual(int a, int b) {
        return a - b <= 0;
    }

    static int max(int a, int b) {
        return a - b < 0 ? b : a;
    }

    static int min(int a, int b) {
        return a - b < 0 ? a : b;
    }

    /** Whether {@code number} lies in the half-open interval from {@code from} to {@code to}. */
    static boolean within(int number, int from, int to) {
        return number - from >= 0 && number - to < 0;
    }
}
