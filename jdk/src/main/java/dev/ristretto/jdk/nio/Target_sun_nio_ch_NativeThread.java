package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Threads are not signalled to get them out of a system call: there are none, and waiting is done in ways that closing ends. */
@TargetClass(className = "sun.nio.ch.NativeThread")
final class Target_sun_nio_ch_NativeThread {
    @Substitute
    private static void init() {
        // The original installs the handler of the signal.
    }

    /** Returns 0, which means that threads cannot be signalled. */
    @Substitute
    private static long current0() {
        return 0;
    }

    @Substitute
    private static void signal0(long tid) {
        // Not called, because current0 never returns the number of a thread.
    }

    @Substitute
    private static boolean supportPendingSignals0() {
        return false;
    }
}
