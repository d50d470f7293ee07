package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.stack.StackOverflowCheck;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;
import org.graalvm.nativeimage.c.type.WordPointer;

/** Where the current thread's stack begins and ends; the guard page is not part of it. */
final class KernelStacks implements StackOverflowCheck.PlatformSupport {
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean lookupStack(WordPointer stackBasePtr, WordPointer stackEndPtr) {
        KThread thread = Scheduler.current();
        stackBasePtr.write(thread.getStackEnd());
        stackEndPtr.write(thread.getStackBegin().add(Frames.PAGE));
        return true;
    }
}
