package dev.ristretto.kernel.console;

import dev.ristretto.kernel.platform.BlockingCalls;
import dev.ristretto.machine.Machine;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.word.Pointer;

/** The console for Java: what {@code System.in}, {@code out} and {@code err} end in. Any Java thread may call; calls may block. */
public final class Console {
    /** Streams of {@link #write}; a machine may have one line for both. */
    public static final int OUTPUT = Machine.OUTPUT;
    public static final int ERRORS = Machine.ERRORS;
    private static final int CHUNK = 1024;

    private Console() {
    }

    /** Writes all bytes, waiting while the line is slower. Bounds are the caller's to check. */
    public static void write(int stream, byte[] bytes, int offset, int length) {
        Pointer buffer = UnmanagedMemory.malloc(CHUNK);
        try {
            for (int done = 0; done < length;) {
                int part = Math.min(CHUNK, length - done);
                for (int i = 0; i < part; i++) {
                    buffer.writeByte(i, bytes[offset + done + i]);
                }
                BlockingCalls.consoleWrite(stream, buffer, part);
                done += part;
            }
        } finally {
            UnmanagedMemory.free(buffer);
        }
    }

    /** Reads at least one byte, waiting for it; -1 at the end of input, 0 if {@code length} is 0. Bounds are the caller's to check. */
    public static int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int part = Math.min(CHUNK, length);
        Pointer buffer = UnmanagedMemory.malloc(part);
        try {
            int count = BlockingCalls.consoleRead(buffer, part);
            for (int i = 0; i < count; i++) {
                bytes[offset + i] = buffer.readByte(i);
            }
            return count == 0 ? -1 : count;
        } finally {
            UnmanagedMemory.free(buffer);
        }
    }

    /** Bytes that can be read without waiting. */
    public static int available() {
        return ConsoleLine.available();
    }
}
