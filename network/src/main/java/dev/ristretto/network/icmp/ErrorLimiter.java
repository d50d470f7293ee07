package dev.ristretto.network.icmp;

/** Lets so many answers pass: {@value #BURST} at once and {@value #PER_SECOND} a second (RFC 1812 §4.3.2.8, RFC 4443 §2.4 f), so that nobody makes us flood another. */
final class ErrorLimiter {
    static final int BURST = 50;
    static final int PER_SECOND = 1000;

    private long tokens = BURST;
    private long last;

    boolean pass(long now) {
        long earned = (now - last) / (1_000_000_000L / PER_SECOND);
        if (earned > 0) {
            tokens = Math.min(BURST, tokens + earned);
            last = now;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
