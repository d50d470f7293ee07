package dev.ristretto.jdk.nio.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jdk.internal.access.JavaNioAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/** What is at an address. */
public final class NativeMemory {
    /** Layout of {@code struct iovec}, POSIX.1-2024 {@code sys/uio.h}, with pointers and lengths of eight bytes. */
    private static final int IOVEC_SIZE = 16;
    private static final int IOVEC_LENGTH = 8;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private NativeMemory() {
    }

    /** Returns the text in UTF-8 that begins at an address and ends before the next zero byte. */
    public static String string(long address) {
        int length = 0;
        while (UNSAFE.getByte(address + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        UNSAFE.copyMemory(null, address, bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns a buffer over memory that stays valid until the caller has done with the buffer. */
    public static ByteBuffer buffer(long address, int length) {
        JavaNioAccess access = SharedSecrets.getJavaNioAccess();
        return access.newDirectByteBuffer(address, length);
    }

    /** Returns the address of the first byte of a direct buffer, whatever its position; memory that does not stay by itself the caller keeps. */
    public static long address(ByteBuffer direct) {
        return SharedSecrets.getJavaNioAccess().getBufferAddress(direct);
    }

    /** Returns buffers over the pieces that an array of {@code struct iovec} names. */
    public static ByteBuffer[] buffers(long address, int count) {
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            long entry = address + (long) i * IOVEC_SIZE;
            buffers[i] = buffer(UNSAFE.getLong(entry), Math.toIntExact(UNSAFE.getLong(entry + IOVEC_LENGTH)));
        }
        return buffers;
    }

    /** Tells whether another thread has written something but 0 into the {@code int} at an address; false for address 0. */
    public static boolean isSet(long address) {
        return address != 0 && UNSAFE.getIntVolatile(null, address) != 0;
    }
}
