package dev.ristretto.network;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Memory for packets as a machine gives it: with what was there before. */
public final class UsedMemory {
    private static final byte LEFT_OVER = (byte) 0xA5;

    private UsedMemory() {
    }

    /** Returns a buffer of that capacity, full of what nobody shall read. */
    public static ByteBuffer allocate(int bytes) {
        byte[] memory = new byte[bytes];
        Arrays.fill(memory, LEFT_OVER);
        return ByteBuffer.wrap(memory);
    }
}
