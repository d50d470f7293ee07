package dev.ristretto.devices.virtio;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.Registers;
import dev.ristretto.devices.pci.MessageInterrupts;
import dev.ristretto.devices.pci.PciFunction;

/** Virtio over PCI (virtio 1.2 §4.1), with interrupts by message, or by line where the device or the host has none. */
public final class PciTransport implements Transport {
    private static final int VENDOR = 0x1AF4;
    private static final int TRANSITIONAL = 0x1000;
    private static final int MODERN = 0x1040;
    private static final int LAST = 0x107F;
    /** Vendor-specific capabilities, §4.1.4. */
    private static final int CAPABILITY = 0x09;
    private static final int COMMON_CONFIG = 1;
    private static final int NOTIFY_CONFIG = 2;
    private static final int INTERRUPT_STATUS = 3;
    private static final int DEVICE_CONFIG = 4;
    /** Common configuration, §4.1.4.3. */
    private static final int DEVICE_FEATURE_SELECT = 0;
    private static final int DEVICE_FEATURE = 4;
    private static final int DRIVER_FEATURE_SELECT = 8;
    private static final int DRIVER_FEATURE = 12;
    private static final int CONFIG_VECTOR = 16;
    private static final int QUEUES_COUNT = 18;
    private static final int STATUS = 20;
    private static final int GENERATION = 21;
    private static final int QUEUE_SELECT = 22;
    private static final int QUEUE_SIZE = 24;
    private static final int QUEUE_VECTOR = 26;
    private static final int QUEUE_ENABLE = 28;
    private static final int QUEUE_NOTIFY_OFFSET = 30;
    private static final int QUEUE_DESCRIPTORS = 32;
    private static final int QUEUE_DRIVER = 40;
    private static final int QUEUE_DEVICE = 48;
    private static final int COMMON_SIZE = 56;
    private static final int NO_VECTOR = 0xFFFF;

    private final PciFunction function;
    private final DeviceHost host;
    private final Window common;
    private final Window notify;
    private final Window status;
    private final Window configuration;
    private final int notifyMultiplier;
    private final long[] notifyOffsets = new long[8];
    private Interrupt queueInterrupt;
    private Interrupt configurationInterrupt;
    private boolean messages;

    /** Part of a base address' registers. */
    private record Window(Registers registers, long offset, long length) {
    }

    private PciTransport(PciFunction function, DeviceHost host, Window common, Window notify, Window status, Window configuration, int multiplier) {
        this.function = function;
        this.host = host;
        this.common = common;
        this.notify = notify;
        this.status = status;
        this.configuration = configuration;
        this.notifyMultiplier = multiplier;
    }

    /** True if a function is a virtio device, whether or not it can be used. */
    public static boolean isVirtio(PciFunction function) {
        return function.vendor() == VENDOR && function.device() >= TRANSITIONAL && function.device() <= LAST;
    }

    /** Type of the virtio device that a function is (§4.1.2.1). */
    public static int type(PciFunction function) {
        return function.device() >= MODERN ? function.device() - MODERN : function.subsystem();
    }

    /** The transport to a function; null if the function does not offer the modern interface. */
    public static PciTransport of(PciFunction function, DeviceHost host) {
        Window common = null;
        Window notify = null;
        Window status = null;
        Window configuration = null;
        int multiplier = 0;
        for (int at = function.capability(CAPABILITY, 0); at != 0; at = function.capability(CAPABILITY, at)) {
            int kind = function.read8(at + 3);
            // The first of each kind that can be used counts (§4.1.4.1).
            if (kind == COMMON_CONFIG && common == null) {
                common = window(function, at, COMMON_SIZE, host);
            } else if (kind == NOTIFY_CONFIG && notify == null) {
                notify = window(function, at, 2, host);
                multiplier = function.read32(at + 16);
            } else if (kind == INTERRUPT_STATUS && status == null) {
                status = window(function, at, 1, host);
            } else if (kind == DEVICE_CONFIG && configuration == null) {
                configuration = window(function, at, 1, host);
            }
        }
        return common == null || notify == null || status == null ? null
                : new PciTransport(function, host, common, notify, status, configuration, multiplier);
    }

    private static Window window(PciFunction function, int capability, int least, DeviceHost host) {
        Registers registers = function.registers(function.read8(capability + 4), host);
        long offset = function.read32(capability + 8) & 0xFFFF_FFFFL;
        long length = function.read32(capability + 12) & 0xFFFF_FFFFL;
        return registers == null || length < least || offset + length > registers.size() ? null : new Window(registers, offset, length);
    }

    @Override
    public String place() {
        return function.toString();
    }

    @Override
    public int type() {
        return type(function);
    }

    private int get16(int register) {
        return common.registers.get16(common.offset + register);
    }

