package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Threads are not signalled to get them out of a system call: what makes a thread wait is always a descriptor, and closing it, or shutting
 * it down, is what wakes the thread. But the JDK asks for the number of a thread to know that one is at it, and that closing has to wait.
 */
@TargetClass(className = "sun.nio.ch.NativeThread")
final class Target_sun_nio_ch_NativeThread {
    @Substitute
    private static void init() {
        // The original installs the handler of the signal.
    }

    @Substitute
    private static long current0() {
        return Thread.currentThread().threadId();
    }

    @Substitute
    private static void signal0(long tid) {
        // Woken already, see above.
    }

    @Substitute
    private static boolean supportPendingSignals0() {
        return false;
    }
}
