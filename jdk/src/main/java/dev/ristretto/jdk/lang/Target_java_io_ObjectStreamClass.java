package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Serialization. */
@TargetClass(java.io.ObjectStreamClass.class)
final class Target_java_io_ObjectStreamClass {

    @Substitute
    private static void initNative() {
        // Prepares the JDK's own C code, of which nothing is left.
    }
}
