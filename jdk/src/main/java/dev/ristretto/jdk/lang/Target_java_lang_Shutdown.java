package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import dev.ristretto.kernel.Power;

/** The end of the program, after shutdown hooks and without returning. */
@TargetClass(className = "java.lang.Shutdown")
final class Target_java_lang_Shutdown {

    @Substitute
    static void halt0(int status) {
        BeforeEnd.halted();
        Power.exit(status);
    }
}
