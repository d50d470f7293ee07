package dev.ristretto.machine;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;

/**
 * The machine that the image found itself on. An image holds all machines; it is the bare one unless an entry says otherwise before
 * anything else is done.
 */
public final class ChosenMachine {
    private static Machine machine;

    private ChosenMachine() {
    }

    /** Chooses: when the image is built, and by the entry of any other machine. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static void choose(Machine chosen) {
        machine = chosen;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Machine get() {
        return machine;
    }
}
