package dev.ristretto.jdk.lang;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** An image runs on one processor; {@code -XX:ActiveProcessorCount} makes it plan for more, as it does on a JVM. */
@TargetClass(Runtime.class)
final class Target_java_lang_Runtime {

    @Substitute
    @SuppressWarnings("static-method")
    private int availableProcessors() {
        return Math.max(1, SubstrateOptions.ActiveProcessorCount.getValue());
    }
}
