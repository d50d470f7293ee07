package dev.ristretto.kernel.platform;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

/** The flag of {@link Thread#interrupt}, for code that may not take the lock which {@link Thread#interrupted} takes. */
@TargetClass(Thread.class)
final class Target_java_lang_Thread_Interrupt {
    @Alias
    volatile boolean interrupted;

    private Target_java_lang_Thread_Interrupt() {
    }
}
