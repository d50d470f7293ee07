package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.thread.VMThreads;
import dev.ristretto.kernel.panic.Panic;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.kernel.thread.Threads;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.ComparableWord;
import org.graalvm.word.Pointer;

/** Kernel threads as SubstrateVM's threads of the operating system: the handle is the {@link KThread}. */
final class KernelVMThreads extends VMThreads {
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    protected OSThreadHandle getCurrentOSThreadHandle() {
        return (OSThreadHandle) (Pointer) Scheduler.current();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    protected OSThreadId getCurrentOSThreadId() {
        return Word.unsigned(Scheduler.current().getId());
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    protected void joinNoTransition(OSThreadHandle handle) {
        Threads.join((KThread) handle);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void nativeSleep(int milliseconds) {
        Scheduler.sleepUntil(Machine.get().nanoTime() + milliseconds * 1_000_000L);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void yield() {
        Scheduler.yield();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean supportsNativeYieldAndSleep() {
        return true;
    }

    @Override
    @Uninterruptible(reason = "Thread state not set up.")
    public void failFatally(int code, CCharPointer message) {
        Panic.fatal(code, message);
    }

    /** Finds the Java thread of a kernel thread. */
    static final class Lookup extends ThreadLookup {
        @Override
        @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
        public ComparableWord getThreadIdentifier() {
            return Scheduler.current();
        }

        @Override
        @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
        public boolean matchesThread(IsolateThread thread, ComparableWord identifier) {
            return getOSThreadHandle(thread).equal(identifier);
        }
    }
}
