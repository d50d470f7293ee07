package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * The little of ACPI (specification 6.5) that an image needs: power button, power off, the power management timer, interrupt
 * overrides. The byte code of the DSDT is not run; the one value that is needed of it, the sleep type of S5, is looked up.
 */
final class Acpi {
    private static final int FACP = 0x50434146;
    private static final int APIC = 0x43495041;
    private static final int MCFG = 0x4746434D;
    private static final int RSD_PTR_LOW = 0x20445352; // "RSD "
    private static final int RSD_PTR_HIGH = 0x20525450; // "PTR "
    private static final int S5_NAME = 0x5F35535F; // "_S5_"
    private static final int VIRTIO_NAME_LOW = 0x4F524E4C; // "LNRO"
    private static final int VIRTIO_NAME_HIGH = 0x35303030; // "0005"
    /** Bytes behind such a name in which its resources stand. */
    private static final int RESOURCES = 96;
    /** First bytes of resource descriptors with their lengths; an interrupt's has one line. */
    private static final int MEMORY_DESCRIPTOR = 0x000986;
    private static final int INTERRUPT_DESCRIPTOR = 0x000689;
    /** FADT flags, table 5.10. */
    private static final int HARDWARE_REDUCED = 1 << 20;
    private static final int POWER_BUTTON_IS_DEVICE = 1 << 4;
    /** PM1 status and enable, §4.8.3.1. */
    private static final int POWER_BUTTON = 1 << 8;
    private static final int SCI_ENABLE = 1;
    private static final int SLEEP_ENABLE = 1 << 13;
    /** Event of QEMU's generic event device. */
    private static final int GED_POWER_DOWN = 2;
    private static final int ADDRESS_IS_PORT = 1;

    private Pointer fadt = Word.nullPointer();
    private Pointer madt = Word.nullPointer();
    private Pointer mcfg = Word.nullPointer();

    /** Reads the tables that {@code rsdp} leads to, or looks for them where a PC has them. */
    @Uninterruptible(reason = KERNEL_CODE)
    void read(Pointer given) {
        Pointer rsdp = given.isNonNull() ? given : search();
        if (rsdp.isNull()) {
            return;
        }
        boolean wide = rsdp.readByte(15) >= 2 && rsdp.readLong(24) != 0;
        Pointer root = Word.pointer(wide ? rsdp.readLong(24) : rsdp.readInt(16) & 0xFFFF_FFFFL);
        int size = wide ? 8 : 4;
        for (int at = 36; at < root.readInt(4); at += size) {
            Pointer table = Word.pointer(wide ? root.readLong(at) : root.readInt(at) & 0xFFFF_FFFFL);
            if (table.readInt(0) == FACP) {
                fadt = table;
            } else if (table.readInt(0) == APIC) {
                madt = table;
            } else if (table.readInt(0) == MCFG) {
                mcfg = table;
            }
        }
    }

    /** The BIOS area, §5.2.5.1. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer search() {
        for (long at = 0xE0000; at < 0x100000; at += 16) {
            Pointer p = Word.pointer(at);
            if (p.readInt(0) == RSD_PTR_LOW && p.readInt(4) == RSD_PTR_HIGH) {
                return p;
            }
        }
        return Word.nullPointer();
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private boolean hardwareReduced() {
        return (fadt.readInt(112) & HARDWARE_REDUCED) != 0;
    }

    /** True when {@link #readTimer} counts. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean hasTimer() {
        return fadt.isNonNull() && !hardwareReduced() && fadt.readInt(76) != 0;
    }

    /** The power management timer, or 0. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int readTimer() {
        return hasTimer() ? Cpu.in32(fadt.readInt(76)) : 0;
    }

    /** I/O APIC input and mode of an ISA interrupt line, as {@code line | mode} (MADT interrupt source override, §5.2.12.5). */
    @Uninterruptible(reason = KERNEL_CODE)
    int isaRoute(int line) {
        if (madt.isNonNull()) {
            for (int at = 44; at + 2 <= madt.readInt(4) && madt.readByte(at + 1) != 0; at += madt.readByte(at + 1) & 0xFF) {
                if (madt.readByte(at) == 2 && (madt.readByte(at + 3) & 0xFF) == line) {
                    int flags = madt.readShort(at + 8);
                    int mode = ((flags & 3) == 3 ? IoApic.ACTIVE_LOW : 0) | ((flags >>> 2 & 3) == 3 ? IoApic.LEVEL : 0);
                    return madt.readInt(at + 4) & 0xFF | mode;
                }
            }
        }
        return line;
    }

