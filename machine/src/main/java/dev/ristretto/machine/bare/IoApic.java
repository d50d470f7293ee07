package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/** The I/O APIC at its usual address: routes device interrupt lines to the boot processor (82093AA datasheet §3). */
final class IoApic {
    static final long BASE = 0xFEC0_0000L;
    /** Where QEMU's microvm puts another. */
    static final long SECOND_BASE = 0xFEC1_0000L;
    /** Line n interrupts with vector VECTOR_BASE + n. */
    static final int VECTOR_BASE = 0x40;
    static final int LINES = 24;

    private static final int REDIRECTION = 0x10;
    private static final int MASKED = 1 << 16;
    static final int LEVEL = 1 << 15;
    static final int ACTIVE_LOW = 1 << 13;

    private IoApic() {
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static void write(int register, int value) {
        Mmio.write32(BASE, register);
        Mmio.write32(BASE + 0x10, value);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int read(int register) {
        Mmio.write32(BASE, register);
        return Mmio.read32(BASE + 0x10);
    }

    /** True when there is one: the version register reads as nothing else would. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static boolean present() {
        int version = read(1);
        return version != -1 && (version >>> 16 & 0xFF) >= LINES - 1;
    }

    /** Number of pins of the controller at {@code base}; 0 if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static int pins(long base) {
        Mmio.write32(base, 1);
        int version = Mmio.read32(base + 0x10);
        return version == -1 || version == 0 ? 0 : (version >>> 16 & 0xFF) + 1;
    }

    /** Lets a pin of the controller at {@code base} interrupt with {@code vector}; see {@link #route}. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void connect(long base, int pin, int mode, int vector) {
        writePin(base, 2 * pin, MASKED);
        writePin(base, 2 * pin + 1, LocalApic.id() << 24);
        writePin(base, 2 * pin, vector | mode);
    }

    /** Holds a pin that {@link #connect} set off, or listens to it again. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void hold(long base, int pin, int mode, int vector, boolean hold) {
        writePin(base, 2 * pin, vector | mode | (hold ? MASKED : 0));
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static void writePin(long base, int register, int value) {
        Mmio.write32(base, REDIRECTION + register);
        Mmio.write32(base + 0x10, value);
    }

    /**
     * Lets {@code line} interrupt.
     *
     * @param mode {@link #LEVEL} and {@link #ACTIVE_LOW}, or 0 for edge-triggered, active high, as ISA lines are
     */
    @Uninterruptible(reason = KERNEL_CODE)
    static void route(int line, int mode) {
        write(REDIRECTION + 2 * line, MASKED);
        write(REDIRECTION + 2 * line + 1, LocalApic.id() << 24);
        write(REDIRECTION + 2 * line, VECTOR_BASE + line | mode);
    }
}
