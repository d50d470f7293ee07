package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;

/**
 * The flag that holds signals off, and what came meanwhile. The routines are the imager's {@code ProcessSignals}. Values of the flag are
 * those of the CPU's RFLAGS, so that callers need not know which machine they are on.
 */
final class Interrupts {
    /** What {@link #disable} returns when interrupts were enabled. */
    static final long ENABLED = 1 << 9 | 2;
    /** A note like those of signals: there is a deadline that the timer has to be set for. No signal has number 0. */
    static final int ARM = 1;

    private Interrupts() {
    }

    @CFunction(value = "ristretto_process_disable_interrupts", transition = Transition.NO_TRANSITION)
    static native long disable();

    /** Puts back what {@link #disable} returned; if that is enabled, all that was noted is handled first. */
    @CFunction(value = "ristretto_process_restore_interrupts", transition = Transition.NO_TRANSITION)
    static native void restore(long before);

    @CFunction(value = "ristretto_process_switch", transition = Transition.NO_TRANSITION)
    static native void switchTo(Pointer context);

    /** The notes, which are none afterwards. */
    @CFunction(value = "ristretto_process_take_pending", transition = Transition.NO_TRANSITION)
    static native int takePending();

    @CFunction(value = "ristretto_process_add_pending", transition = Transition.NO_TRANSITION)
    static native void addPending(int bits);

    /** Bit of {@link #takePending} for a signal. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int bit(int signal) {
        return 1 << signal;
    }
}
