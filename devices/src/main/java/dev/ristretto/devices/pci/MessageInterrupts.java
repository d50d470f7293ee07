package dev.ristretto.devices.pci;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.Registers;

/** A function's table of interrupts by message: MSI-X (PCI Local Bus 3.0 §6.8.2). For one thread. */
public final class MessageInterrupts {
    private static final int CAPABILITY = 0x11;
    private static final int SIZE = 0x7FF;
    private static final int ENABLE = 1 << 31;
    private static final int MASK_ALL = 1 << 30;
    private static final int ENTRY = 16;

    private final PciFunction function;
    private final int capability;
    private final Registers registers;
    private final long table;
    private final int size;

    private MessageInterrupts(PciFunction function, int capability, Registers registers, long table, int size) {
        this.function = function;
        this.capability = capability;
        this.registers = registers;
        this.table = table;
        this.size = size;
    }

    /** The table of a function; null if it has none, or none that can be reached. */
    public static MessageInterrupts of(PciFunction function, DeviceHost host) {
        int capability = function.capability(CAPABILITY, 0);
        if (capability == 0) {
            return null;
        }
        int size = (function.read16(capability + 2) & SIZE) + 1;
        int place = function.read32(capability + 4);
        Registers registers = function.registers(place & 7, host);
        long table = place & 0xFFFF_FFF8L;
        return registers == null || table + (long) size * ENTRY > registers.size() ? null
                : new MessageInterrupts(function, capability, registers, table, size);
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /** Switches messages on and the line off; entries that were not set stay masked. */
    public void enable() {
        function.write32(capability, function.read32(capability) | ENABLE | MASK_ALL);
        for (int i = 0; i < size; i++) {
            registers.put32(table + (long) i * ENTRY + 12, 1);
        }
        function.write32(capability, function.read32(capability) & ~MASK_ALL);
    }

    /** Lets entry {@code index} raise an interrupt. */
    public void set(int index, Interrupt interrupt) {
        long at = table + (long) index * ENTRY;
        registers.put32(at + 12, 1);
        registers.put32(at, (int) interrupt.messageAddress());
        registers.put32(at + 4, (int) (interrupt.messageAddress() >>> 32));
        registers.put32(at + 8, interrupt.messageData());
        registers.put32(at + 12, 0);
    }
}
