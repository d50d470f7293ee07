package dev.ristretto.launcher.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries what the image writes on its serial line to the caller, byte by byte the same, as soon as it comes. */
public final class OutputPump implements Runnable {
    private final InputStream from;
    private final OutputStream to;
    private boolean deaf;

    /**
     * @param to the caller's stream; flushed after each piece, never closed
     */
    public OutputPump(InputStream from, OutputStream to) {
        this.from = from;
        this.to = to;
    }

    /** Carries bytes until the line ends. If the caller's stream fails the rest is read and dropped, so that the image is not held up. */
    @Override
    public void run() {
        byte[] piece = new byte[8192];
        try {
            int length;
            while ((length = from.read(piece)) >= 0) {
                write(piece, length);
            }
        } catch (IOException e) {
            return; // the process is gone, and its stream with it
        }
    }

    private void write(byte[] piece, int length) {
        if (!deaf) {
            try {
                to.write(piece, 0, length);
                to.flush();
            } catch (IOException e) {
                deaf = true;
            }
        }
    }
}
