package dev.ristretto.jdk.nio.memory;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.map.MapMemory;
import dev.ristretto.storage.vfs.OpenFile;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;

/** Stands in for a part of a file that is mapped privately: a copy in memory that begins at a page boundary, as a mapping would. */
public final class MappedCopy {
    /** Alignment of a copy: the unit that programs expect mappings to come in. */
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;

    /** Bytes read from the file at a time. */
    private static final int CHUNK = 1 << 20;

    /** The address of the allocation is kept right in front of the copy. */
    private static final int HEADER = Long.BYTES;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private MappedCopy() {
    }

    /**
     * Copies part of a file; what lies beyond its end reads as zeros.
     *
     * @param position where the part begins, in bytes
     * @param length   its length in bytes, positive
     * @return the address of the copy
     * @throws OutOfMemoryError if there is not as much memory
     * @throws ErrnoException   if the file cannot be read
     */
    public static long create(OpenFile file, long position, long length) throws ErrnoException {
        long allocation = UNSAFE.allocateMemory(Math.addExact(length, PAGE_SIZE + HEADER));
        long address = allocation + HEADER + PAGE_SIZE - 1 & -PAGE_SIZE;
        UNSAFE.putLong(address - HEADER, allocation);
        boolean done = false;
        try {
            fill(file, position, address, length);
            done = true;
        } finally {
            if (!done) {
                free(address);
            }
        }
        return address;
    }

    private static void fill(OpenFile file, long position, long address, long length) throws ErrnoException {
        long filled = 0;
        while (filled < length) {
            ByteBuffer part = NativeMemory.buffer(address + filled, (int) Math.min(CHUNK, length - filled));
            int count = file.read(position + filled, part);
            if (count == 0) {
                break;
            }
            filled += count;
        }
        UNSAFE.setMemory(address + filled, length - filled, (byte) 0);
    }

    /** Gives the memory of a copy back. */
    public static void free(long address) {
        UNSAFE.freeMemory(UNSAFE.getLong(address - HEADER));
    }
}
