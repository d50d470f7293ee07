package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import com.oracle.svm.core.locks.VMSemaphore;
import dev.ristretto.kernel.thread.Semaphore;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;

/** A semaphore of SubstrateVM's own. */
final class KernelVMSemaphore extends VMSemaphore {
    private final CIsolateData<Pointer> semaphore;

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelVMSemaphore(String name) {
        super(name);
        semaphore = CIsolateDataFactory.create("kernelSemaphore_" + getName(), Word.unsigned(Semaphore.SIZE));
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
