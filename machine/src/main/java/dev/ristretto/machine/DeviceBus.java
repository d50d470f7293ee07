package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.UnsignedWord;

/**
 * What a machine has to offer to drivers: where devices are, their registers, their interrupts. A driver runs in threads; of a device's
 * interrupt it learns by {@link MachineEvents#deviceInterrupt}, which does no more than wake one.
 *
 * <p>Thread rules: any thread may call, with interrupts enabled or not, but no interrupt handler. No method allocates on the Java heap,
 * none throws; errors are return values. Free memory of this machine is where devices see it: the address of a byte in memory that
 * {@code Frames} handed out is its bus address too.
 */
public interface DeviceBus {
    /** Interrupts that can be claimed, numbered from 0. */
    int INTERRUPTS = 64;

    /** The bus of the machine that this image found itself on, or null if that has none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static DeviceBus get() {
        return Machine.get().devices();
    }

    /** True if there is a bus: the machine is not a process. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean isPresent() {
        return get() != null;
    }

    /** True if there are PCI functions to look for. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean hasPci();

    /**
     * Four bytes of a PCI function's configuration space; all ones where there is none.
     *
     * @param function bus in bits 8 to 15, device in bits 3 to 7, function in bits 0 to 2 (PCI Local Bus 3.0 §3.2.2.3.2)
     * @param offset   multiple of 4, 0 to 252, or to 4092 where {@link #hasExtendedPci}
     */
    @Uninterruptible(reason = KERNEL_CODE)
    int readPci(int function, int offset);

    /** Writes four bytes of a PCI function's configuration space; see {@link #readPci}. */
    @Uninterruptible(reason = KERNEL_CODE)
    void writePci(int function, int offset, int value);

    /** True if configuration spaces are 4 KiB large (PCI Express), false if 256 bytes. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean hasExtendedPci();

    /** Number of blocks of virtio registers in memory that firmware tells of; command lines may tell of more. */
    @Uninterruptible(reason = KERNEL_CODE)
    int virtioBlocks();

    /** Address of block {@code index} as firmware tells it. */
    @Uninterruptible(reason = KERNEL_CODE)
    long virtioBlockAddress(int index);

    /** Interrupt line of block {@code index}, for {@link #connectLine}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int virtioBlockLine(int index);

    /**
     * Makes registers of a device appear at an address, readable, writable and not cached.
     *
     * @param address  page-aligned, within the machine's mapping range, not mapped yet
     * @param physical page-aligned
     * @param bytes    positive multiple of the page size
     * @return false when there was no memory for the tables, or the range is none of a device: it lies in memory of the machine's own
     */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean mapRegisters(UnsignedWord address, UnsignedWord physical, UnsignedWord bytes);

    /** Takes an interrupt for good; its number, or -1 when all are taken. */
    @Uninterruptible(reason = KERNEL_CODE)
    int claimInterrupt();

    /** Where a device writes to raise an interrupt by message (PCI Local Bus 3.0 §6.8). */
    @Uninterruptible(reason = KERNEL_CODE)
    long messageAddress(int interrupt);

    /** What it writes there. */
    @Uninterruptible(reason = KERNEL_CODE)
    int messageData(int interrupt);

    /**
     * Lets an interrupt line raise {@code interrupt}. After a level-triggered one the line is held off until {@link #rearm}.
     *
     * @param line  global number of the line (ACPI 6.5 §5.2.13)
     * @param level true for level-triggered, false for edge-triggered
     * @return false if no controller has this line
     */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean connectLine(int line, boolean level, int interrupt);

    /** {@link #connectLine} for a line in the PC's numbering, 0 to 15, which firmware may have put elsewhere. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean connectIsaLine(int line, boolean level, int interrupt);

    /** Listens to a level-triggered line again, once its device has taken the request back. Does nothing for others. */
    @Uninterruptible(reason = KERNEL_CODE)
    void rearm(int interrupt);
}
