package dev.ristretto.storage.node;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/**
 * The rule for names: strings of Unicode, at most {@value #MAXIMUM} bytes long in UTF-8. Linux takes any bytes; here a name that
 * is not text is refused, so that each name is one string, on every machine and in every tool.
 */
public final class Names {
    /** The longest name of a file, in bytes of UTF-8 ({@code NAME_MAX}). */
    public static final int MAXIMUM = 255;

    private Names() {
    }

    /**
     * Checks the name of a file.
     *
     * @throws ErrnoException {@code ENAMETOOLONG}; {@code EILSEQ} if it has half a surrogate pair; {@code EINVAL} if it has a
     *                        character 0
     */
    public static void check(String name) throws ErrnoException {
        if (utf8Length(name) > MAXIMUM) {
            throw Errno.ENAMETOOLONG.exception();
        }
    }

    /**
     * Returns how many bytes a text takes in UTF-8.
     *
     * @throws ErrnoException {@code EILSEQ} if the text has half a surrogate pair; {@code EINVAL} if it has a character 0
     */
    public static int utf8Length(String text) throws ErrnoException {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw Errno.EINVAL.exception();
            } else if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw Errno.EILSEQ.exception();
            }
        }
        return bytes;
    }
}
