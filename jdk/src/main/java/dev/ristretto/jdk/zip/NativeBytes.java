package dev.ristretto.jdk.zip;

import jdk.internal.misc.Unsafe;

/**
 * Copies between byte arrays and the memory behind direct buffers, which {@code java.util.zip} hands to its natives by address.
 *
 * <p>The caller keeps the buffer alive for the length of the call, as {@code java.util.zip} does.
 */
final class NativeBytes {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private NativeBytes() {
    }

    /** Copies {@code length} bytes at {@code address} to {@code target}, from its start. */
    static void read(long address, byte[] target, int length) {
        UNSAFE.copyMemory(null, address, target, Unsafe.ARRAY_BYTE_BASE_OFFSET, length);
    }

    /** Copies the first {@code length} bytes of {@code source} to {@code address}. */
    static void write(byte[] source, long address, int length) {
        UNSAFE.copyMemory(source, Unsafe.ARRAY_BYTE_BASE_OFFSET, null, address, length);
    }

    /** The {@code length} bytes at {@code address}, as a new array. */
    static byte[] copy(long address, int length) {
        byte[] bytes = new byte[length];
        read(address, bytes, length);
        return bytes;
    }
}
