package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.machine.Machine;

/** The clocks of {@code java.lang.System}. */
@TargetClass(System.class)
final class Target_java_lang_System_Time {
    private Target_java_lang_System_Time() {
    }

    @Substitute
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long nanoTime() {
        return Machine.get().nanoTime();
    }

    @Substitute
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long currentTimeMillis() {
        return Machine.get().wallClockNanos() / 1_000_000;
    }
}
