package dev.ristretto.devices.memory;

import java.util.Objects;
import jdk.internal.misc.Unsafe;

/** Registers that are mapped at an address. */
public final class MappedRegisters implements Registers {
    private static final Unsafe U = Unsafe.getUnsafe();

    private final long address;
    private final long size;

    /** The {@code size} bytes at {@code address}, mapped and not cached. */
    public MappedRegisters(long address, long size) {
        this.address = address;
        this.size = size;
    }

    private long at(long offset, int width) {
        return address + Objects.checkFromIndexSize(offset, (long) width, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int get8(long offset) {
        return U.getByteVolatile(null, at(offset, 1)) & 0xFF;
    }

    @Override
    public int get16(long offset) {
        return U.getShortVolatile(null, at(offset, 2)) & 0xFFFF;
    }

    @Override
    public int get32(long offset) {
        return U.getIntVolatile(null, at(offset, 4));
    }

    @Override
    public void put8(long offset, int value) {
        U.putByteVolatile(null, at(offset, 1), (byte) value);
    }

    @Override
    public void put16(long offset, int value) {
        U.putShortVolatile(null, at(offset, 2), (short) value);
    }

    @Override
    public void put32(long offset, int value) {
        U.putIntVolatile(null, at(offset, 4), value);
    }
}
