package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.DeviceBus;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.UnsignedWord;

/** PCI by ports or in memory, virtio registers that ACPI tells of, interrupts by message or over the I/O APICs. */
final class BareDeviceBus implements DeviceBus {
    /** PCI Local Bus 3.0 §3.2.2.3.2. */
    private static final int PCI_ADDRESS = 0xCF8;
    private static final int PCI_DATA = 0xCFC;
    private static final int PCI_ENABLE = 1 << 31;
    /** Configuration space in memory: 4 KiB for each function (PCI Express 5.0 §7.2.2). */
    private static final int FUNCTION_SHIFT = 12;
    private static final long FOUR_GIB = 1L << 32;

    private final Acpi acpi;
    private final PageTables tables;
    private final MemoryMap memory;
    private final DeviceInterrupts interrupts;

    BareDeviceBus(Acpi acpi, PageTables tables, MemoryMap memory, DeviceInterrupts interrupts) {
        this.acpi = acpi;
        this.tables = tables;
        this.memory = memory;
        this.interrupts = interrupts;
    }

    /** Address of the first function's space, or 0: only below 4 GiB is everything mapped. */
    @Uninterruptible(reason = KERNEL_CODE)
    private long space() {
        long base = acpi.configurationSpace();
        return base >= 0 && base + (256L << 20) <= FOUR_GIB ? base : 0;
    }

    /** Ports answer when the address register keeps what is written to it; a machine without PCI has none there. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean hasPci() {
        if (space() != 0) {
            return true;
        }
        long before = Cpu.disableInterrupts();
        Cpu.out32(PCI_ADDRESS, PCI_ENABLE);
        boolean answers = Cpu.in32(PCI_ADDRESS) == PCI_ENABLE;
        Cpu.restoreInterrupts(before);
        return answers;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean hasExtendedPci() {
        return space() != 0;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int readPci(int function, int offset) {
        long base = space();
        if (base != 0) {
            return function >>> 8 > acpi.lastBus() ? -1 : Mmio.read32(base + ((long) function << FUNCTION_SHIFT) + offset);
        }
        long before = Cpu.disableInterrupts();
        Cpu.out32(PCI_ADDRESS, PCI_ENABLE | function << 8 | offset);
        int value = Cpu.in32(PCI_DATA);
        Cpu.restoreInterrupts(before);
        return value;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void writePci(int function, int offset, int value) {
        long base = space();
        if (base != 0) {
            if (function >>> 8 <= acpi.lastBus()) {
                Mmio.write32(base + ((long) function << FUNCTION_SHIFT) + offset, value);
            }
            return;
        }
        long before = Cpu.disableInterrupts();
        Cpu.out32(PCI_ADDRESS, PCI_ENABLE | function << 8 | offset);
        Cpu.out32(PCI_DATA, value);
        Cpu.restoreInterrupts(before);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int virtioBlocks() {
        return (int) acpi.virtioBlock(-1);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long virtioBlockAddress(int index) {
        return acpi.virtioBlock(index) >>> 16;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int virtioBlockLine(int index) {
        return (int) (acpi.virtioBlock(index) & 0xFFFF);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean mapRegisters(UnsignedWord address, UnsignedWord physical, UnsignedWord bytes) {
        UnsignedWord end = physical.add(bytes);
        for (int i = 0; i < memory.count(); i++) {
            if (physical.belowThan(memory.end(i)) && memory.begin(i).belowThan(end)) {
                return false;
            }
        }
        boolean inImage = physical.belowThan((UnsignedWord) Linked.IMAGE_END.get()) && ((UnsignedWord) Linked.IMAGE_BEGIN.get()).belowThan(end);
        return !inImage && end.aboveThan(Word.unsigned(0)) && tables.mapRegisters(address, physical, bytes);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int claimInterrupt() {
        return interrupts.claim();
    }

    /** SDM vol. 3 §13.11.1: fixed delivery to the boot processor. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long messageAddress(int interrupt) {
        return LocalApic.BASE | (long) LocalApic.id() << 12;
    }

    /** SDM vol. 3 §13.11.2: edge-triggered. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int messageData(int interrupt) {
        return DeviceInterrupts.vector(interrupt);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean connectLine(int line, boolean level, int interrupt) {
        return connect(line, level ? IoApic.LEVEL : 0, interrupt);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean connectIsaLine(int line, boolean level, int interrupt) {
        int lineAndMode = acpi.isaRoute(line);
        return connect(lineAndMode & 0xFF, lineAndMode & ~0xFF | (level ? IoApic.LEVEL : 0), interrupt);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private boolean connect(int line, int mode, int interrupt) {
        long before = Cpu.disableInterrupts();
        long ioApic = line < 0 ? 0 : acpi.ioApicOf(line);
        Cpu.restoreInterrupts(before);
        if (ioApic == 0) {
            return false;
        }
        interrupts.connect(ioApic >>> 16, line - (int) (ioApic & 0xFFFF), mode, interrupt);
        return true;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void rearm(int interrupt) {
        interrupts.rearm(interrupt);
    }
}
