package dev.ristretto.devices.memory;

/**
 * A block of registers of a device, little-endian. Each access happens, once, in program order, and may change the device's state.
 * Offsets are in bytes, multiples of the access's width; one that is not wholly inside the block throws
 * {@link IndexOutOfBoundsException}: callers know their layout, and check beforehand that the block is long enough for it.
 */
public interface Registers {
    /** Bytes in the block. */
    long size();

    int get8(long offset);

    int get16(long offset);

    int get32(long offset);

    void put8(long offset, int value);

    void put16(long offset, int value);

    void put32(long offset, int value);
}
