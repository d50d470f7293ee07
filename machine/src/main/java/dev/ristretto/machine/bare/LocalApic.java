package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/** The local APIC, memory-mapped (SDM vol. 3 chapter 13): acknowledges interrupts, and is the timer. */
final class LocalApic {
    static final long BASE = 0xFEE0_0000L;
    static final int TIMER_VECTOR = 0x30;
    static final int SPURIOUS_VECTOR = 0xFF;

    private static final int ID = 0x20;
    private static final int TASK_PRIORITY = 0x80;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int SPURIOUS = 0xF0;
    private static final int LVT_TIMER = 0x320;
    private static final int LVT_LINT0 = 0x350;
    private static final int LVT_LINT1 = 0x360;
    private static final int LVT_ERROR = 0x370;
    private static final int INITIAL_COUNT = 0x380;
    private static final int CURRENT_COUNT = 0x390;
    private static final int DIVIDE = 0x3E0;

    private static final int ENABLE = 1 << 8;
    private static final int MASKED = 1 << 16;
    private static final int TSC_DEADLINE_MODE = 2 << 17;
    private static final int DIVIDE_BY_1 = 0b1011;
    private static final int MSR_TSC_DEADLINE = 0x6E0;

    private LocalApic() {
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static void write(int register, int value) {
        Mmio.write32(BASE + register, value);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int read(int register) {
        return Mmio.read32(BASE + register);
    }

    /** Accepts interrupts; the timer counts down from the top without interrupting, as a reference for the clock. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void enable() {
        write(SPURIOUS, ENABLE | SPURIOUS_VECTOR);
        write(TASK_PRIORITY, 0);
        write(LVT_LINT0, MASKED);
        write(LVT_LINT1, MASKED);
        write(LVT_ERROR, MASKED);
        write(DIVIDE, DIVIDE_BY_1);
        write(LVT_TIMER, MASKED | TIMER_VECTOR);
        write(INITIAL_COUNT, -1);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int id() {
        return read(ID) >>> 24;
    }

    /** Ticks left of the countdown. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int count() {
        return read(CURRENT_COUNT);
    }

    /** Interrupts once, {@code ticks} (at least 1, unsigned) from now. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void interruptAfter(int ticks) {
        write(LVT_TIMER, TIMER_VECTOR);
        write(INITIAL_COUNT, ticks);
    }

    /** From now on the timer interrupts when the time stamp counter reaches a value (SDM vol. 3 §13.5.4.1). */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void useTscDeadline() {
        write(LVT_TIMER, TSC_DEADLINE_MODE | TIMER_VECTOR);
    }

    /** Interrupts once the time stamp counter is at {@code tsc}; 0 disarms. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void interruptAt(long tsc) {
        Cpu.wrmsr(MSR_TSC_DEADLINE, tsc);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void stopTimer() {
        write(INITIAL_COUNT, 0);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void endOfInterrupt() {
        write(END_OF_INTERRUPT, 0);
    }
}
