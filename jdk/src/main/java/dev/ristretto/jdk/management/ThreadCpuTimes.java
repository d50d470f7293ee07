package dev.ristretto.jdk.management;

import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.word.Pointer;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.ThreadCpuTimeSupport;
import com.oracle.svm.core.thread.VMThreads;

import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;

/**
 * The CPU time of threads, in nanoseconds. There is no border between the program and a system below it, so that user time and CPU time
 * are the same.
 */
public final class ThreadCpuTimes implements ThreadCpuTimeSupport {

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getCurrentThreadCpuTime(boolean includeSystemTime) {
        return Scheduler.cpuTime(Scheduler.current());
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long getThreadCpuTime(IsolateThread isolateThread, boolean includeSystemTime) {
        return Scheduler.cpuTime((KThread) (Pointer) VMThreads.getOSThreadHandle(isolateThread));
    }
}
