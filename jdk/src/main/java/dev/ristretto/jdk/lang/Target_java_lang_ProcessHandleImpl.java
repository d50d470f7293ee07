package dev.ristretto.jdk.lang;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The one process there is. */
@TargetClass(className = "java.lang.ProcessHandleImpl")
final class Target_java_lang_ProcessHandleImpl {

    @Substitute
    private static void initNative() {
        // Installs nothing: there are no child processes whose end could be waited for.
    }

    @Substitute
    private static long getCurrentPid0() {
        return OnlyProcess.ID;
    }

    @Substitute
    private static long isAlive0(long pid) {
        return pid == OnlyProcess.ID ? Isolates.getInitDoneTimeMillis() : OnlyProcess.NONE;
    }

    @Substitute
    @SuppressWarnings("unused")
    private static long parent0(long pid, long startTime) {
        return OnlyProcess.NONE;
    }

    /** @param pid the parent whose children are asked for, or 0 for all processes */
    @Substitute
    private static int getProcessPids0(long pid, long[] pids, long[] ppids, long[] starttimes) {
        return OnlyProcess.list(pid, Isolates.getInitDoneTimeMillis(), pids, ppids, starttimes);
    }

    /** The Java code refuses to destroy the current process, so that this concerns processes that do not exist. */
    @Substitute
    @SuppressWarnings("unused")
    private static boolean destroy0(long pid, long startTime, boolean forcibly) {
        return false;
    }

    @Substitute
    @SuppressWarnings("unused")
    private static int waitForProcessExit0(long pid, boolean reapvalue) {
        return OnlyProcess.NOT_A_CHILD;
    }
}
