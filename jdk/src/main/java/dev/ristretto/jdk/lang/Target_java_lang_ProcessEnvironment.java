package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import dev.ristretto.kernel.boot.BootArguments;

/** The environment behind {@link System#getenv()}: that of the kernel command line. */
@TargetClass(className = "java.lang.ProcessEnvironment")
final class Target_java_lang_ProcessEnvironment {

    @Substitute
    private static byte[][] environ() {
        return Environment.namesAndValues(BootArguments.environment());
    }
}
