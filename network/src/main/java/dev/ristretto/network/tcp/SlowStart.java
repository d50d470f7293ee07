package dev.ristretto.network.tcp;

/** Growth of the window by what was acknowledged, shared by the algorithms (RFC 5681 §3.1, RFC 3465); the first one is {@link HyStart}'s. */
final class SlowStart {
    /** More than any peer can offer (RFC 7323 §2.2), and far from overflow. */
    static final int MOST_WINDOW = 1 << 30;

    private SlowStart() { }

    static int grow(int window, int acknowledged, int threshold) {
        long grown = (long) window + acknowledged;
        return (int) Math.min(Math.min(grown, Math.max(threshold, window)), MOST_WINDOW);
    }
}
