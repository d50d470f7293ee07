package dev.ristretto.devices.pci;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.Registers;

/** One function of a PCI device (PCI Local Bus 3.0 §6). For one thread. */
public final class PciFunction {
    static final int COMMAND = 0x04;
    static final int HEADER_TYPE = 0x0E;
    static final int FIRST_BAR = 0x10;
    static final int BARS = 6;
    private static final int STATUS = 0x06;
    private static final int SUBSYSTEM = 0x2E;
    private static final int CAPABILITIES = 0x34;
    private static final int INTERRUPT_LINE = 0x3C;
    private static final int HAS_CAPABILITIES = 1 << 4;
    private static final int MEMORY = 1 << 1;
    private static final int MASTER = 1 << 2;
    private static final int NO_LINE_INTERRUPT = 1 << 10;
    private static final int BAR_IS_PORT = 1;
    private static final int BAR_TYPE = 6;
    private static final int BAR_IS_64_BIT = 4;
    /** No more capabilities than this fit into a space of 256 bytes: a longer chain is a ring. */
    private static final int MAX_CAPABILITIES = 48;

    private final ConfigSpace space;
    private final PciBus bus;
    private final int number;
    private final Registers[] mapped = new Registers[BARS];

    PciFunction(ConfigSpace space, PciBus bus, int number) {
        this.space = space;
        this.bus = bus;
        this.number = number;
    }

    /** Four bytes of its configuration space; {@code offset} is a multiple of 4. */
    public int read32(int offset) {
        return space.read(number, offset);
    }

    /** Two bytes; {@code offset} is a multiple of 2. */
    public int read16(int offset) {
        return space.read(number, offset & ~3) >>> 8 * (offset & 2) & 0xFFFF;
    }

    /** One byte. */
    public int read8(int offset) {
        return space.read(number, offset & ~3) >>> 8 * (offset & 3) & 0xFF;
    }

    /** Writes four bytes. */
    public void write32(int offset, int value) {
        space.write(number, offset, value);
    }

    public int vendor() {
        return read16(0);
    }

    public int device() {
        return read16(2);
    }

    /** The subsystem's id. */
    public int subsystem() {
        return read16(SUBSYSTEM);
    }

    /** Line by which it interrupts without messages, in the PC's numbering, as firmware left it; -1 if it has none. */
    public int interruptLine() {
        int line = read8(INTERRUPT_LINE);
        return read8(INTERRUPT_LINE + 1) == 0 || line == 0 || line > 15 ? -1 : line;
    }

    /**
     * Offset of the next capability with this id behind {@code after}; 0 if there is none.
     *
     * @param after a capability's offset, or 0 to begin
     */
    public int capability(int id, int after) {
        if ((read16(STATUS) & HAS_CAPABILITIES) == 0) {
            return 0;
        }
        boolean passed = after == 0;
        int at = read8(CAPABILITIES) & ~3;
        for (int i = 0; at >= 0x40 && i < MAX_CAPABILITIES; i++) {
            int header = read32(at);
            if (passed && (header & 0xFF) == id) {
                return at;
            }
            passed |= at == after;
            at = header >>> 8 & 0xFC;
        }
        return 0;
    }

    /** Lets it answer at its addresses and reach memory; without {@code lineInterrupt} it is not to raise its line. */
    public void enable(boolean lineInterrupt) {
        write32(COMMAND, read16(COMMAND) & ~NO_LINE_INTERRUPT | MEMORY | MASTER | (lineInterrupt ? 0 : NO_LINE_INTERRUPT));
    }

    /** Takes memory from its reach: nothing it still has in mind can be written any more. */
    public void disable() {
        write32(COMMAND, read16(COMMAND) & ~MASTER | NO_LINE_INTERRUPT);
    }

    /** Registers at base address {@code index}, 0 to 5; null if there are none in memory or they cannot be mapped. */
    public Registers registers(int index, DeviceHost host) {
        if (index < 0 || index >= BARS || read8(HEADER_TYPE) % 0x80 != 0) {
            return null;
        }
        if (mapped[index] == null) {
            mapped[index] = map(index, host);
        }
        return mapped[index];
    }

    private Registers map(int index, DeviceHost host) {
        int low = FIRST_BAR + 4 * index;
        int value = read32(low);
        boolean wide = (value & BAR_TYPE) == BAR_IS_64_BIT;
        if ((value & BAR_IS_PORT) != 0 || wide && index == BARS - 1) {
            return null;
        }
        long address = value & 0xFFFF_FFF0L | (wide ? (long) read32(low + 4) << 32 : 0);
        long size = size(low, wide);
        if (size == 0) {
            return null;
        }
        if (address == 0 || address == (wide ? -16L : 0xFFFF_FFF0L)) {
            address = bus.place(size); // firmware that is in a hurry leaves this to the system
            if (address == 0) {
                return null;
            }
            write32(low, (int) address);
            if (wide) {
                write32(low + 4, (int) (address >>> 32));
            }
        }
        return host.registers(address, size);
    }

    /** Bits that cannot be set tell the size (§6.2.5.1); meanwhile it must not answer at the address that is there. */
    private long size(int low, boolean wide) {
        int command = read16(COMMAND);
        int before = read32(low);
        int beforeHigh = wide ? read32(low + 4) : 0;
        write32(COMMAND, command & ~MEMORY);
        write32(low, -1);
        long mask = read32(low) & 0xFFFF_FFF0L | -1L << 32;
        write32(low, before);
        if (wide) {
            write32(low + 4, -1);
            mask = mask & 0xFFFF_FFFFL | (long) read32(low + 4) << 32;
            write32(low + 4, beforeHigh);
        }
        write32(COMMAND, command);
        long size = mask & -mask;
        return (mask & 0xFFFF_FFF0L) == 0 && !wide || size < 0 || size > 1L << 40 ? 0 : size;
    }

    /** Such as {@code pci 00:02.0}. */
    @Override
    public String toString() {
        return "pci " + hex(number >>> 8) + ":" + hex(number >>> 3 & 31) + "." + (number & 7);
    }

    private static String hex(int value) {
        return "" + Character.forDigit(value >>> 4, 16) + Character.forDigit(value & 15, 16);
    }
}
