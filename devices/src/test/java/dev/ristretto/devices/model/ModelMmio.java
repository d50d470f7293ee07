package dev.ristretto.devices.model;

import dev.ristretto.devices.memory.Registers;

/** Virtio registers in memory (virtio 1.2 §4.2.2) in front of a device. */
public final class ModelMmio implements Registers {
    private final VirtioModel model;
    private final long size;
    private int deviceSelect;
    private int driverSelect;
    private int queueSelect;
    private int interruptStatus;
    public int magic = 0x74726976;
    public int version = 2;
    public int line = 5;

    public ModelMmio(VirtioModel model, long size) {
        this.model = model;
        this.size = size;
        model.raiseQueue = () -> raise(1);
        model.raiseConfiguration = () -> raise(2);
    }

    private synchronized void raise(int bits) {
        boolean edge = interruptStatus == 0;
        interruptStatus |= bits;
        if (edge) {
            model.host.line(line);
        }
    }

    private ModelQueue queue() {
        return queueSelect < model.queues.length ? model.queues[queueSelect] : null;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int get8(long offset) {
        return model.configuration((int) offset - 0x100, 1);
    }

    @Override
    public int get16(long offset) {
        return model.configuration((int) offset - 0x100, 2);
    }

    @Override
    public synchronized int get32(long offset) {
        if (offset >= 0x100) {
            return model.configuration((int) offset - 0x100, 4);
        }
        return switch ((int) offset) {
            case 0 -> magic;
            case 4 -> version;
            case 8 -> model.type;
            case 0x10 -> (int) (model.offered >>> 32 * deviceSelect);
            case 0x34 -> queue() == null ? 0 : model.maxQueueSize;
            case 0x44 -> queue() != null && queue().ready ? 1 : 0;
            case 0x60 -> interruptStatus;
            case 0x70 -> model.status;
            case 0xFC -> model.generation();
            default -> throw new AssertionError("read of register 0x" + Long.toHexString(offset));
        };
    }

    @Override
    public void put8(long offset, int value) {
        throw new AssertionError("registers are 32 bits wide");
    }

    @Override
    public void put16(long offset, int value) {
        throw new AssertionError("registers are 32 bits wide");
    }

    @Override
    public synchronized void put32(long offset, int value) {
        switch ((int) offset) {
            case 0x14 -> deviceSelect = value;
            case 0x20 -> model.accepted |= (value & 0xFFFF_FFFFL) << 32 * driverSelect;
            case 0x24 -> driverSelect = value;
            case 0x30 -> queueSelect = value;
            case 0x38 -> queue().size = value;
            case 0x44 -> queue().ready = value == 1;
            case 0x50 -> model.notify(value);
            case 0x64 -> interruptStatus &= ~value;
            case 0x70 -> model.status(value);
            case 0x80 -> queue().descriptors = low(queue().descriptors, value);
            case 0x84 -> queue().descriptors = high(queue().descriptors, value);
            case 0x90 -> queue().driverArea = low(queue().driverArea, value);
            case 0x94 -> queue().driverArea = high(queue().driverArea, value);
            case 0xA0 -> queue().deviceArea = low(queue().deviceArea, value);
            case 0xA4 -> queue().deviceArea = high(queue().deviceArea, value);
            default -> throw new AssertionError("write of register 0x" + Long.toHexString(offset));
        }
    }

    static long low(long before, int value) {
        return before & -1L << 32 | value & 0xFFFF_FFFFL;
    }

    static long high(long before, int value) {
        return before & 0xFFFF_FFFFL | (long) value << 32;
    }
}
