package dev.ristretto.devices.memory;

import java.util.Objects;
import jdk.internal.misc.Unsafe;

/**
 * A block of memory that a device reaches too. The device may change it at any time: a value that matters is read once, checked, and
 * kept in Java's own memory. Offsets are checked; one outside throws {@link IndexOutOfBoundsException}, which is a mistake of the driver's
 * and never a consequence of what a device does.
 *
 * <p>Any thread may call; order between threads, and between processor and device, is made by {@link #getAcquire16}, {@link #putRelease16}
 * and {@link #fence}.
 */
public final class DmaMemory {
    private static final Unsafe U = Unsafe.getUnsafe();

    private final long address;
    private final long busAddress;
    private final int size;

    /**
     * @param address    where the processor sees it, a multiple of 4096
     * @param busAddress where devices see it
     * @param size       bytes
     */
    public DmaMemory(long address, long busAddress, int size) {
        this.address = address;
        this.busAddress = busAddress;
        this.size = size;
    }

    private long at(int offset, int width) {
        return address + Objects.checkFromIndexSize(offset, width, size);
    }

    /** Where the processor sees it. */
    public long address() {
        return address;
    }

    /** Where devices see the byte at {@code offset}. */
    public long busAddress(int offset) {
        return busAddress + Objects.checkIndex(offset, size);
    }

    /** Bytes in the block. */
    public int size() {
        return size;
    }

    public int get8(int offset) {
        return U.getByte(null, at(offset, 1)) & 0xFF;
    }

    public int get16(int offset) {
        return U.getShort(null, at(offset, 2)) & 0xFFFF;
    }

    public int get32(int offset) {
        return U.getInt(null, at(offset, 4));
    }

    public long get64(int offset) {
        return U.getLong(null, at(offset, 8));
    }

    public void put8(int offset, int value) {
        U.putByte(null, at(offset, 1), (byte) value);
    }

    public void put16(int offset, int value) {
        U.putShort(null, at(offset, 2), (short) value);
    }

    public void put32(int offset, int value) {
        U.putInt(null, at(offset, 4), value);
    }

    public void put64(int offset, long value) {
        U.putLong(null, at(offset, 8), value);
    }

    /** Reads two bytes; what the device wrote before it wrote these is seen by later reads. */
    public int getAcquire16(int offset) {
        return U.getShortAcquire(null, at(offset, 2)) & 0xFFFF;
    }

    /** Writes two bytes; a device that sees them sees everything that was written before. */
    public void putRelease16(int offset, int value) {
        U.putShortRelease(null, at(offset, 2), (short) value);
    }

    /** Everything before is seen by the device before anything after is read: for "write my index, then read whether it wants to know". */
    public static void fence() {
        U.fullFence();
    }

    /** Copies into an array. */
    public void get(int offset, byte[] to, int toOffset, int length) {
        Objects.checkFromIndexSize(toOffset, length, to.length);
        Objects.checkFromIndexSize(offset, length, size);
        U.copyMemory(null, address + offset, to, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) toOffset, length);
    }

    /** Copies from an array. */
    public void put(int offset, byte[] from, int fromOffset, int length) {
        Objects.checkFromIndexSize(fromOffset, length, from.length);
        Objects.checkFromIndexSize(offset, length, size);
        U.copyMemory(from, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) fromOffset, null, address + offset, length);
    }

    /** Sets bytes to zero. */
    public void clear(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        U.setMemory(address + offset, length, (byte) 0);
    }
}
