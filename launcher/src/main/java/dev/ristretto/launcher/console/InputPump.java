package dev.ristretto.launcher.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Carries a caller's input to the image's serial line. A serial line has no end, so the end of the input is sent as the byte EOT; DLE
 * before a byte takes its meaning away, and stands before every EOT and DLE of the input itself.
 */
public final class InputPump implements Runnable {
    /** End of transmission (ASCII): the input has ended. */
    public static final int EOT = 0x04;
    /** Data link escape (ASCII): the next byte means itself. */
    public static final int DLE = 0x10;

    private final InputStream from;
    private final OutputStream to;

    /**
     * @param to the serial line; flushed after each piece, never closed
     */
    public InputPump(InputStream from, OutputStream to) {
        this.from = from;
        this.to = to;
    }

    /** Carries bytes until the input ends or either side fails. A failing input counts as ended; a failing line means the image is gone. */
    @Override
    public void run() {
        byte[] piece = new byte[4096];
        byte[] escaped = new byte[2 * piece.length];
        try {
            int length;
            while ((length = read(piece)) > 0) {
                to.write(escaped, 0, escape(piece, length, escaped));
                to.flush();
            }
            to.write(EOT);
            to.flush();
        } catch (IOException e) {
            return; // nobody is left to read what comes
        }
    }

    private int read(byte[] piece) {
        try {
            return from.read(piece);
        } catch (IOException e) {
            return -1;
        }
    }

    private static int escape(byte[] piece, int length, byte[] escaped) {
        int used = 0;
        for (int i = 0; i < length; i++) {
            if (piece[i] == EOT || piece[i] == DLE) {
                escaped[used++] = DLE;
            }
            escaped[used++] = piece[i];
        }
        return used;
    }
}
