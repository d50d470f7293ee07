package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.locks.VMSemaphore;
import dev.ristretto.kernel.thread.Semaphore;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;

/** A semaphore of SubstrateVM's own. */
final class KernelVMSemaphore extends VMSemaphore {
    private final CGlobalData<Pointer> semaphore = CGlobalDataFactory.createBytes(() -> Semaphore.SIZE);

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelVMSemaphore(String name) {
        super(name);
    }

    @Override
    @Uninterruptible(reason = "Too early for safepoints.")
    public int initialize() {
        return 0; // zeroed memory is a count of 0
    }

    @Override
    @Uninterruptible(reason = "The isolate teardown is in progress.")
    public int destroy() {
        return 0;
    }

    @Override
    public void await() {
        BlockingCalls.semaphoreAwait(semaphore.get());
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void signal() {
        Semaphore.signal(semaphore.get());
    }
}
