package dev.ristretto.network.device.stream;

import java.nio.ByteBuffer;

/**
 * A stream of bytes both ways, with the memory that it moves them through. One thread at a time for each direction; no method waits.
 */
public interface ByteStream {
    /** In place of a number of bytes: the other end is gone, for ever. */
    int GONE = -1;

    /** The memory that {@link #read} writes to; absolute positions from 0 to its capacity. Always the same. */
    ByteBuffer input();

    /** The memory that {@link #write} reads from. Always the same. */
    ByteBuffer output();

    /** Takes up to {@code length} (at least 1) bytes into {@link #input} from {@code position} on; how many, 0 if none are there, {@link #GONE}. */
    int read(int position, int length);

    /** Gives up to {@code length} (at least 1) bytes of {@link #output} from {@code position} on away; how many were taken, 0, {@link #GONE}. */
    int write(int position, int length);

    /** Has {@link StreamDevice#serve} called soon, though nothing arrived. Any thread may call. */
    void wake();
}
