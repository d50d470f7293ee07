package dev.ristretto.network.tcp;

import dev.ristretto.network.RandomSource;

/**
 * How many acknowledgements may be sent in answer to segments that should not have come (RFC 5961 §7): so many a second, or an attacker
 * could have us flood somebody. The number is another one each second, so that it cannot be used to count who else gets some (RFC 5961
 * errata; CVE-2016-5696).
 */
final class ChallengeLimit {
    private static final int A_SECOND = 1000;

    private final RandomSource random;
    private long secondBegan = -RttEstimator.SECOND;
    private int left;

    ChallengeLimit(RandomSource random) {
        this.random = random;
    }

    boolean mayAnswer(long now) {
        if (now - secondBegan >= RttEstimator.SECOND) {
            secondBegan = now;
            left = A_SECOND / 2 + random.nextInt(A_SECOND);
        }
        return left-- > 0;
    }
}