    /**
     * The I/O APIC that has a line, as {@code address << 16 | first line}, or 0 (MADT, §5.2.12.3). Without ACPI there is one at the usual
     * address, and on QEMU's microvm a second with the lines from 24 ({@code hw/i386/microvm.c}).
     */
    @Uninterruptible(reason = KERNEL_CODE)
    long ioApicOf(int line) {
        long found = 0;
        if (madt.isNull()) {
            found = line < IoApic.LINES ? IoApic.BASE << 16 : IoApic.SECOND_BASE << 16 | IoApic.LINES;
        } else {
            for (int at = 44; at + 2 <= madt.readInt(4) && madt.readByte(at + 1) != 0; at += madt.readByte(at + 1) & 0xFF) {
                int first = madt.readByte(at) == 1 ? madt.readInt(at + 8) : -1;
                if (first >= 0 && first <= line && first >= (found & 0xFFFF)) {
                    found = (madt.readInt(at + 4) & 0xFFFF_FFFFL) << 16 | first;
                }
            }
        }
        return found != 0 && line - (int) (found & 0xFFFF) < IoApic.pins(found >>> 16) ? found : 0;
    }

    /** Address of the configuration space of bus 0 in memory, or 0 (PCI Firmware 3.2 §4.1.2). */
    @Uninterruptible(reason = KERNEL_CODE)
    long configurationSpace() {
        boolean usable = mcfg.isNonNull() && mcfg.readInt(4) >= 60 && mcfg.readShort(44 + 8) == 0 && mcfg.readByte(44 + 10) == 0;
        return usable ? mcfg.readLong(44) : 0;
    }

    /** Last bus that {@link #configurationSpace} covers. */
    @Uninterruptible(reason = KERNEL_CODE)
    int lastBus() {
        return mcfg.readByte(44 + 11) & 0xFF;
    }

