package dev.ristretto.storage.ext4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names on the disk: any bytes. What is no UTF-8 in them becomes U+FFFD, so that each name is one string. */
final class Text {
    private static final char REPLACEMENT = '\uFFFD';

    private Text() {
    }

    static String decode(ByteBuffer bytes, int at, int length) {
        byte[] copy = new byte[length];
        bytes.get(at, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** Returns a text that ends with a zero, or with the field that it is in. */
    static String untilZero(ByteBuffer bytes, int at, int most) {
        int length = 0;
        while (length < most && bytes.get(at + length) != 0) {
            length++;
        }
        return decode(bytes, at, length);
    }

    /**
     * Tells whether bytes are a name.
     *
     * @param utf8 the name's bytes
     * @param name the same as a string
     */
    static boolean equals(ByteBuffer bytes, int at, int length, byte[] utf8, String name) {
        if (length == utf8.length) {
            int i = 0;
            while (i < length && bytes.get(at + i) == utf8[i]) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return name.indexOf(REPLACEMENT) >= 0 && name.equals(decode(bytes, at, length));
    }
}
