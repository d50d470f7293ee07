package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.DeviceBus;

/** The vectors of devices behind a bus: which are taken, and which come over a line that must be held off until it is served. */
final class DeviceInterrupts {
    /** Above the I/O APIC's own lines, below the spurious vector. */
    private static final int FIRST_VECTOR = 0x60;

    /** For a level-triggered line the address of its I/O APIC and its pin there, {@code base << 16 | pin}; else 0. */
    private final long[] lines = new long[DeviceBus.INTERRUPTS];
    private final int[] modes = new int[DeviceBus.INTERRUPTS];
    private int claimed;

    @Uninterruptible(reason = KERNEL_CODE)
    int claim() {
        long before = Cpu.disableInterrupts();
        int interrupt = claimed < DeviceBus.INTERRUPTS ? claimed++ : -1;
        Cpu.restoreInterrupts(before);
        return interrupt;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int vector(int interrupt) {
        return FIRST_VECTOR + interrupt;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean isClaimed(int vector) {
        return vector >= FIRST_VECTOR && vector < FIRST_VECTOR + claimed;
    }

    /** In the handler: the number that goes with a vector; a level-triggered line is held off. */
    @Uninterruptible(reason = KERNEL_CODE)
    int raised(int vector) {
        int interrupt = vector - FIRST_VECTOR;
        hold(interrupt, true);
        return interrupt;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void connect(long ioApic, int pin, int mode, int interrupt) {
        long before = Cpu.disableInterrupts();
        lines[interrupt] = (mode & IoApic.LEVEL) != 0 ? ioApic << 16 | pin : 0;
        modes[interrupt] = mode;
        IoApic.connect(ioApic, pin, mode, vector(interrupt));
        Cpu.restoreInterrupts(before);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void rearm(int interrupt) {
        if (lines[interrupt] != 0) {
            long before = Cpu.disableInterrupts();
            hold(interrupt, false);
            Cpu.restoreInterrupts(before);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void hold(int interrupt, boolean hold) {
        long line = lines[interrupt];
        if (line != 0) {
            IoApic.hold(line >>> 16, (int) (line & 0xFFFF), modes[interrupt], vector(interrupt), hold);
        }
    }
}
