package dev.ristretto.devices.share;

/** A stream of bytes in both directions. One thread at a time. */
public interface StreamAccess {
    /** In place of a number of bytes: the other end is gone, for ever. */
    int GONE = -1;

    /** Waits for bytes and takes up to {@code length}, at least 1; how many, or {@link #GONE}. */
    int read(byte[] to, int offset, int length);

    /** Gives up to {@code length} bytes away, at least 1; how many, or {@link #GONE}. */
    int write(byte[] from, int offset, int length);
}
