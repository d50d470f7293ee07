package dev.ristretto.devices.pci;

import java.util.ArrayList;
import java.util.List;

/** All functions that can be reached from bus 0 (PCI Local Bus 3.0 §6.1, PCI-to-PCI Bridge 1.2 §3.2). For one thread. */
public final class PciBus {
    private static final int NOTHING = 0xFFFF;
    private static final int DEVICES = 32;
    private static final int FUNCTIONS = 8;
    private static final int MANY_FUNCTIONS = 0x80;
    private static final int BRIDGE = 1;
    private static final int SECONDARY_BUS = 0x19;
    /** More than any machine of ours has; what comes after is left alone. */
    private static final int MAX_FUNCTIONS = 256;
    /** Addresses that on every PC belong to PCI: above the largest low memory, below the interrupt controllers. */
    private static final long WINDOW_BEGIN = 0xE000_0000L;
    private static final long WINDOW_END = 0xFEC0_0000L;
    /** Room left above an address that firmware has given out, as how much was is not asked. */
    private static final long GAP = 16 << 20;

    private final ConfigSpace space;
    private final List<PciFunction> functions = new ArrayList<>();
    private final boolean[] seen = new boolean[256];
    private long free;

    /** Looks for functions. */
    public PciBus(ConfigSpace space) {
        this.space = space;
        scan(0);
    }

    /** What was found, in the order of bus, device and function. */
    public List<PciFunction> functions() {
        return functions;
    }

    private void scan(int bus) {
        if (seen[bus]) {
            return;
        }
        seen[bus] = true;
        for (int device = 0; device < DEVICES; device++) {
            int count = 1;
            for (int i = 0; i < count && functions.size() < MAX_FUNCTIONS; i++) {
                PciFunction function = new PciFunction(space, this, bus << 8 | device << 3 | i);
                if (function.vendor() == NOTHING) {
                    continue;
                }
                int header = function.read8(PciFunction.HEADER_TYPE);
                if (i == 0 && (header & MANY_FUNCTIONS) != 0) {
                    count = FUNCTIONS;
                }
                functions.add(function);
                if ((header & ~MANY_FUNCTIONS) == BRIDGE) {
                    scan(function.read8(SECONDARY_BUS));
                }
            }
        }
    }

    /** A free address for {@code size} (a power of two) bytes of registers; 0 if there is none. */
    long place(long size) {
        if (free == 0) {
            free = WINDOW_BEGIN;
            for (PciFunction function : functions) {
                int bars = function.read8(PciFunction.HEADER_TYPE) % MANY_FUNCTIONS == 0 ? PciFunction.BARS : 2;
                for (int i = 0; i < bars; i++) {
                    long taken = function.read32(PciFunction.FIRST_BAR + 4 * i) & 0xFFFF_FFFFL;
                    if ((taken & 1) == 0 && taken >= WINDOW_BEGIN && taken < WINDOW_END) {
                        free = Math.max(free, (taken & -16L) + GAP);
                    }
                }
            }
        }
        long aligned = Math.max(size, 4096);
        long address = free + aligned - 1 & -aligned;
        if (aligned > WINDOW_END - WINDOW_BEGIN || address + aligned > WINDOW_END) {
            return 0;
        }
        free = address + aligned;
        return address;
    }
}