    private void put16(int register, int value) {
        common.registers.put16(common.offset + register, value);
    }

    private void put32(int register, int value) {
        common.registers.put32(common.offset + register, value);
    }

    private void put64(int register, long value) {
        put32(register, (int) value);
        put32(register + 4, (int) (value >>> 32));
    }

    @Override
    public int status() {
        return common.registers.get8(common.offset + STATUS);
    }

    @Override
    public void status(int value) {
        if (value != 0) {
            function.enable(!messages);
        }
        common.registers.put8(common.offset + STATUS, value);
    }

    @Override
    public long deviceFeatures() {
        function.enable(false);
        put32(DEVICE_FEATURE_SELECT, 0);
        long low = common.registers.get32(common.offset + DEVICE_FEATURE) & 0xFFFF_FFFFL;
        put32(DEVICE_FEATURE_SELECT, 1);
        return (long) common.registers.get32(common.offset + DEVICE_FEATURE) << 32 | low;
    }

    @Override
    public void driverFeatures(long features) {
        put32(DRIVER_FEATURE_SELECT, 0);
        put32(DRIVER_FEATURE, (int) features);
        put32(DRIVER_FEATURE_SELECT, 1);
        put32(DRIVER_FEATURE, (int) (features >>> 32));
    }

    @Override
    public boolean connect(Interrupt interrupt) {
        queueInterrupt = interrupt;
        MessageInterrupts table = MessageInterrupts.of(function, host);
        configurationInterrupt = table != null && table.size() > 1 ? interrupt.claimSibling() : null;
        if (table != null && (table.size() == 1 || configurationInterrupt != null)) {
            messages = true;
            function.enable(false);
            table.enable();
            table.set(0, interrupt);
            if (configurationInterrupt != null) {
                table.set(1, configurationInterrupt);
            }
            // The device may have no room for a vector, and then says so (§4.1.5.1.2).
            put16(CONFIG_VECTOR, configurationInterrupt == null ? 0 : 1);
            return get16(CONFIG_VECTOR) != NO_VECTOR;
        }
        int line = function.interruptLine();
        function.enable(true);
        return line >= 0 && interrupt.connectIsaLine(line, true);
    }

    @Override
    public int maxQueueSize(int queue) {
        if (queue >= get16(QUEUES_COUNT) || queue >= notifyOffsets.length) {
            return 0;
        }
        put16(QUEUE_SELECT, queue);
        return get16(QUEUE_SIZE);
    }

    @Override
    public boolean enableQueue(int queue, int size, long descriptors, long driverArea, long deviceArea) {
        put16(QUEUE_SELECT, queue);
        put16(QUEUE_SIZE, size);
        if (messages) {
            put16(QUEUE_VECTOR, 0);
            if (get16(QUEUE_VECTOR) == NO_VECTOR) {
                return false;
            }
        }
        long offset = get16(QUEUE_NOTIFY_OFFSET) * (notifyMultiplier & 0xFFFF_FFFFL);
        if (offset > notify.length - 2) {
            return false;
        }
        notifyOffsets[queue] = notify.offset + offset;
        put64(QUEUE_DESCRIPTORS, descriptors);
        put64(QUEUE_DRIVER, driverArea);
        put64(QUEUE_DEVICE, deviceArea);
        put16(QUEUE_ENABLE, 1);
        return get16(QUEUE_ENABLE) == 1;
    }

    @Override
    public void notifyQueue(int queue) {
        notify.registers.put16(notifyOffsets[queue], queue);
    }

    /** Reading the status takes a line's request back (§4.1.4.5); messages need nothing. */
    @Override
    public int acknowledge() {
        if (messages) {
            return QUEUES | (configurationInterrupt == null || configurationInterrupt.takeRaised() ? CONFIGURATION : 0);
        }
        return status.registers.get8(status.offset) & (QUEUES | CONFIGURATION);
    }

    @Override
    public void rearm() {
        if (!messages) {
            queueInterrupt.rearm();
        }
    }

    @Override
    public int configurationSize() {
        return configuration == null ? 0 : (int) Math.min(configuration.length, 4096);
    }

    @Override
    public int configurationGeneration() {
        return common.registers.get8(common.offset + GENERATION);
    }

    @Override
    public int configuration8(int offset) {
        return offset + 1 > configurationSize() ? 0 : configuration.registers.get8(configuration.offset + offset);
    }

    @Override
    public int configuration16(int offset) {
        return offset + 2 > configurationSize() ? 0 : configuration.registers.get16(configuration.offset + offset);
    }

    @Override
    public int configuration32(int offset) {
        return offset + 4 > configurationSize() ? 0 : configuration.registers.get32(configuration.offset + offset);
    }

    @Override
    public void cutOff() {
        function.disable();
    }
}
