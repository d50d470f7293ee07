package dev.ristretto.imagetests.network;

import java.util.Random;

/** Bytes to send. */
final class Bytes {
    private Bytes() {
    }

    /** Returns that many bytes without a pattern, always the same. */
    static byte[] of(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
