package dev.ristretto.devices.virtio;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.Registers;
import java.util.function.Consumer;

/** Virtio over registers in memory (virtio 1.2 §4.2), version 2 of the layout. */
public final class MmioTransport implements Transport {
    private static final int MAGIC = 0x7472_6976; // "virt"
    private static final int VERSION_LEGACY = 1;
    private static final int VERSION = 2;
    /** Registers, §4.2.2. */
    private static final int MAGIC_VALUE = 0x000;
    private static final int VERSION_REGISTER = 0x004;
    private static final int DEVICE_ID = 0x008;
    private static final int DEVICE_FEATURES = 0x010;
    private static final int DEVICE_FEATURES_SELECT = 0x014;
    private static final int DRIVER_FEATURES = 0x020;
    private static final int DRIVER_FEATURES_SELECT = 0x024;
    private static final int QUEUE_SELECT = 0x030;
    private static final int QUEUE_SIZE_MAX = 0x034;
    private static final int QUEUE_SIZE = 0x038;
    private static final int QUEUE_READY = 0x044;
    private static final int QUEUE_NOTIFY = 0x050;
    private static final int INTERRUPT_STATUS = 0x060;
    private static final int INTERRUPT_ACK = 0x064;
    private static final int STATUS = 0x070;
    private static final int QUEUE_DESCRIPTORS = 0x080;
    private static final int QUEUE_DRIVER = 0x090;
    private static final int QUEUE_DEVICE = 0x0A0;
    private static final int GENERATION = 0x0FC;
    private static final int CONFIGURATION_BEGIN = 0x100;

    private final Registers registers;
    private final long address;
    private final int line;
    private final int type;

    private MmioTransport(Registers registers, long address, int line, int type) {
        this.registers = registers;
        this.address = address;
        this.line = line;
        this.type = type;
    }

    /**
     * The transport to a block of registers.
     *
     * @param line global number of its interrupt line
     * @param log  takes a sentence about a device that is there and cannot be used
     * @return null if there is no virtio device that can be used
     */
    public static MmioTransport of(long address, long size, int line, DeviceHost host, Consumer<String> log) {
        Registers registers = size < CONFIGURATION_BEGIN ? null : host.registers(address, Math.min(size, 4096));
        if (registers == null || registers.get32(MAGIC_VALUE) != MAGIC) {
            log.accept("no virtio device at 0x" + Long.toHexString(address) + ", though the machine says so");
            return null;
        }
        int version = registers.get32(VERSION_REGISTER);
        int type = registers.get32(DEVICE_ID);
        if (version != VERSION && type != 0) {
            log.accept("the virtio device at 0x" + Long.toHexString(address) + " speaks version " + version + " of its interface, not 2"
                    + (version == VERSION_LEGACY ? "; QEMU: -global virtio-mmio.force-legacy=off" : ""));
        }
        return version == VERSION && type != 0 ? new MmioTransport(registers, address, line, type) : null;
    }

    @Override
    public String place() {
        return "mmio 0x" + Long.toHexString(address);
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public int status() {
        return registers.get32(STATUS) & 0xFF;
    }

    @Override
    public void status(int value) {
        registers.put32(STATUS, value);
    }

    @Override
    public long deviceFeatures() {
        registers.put32(DEVICE_FEATURES_SELECT, 0);
        long low = registers.get32(DEVICE_FEATURES) & 0xFFFF_FFFFL;
        registers.put32(DEVICE_FEATURES_SELECT, 1);
        return (long) registers.get32(DEVICE_FEATURES) << 32 | low;
    }

    @Override
    public void driverFeatures(long features) {
        registers.put32(DRIVER_FEATURES_SELECT, 0);
        registers.put32(DRIVER_FEATURES, (int) features);
        registers.put32(DRIVER_FEATURES_SELECT, 1);
        registers.put32(DRIVER_FEATURES, (int) (features >>> 32));
    }

    /**
     * Edge-triggered: hypervisors either pulse the line or hold it until {@link #acknowledge}. As the queues are looked at after that, and
     * not before, no request is lost either way.
     */
    @Override
    public boolean connect(Interrupt interrupt) {
        return line < 16 ? interrupt.connectIsaLine(line, false) : interrupt.connectLine(line, false);
    }

    @Override
    public int maxQueueSize(int queue) {
        registers.put32(QUEUE_SELECT, queue);
        return Math.clamp(registers.get32(QUEUE_SIZE_MAX) & 0xFFFF_FFFFL, 0, 32768);
    }

    @Override
    public boolean enableQueue(int queue, int size, long descriptors, long driverArea, long deviceArea) {
        registers.put32(QUEUE_SELECT, queue);
        registers.put32(QUEUE_SIZE, size);
        put64(QUEUE_DESCRIPTORS, descriptors);
        put64(QUEUE_DRIVER, driverArea);
        put64(QUEUE_DEVICE, deviceArea);
        registers.put32(QUEUE_READY, 1);
        return registers.get32(QUEUE_READY) == 1;
    }

    private void put64(int register, long value) {
        registers.put32(register, (int) value);
        registers.put32(register + 4, (int) (value >>> 32));
    }

    @Override
    public void notifyQueue(int queue) {
        registers.put32(QUEUE_NOTIFY, queue);
    }

    @Override
    public int acknowledge() {
        int pending = registers.get32(INTERRUPT_STATUS) & (QUEUES | CONFIGURATION);
        if (pending != 0) {
            registers.put32(INTERRUPT_ACK, pending);
        }
        return pending;
    }

    @Override
    public void rearm() {
        // edge-triggered
    }

    @Override
    public int configurationSize() {
        return (int) registers.size() - CONFIGURATION_BEGIN;
    }

    @Override
    public int configurationGeneration() {
        return registers.get32(GENERATION);
    }

    @Override
    public int configuration8(int offset) {
        return offset + 1 > configurationSize() ? 0 : registers.get8(CONFIGURATION_BEGIN + offset);
    }

    @Override
    public int configuration16(int offset) {
        return offset + 2 > configurationSize() ? 0 : registers.get16(CONFIGURATION_BEGIN + offset);
    }

    @Override
    public int configuration32(int offset) {
        return offset + 4 > configurationSize() ? 0 : registers.get32(CONFIGURATION_BEGIN + offset);
    }

    @Override
    public void cutOff() {
        // nothing below the device could
    }
}
