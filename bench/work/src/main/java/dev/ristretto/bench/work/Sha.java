package dev.ristretto.bench.work;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests 16 MiB. */
final class Sha {
    private static final byte[] BLOCK = new byte[1 << 20];

    private Sha() {
    }

    static long round() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < 16; i++) {
                BLOCK[0] = (byte) i;
                digest.update(BLOCK);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
