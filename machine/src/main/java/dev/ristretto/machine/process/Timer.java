package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The clocks, and one deadline on the monotonic one. A POSIX timer is behind it, which is set only if it would go off too late, and only
 * when interrupts are about to be enabled: whoever waits, waits with the deadline as the limit instead.
 */
final class Timer {
    /** While threads compute, descriptors that somebody waits for are looked at this often. */
    static final int TICK_MILLIS = 10;
    static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** {@code TIMER_ABSTIME}. */
    private static final int ABSOLUTE = 1;
    /** {@code struct sigevent}: value, signal, how to notify (0: by the signal). */
    private static final int SIGEVENT_SIZE = 64;

    private long deadline = NEVER;
    /** When the POSIX timer goes off. */
    private long armed = NEVER;
    private int timer;
    private boolean ticks;

    /** Nanoseconds that {@code clock} shows. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long read(int clock) {
        Pointer timespec = StackValue.get(16);
        Linux.clock(clock, timespec);
        return timespec.readLong(0) * NANOS_PER_SECOND + timespec.readLong(8);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static long now() {
        return read(Linux.CLOCK_MONOTONIC);
    }

    /** Makes the timer; false if Linux refuses. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean start() {
        Pointer event = StackValue.get(SIGEVENT_SIZE);
        for (int i = 0; i < SIGEVENT_SIZE; i += 8) {
            event.writeLong(i, 0);
        }
        event.writeInt(8, Linux.SIGALRM);
        Pointer id = StackValue.get(8);
        id.writeLong(0, 0);
        long result = Linux.call(Linux.TIMER_CREATE, Word.signed(Linux.CLOCK_MONOTONIC), event, id);
        timer = id.readInt(0);
        return result == 0;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void set(long moment) {
        deadline = moment;
        Interrupts.addPending(Interrupts.ARM);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void cancel() {
        deadline = NEVER;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    long deadline() {
        return deadline;
    }

    /** From now on the timer goes off every {@value #TICK_MILLIS} ms as well, or no longer; from the next {@link #arm} on. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    void tick(boolean on) {
        ticks = on;
    }

    /** The timer's signal came: it is not set any more. */
    @Uninterruptible(reason = KERNEL_CODE)
    void wentOff() {
        armed = NEVER;
    }

    /** Takes the deadline away if it has passed; true if so. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean takeExpired() {
        if (deadline == NEVER || now() < deadline) {
            return false;
        }
        deadline = NEVER;
        return true;
    }

    /** True if the timer would go off too late. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean mustBeArmed() {
        return deadline < armed || ticks && armed == NEVER;
    }

    /** Sets the timer for what is due next, unless it goes off before that anyway. */
    @Uninterruptible(reason = KERNEL_CODE)
    void arm() {
        if (!mustBeArmed()) {
            return;
        }
        long moment = deadline;
        if (ticks) {
            long next = now() + TICK_MILLIS * 1_000_000L;
            moment = moment < next ? moment : next;
        }
        if (moment >= armed) {
            return;
        }
        armed = moment;
        long at = moment > 1 ? moment : 1; // zero would disarm it
        Pointer setting = StackValue.get(32);
        setting.writeLong(0, 0); // once
        setting.writeLong(8, 0);
        setting.writeLong(16, at / NANOS_PER_SECOND);
        setting.writeLong(24, at % NANOS_PER_SECOND);
        Linux.call(Linux.TIMER_SETTIME, Word.signed(timer), Word.signed(ABSOLUTE), setting, Word.zero());
    }
}
