package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.VMThreads.OSThreadHandle;
import com.oracle.svm.core.util.VMError;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.ThreadLocals;
import dev.ristretto.kernel.thread.Threads;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordBase;

/** Java's platform threads on kernel threads. */
final class KernelPlatformThreads extends PlatformThreads {
    @Override
    protected boolean doStartThread(Thread thread, long stackSize) {
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            ThreadStartData startData = prepareStart(thread, SizeOf.get(ThreadStartData.class));
            KThread started = Threads.start(threadStartRoutine.getFunctionPointer(), startData, Word.unsigned(stackSize));
            if (started.isNull()) {
                undoPrepareStartOnError(thread, startData);
                return false;
            }
            return true;
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }

    @Override
    protected void beforeThreadRun(Thread thread) {
        setNativeName(thread, thread.getName());
    }

    /** Only a thread's own name is passed on: the kernel wants it for reports, and one that is renamed by others does without. */
    @Override
    protected void setNativeName(Thread thread, String name) {
        if (thread == Thread.currentThread()) {
            ThreadNames.setCurrent(name);
        }
    }

    @Override
    protected void yieldCurrent() {
        BlockingCalls.yield();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public OSThreadHandle startThreadUnmanaged(CFunctionPointer threadRoutine, PointerBase userData, int stackSize) {
        return (OSThreadHandle) (Pointer) Threads.start(threadRoutine, userData, Word.unsigned(stackSize));
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean joinThreadUnmanaged(OSThreadHandle threadHandle, WordPointer threadExitStatus) {
        long result = Threads.join((KThread) threadHandle);
        if (threadExitStatus.isNonNull()) {
            threadExitStatus.write(Word.signed(result));
        }
        return true;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public ThreadLocalKey createUnmanagedThreadLocal() {
        int key = ThreadLocals.create();
        VMError.guarantee(key != 0, "no thread-local key is left");
        return Word.unsigned(key);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void deleteUnmanagedThreadLocal(ThreadLocalKey key) {
        ThreadLocals.delete((int) key.rawValue());
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends WordBase> T getUnmanagedThreadLocalValue(ThreadLocalKey key) {
        return ThreadLocals.get((int) key.rawValue());
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void setUnmanagedThreadLocalValue(ThreadLocalKey key, WordBase value) {
        VMError.guarantee(ThreadLocals.set((int) key.rawValue(), value), "no memory for a thread-local value");
    }
}