    /**
     * Looks in the DSDT for devices named {@code LNRO0005}, which is how hypervisors announce virtio registers, and in what follows each
     * for a range of memory and an interrupt (Memory32Fixed and Extended Interrupt descriptors, §6.4.3.4 and §6.4.3.6).
     *
     * @return the number of such devices, or with {@code wanted} that device as {@code address << 16 | line}, 0 if there is none
     */
    @Uninterruptible(reason = KERNEL_CODE)
    long virtioBlock(int wanted) {
        Pointer dsdt = fadt.isNull() ? Word.nullPointer() : Word.pointer(fadt.readInt(40) & 0xFFFF_FFFFL);
        int end = dsdt.isNull() ? 0 : dsdt.readInt(4);
        long count = 0;
        for (int at = 36; at + 8 <= end; at++) {
            if (dsdt.readInt(at) == VIRTIO_NAME_LOW && dsdt.readInt(at + 4) == VIRTIO_NAME_HIGH) {
                long found = resources(dsdt, at + 8, at + 8 + RESOURCES < end ? at + 8 + RESOURCES : end);
                if (found != 0 && count++ == wanted) {
                    return found;
                }
            }
        }
        return wanted < 0 ? count : 0;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static long resources(Pointer dsdt, int begin, int end) {
        long address = 0;
        for (int at = begin; at + 12 <= end; at++) {
            int descriptor = dsdt.readInt(at) & 0xFFFFFF;
            if (descriptor == MEMORY_DESCRIPTOR && address == 0) {
                address = dsdt.readInt(at + 4) & 0xFFFF_FFFFL;
                at += 11;
            } else if (descriptor == INTERRUPT_DESCRIPTOR && address != 0 && dsdt.readByte(at + 4) == 1) {
                return address << 16 | dsdt.readInt(at + 5) & 0xFFFF;
            }
        }
        return 0;
    }

    /** The line of the system control interrupt, or -1 without ACPI. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int controlLine() {
        return fadt.isNull() ? -1 : hardwareReduced() ? 9 : fadt.readShort(46);
    }

    /** Lets the power button interrupt. */
    @Uninterruptible(reason = KERNEL_CODE)
    void enablePowerButton() {
        if (fadt.isNull() || hardwareReduced()) {
            return;
        }
        int control = fadt.readInt(64);
        if ((Cpu.in16(control) & SCI_ENABLE) == 0 && fadt.readInt(48) != 0) {
            Cpu.out8(fadt.readInt(48), fadt.readByte(52)); // §4.8.3.2.1: hand the hardware over from firmware
            for (int i = 0; i < 100_000 && (Cpu.in16(control) & SCI_ENABLE) == 0; i++) {
                continue;
            }
        }
        if ((fadt.readInt(112) & POWER_BUTTON_IS_DEVICE) == 0) {
            int events = fadt.readInt(56);
            int enableOffset = (fadt.readByte(88) & 0xFF) / 2;
            Cpu.out16(events, POWER_BUTTON);
            Cpu.out16(events + enableOffset, POWER_BUTTON);
        }
    }

    /** In the handler of the system control interrupt: true when the power button was pressed. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean powerButtonPressed() {
        if (fadt.isNull()) {
            return false;
        }
        if (hardwareReduced()) {
            // QEMU's generic event device: reading the selector tells and clears the events (docs/specs/acpi_hw_reduced_hotplug)
            long selector = gedSelector();
            return selector != 0 && (Mmio.read32(selector) & GED_POWER_DOWN) != 0;
        }
        int events = fadt.readInt(56);
        int status = Cpu.in16(events);
        Cpu.out16(events, status); // write one to clear
        return (status & POWER_BUTTON) != 0;
    }

    /** The event selector lies one page below the sleep control register on QEMU's microvm ({@code hw/i386/microvm.h}). */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private long gedSelector() {
        return sleepControlInMemory() ? fadt.readLong(244 + 4) & -0x1000 : 0;
    }

    /** The sleep control register is a generic address (§5.2.3.2), which may be in memory, a port, or absent. */
    @Uninterruptible(reason = KERNEL_CODE)
    private boolean sleepControlInMemory() {
        return fadt.readInt(4) >= 256 && fadt.readByte(244) == 0 && fadt.readLong(244 + 4) != 0;
    }

    /** Switches the machine off; returns if that cannot be done. */
    @Uninterruptible(reason = KERNEL_CODE)
    void powerOff() {
        if (fadt.isNull()) {
            return;
        }
        int type = sleepTypeOfS5();
        if (hardwareReduced()) {
            int value = type << 2 | 1 << 5; // §4.8.3.7
            if (sleepControlInMemory()) {
                Mmio.write8(fadt.readLong(244 + 4), (byte) value);
            } else if (fadt.readInt(4) >= 256 && fadt.readByte(244) == ADDRESS_IS_PORT) {
                Cpu.out8(fadt.readInt(244 + 4), value);
            }
        } else {
            Cpu.out16(fadt.readInt(64), type << 10 | SLEEP_ENABLE);
        }
    }

    /** First element of the package {@code _S5_} in the DSDT (§7.4.2), 5 if it is not found. */
    @Uninterruptible(reason = KERNEL_CODE)
    private int sleepTypeOfS5() {
        Pointer dsdt = Word.pointer(fadt.readInt(40) & 0xFFFF_FFFFL);
        if (dsdt.isNull()) {
            return 5;
        }
        for (int at = 36; at + 10 < dsdt.readInt(4); at++) {
            if (dsdt.readInt(at) == S5_NAME && dsdt.readByte(at + 4) == 0x12) {
                int value = dsdt.readByte(at + 7) & 0xFF;
                return value == 0x0A ? dsdt.readByte(at + 8) : value == 1 ? 1 : 0; // BytePrefix, OneOp, ZeroOp (§20.2.3)
            }
        }
        return 5;
    }
}
