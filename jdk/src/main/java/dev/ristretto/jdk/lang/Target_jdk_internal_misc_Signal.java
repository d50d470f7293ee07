package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Signals, of which there are none: {@code new Signal(name)} throws {@link IllegalArgumentException}, as the JDK does for a signal that
 * the operating system does not know. The JDK's own uses expect that. (The power button runs shutdown hooks without any signal.)
 */
@TargetClass(className = "jdk.internal.misc.Signal")
final class Target_jdk_internal_misc_Signal {

    @Substitute
    @SuppressWarnings("unused")
    private static int findSignal0(String sigName) {
        return -1;
    }

    @Substitute
    private static void raise0(int sig) {
        throw new IllegalArgumentException("There are no signals in a sealed image: " + sig);
    }
}
