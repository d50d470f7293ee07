package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import com.oracle.svm.core.locks.VMCondition;
import dev.ristretto.kernel.thread.Condition;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.Pointer;

/** A condition of SubstrateVM's own. */
final class KernelVMCondition extends VMCondition {
    private final CIsolateData<Pointer> condition;

    @Platforms(Platform.HOSTED_ONLY.class)
    KernelVMCondition(KernelVMMutex mutex, String name) {
        super(mutex, name);
        condition = CIsolateDataFactory.create("kernelCondition_" + getName(), Word.unsigned(Condition.SIZE));
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private Pointer mutexPointer() {
        return ((KernelVMMutex) getMutex()).pointer();
    }

    @Override
    @Uninterruptible(reason = "Too early for safepoints.")
    public int initialize() {
        return 0; // zeroed memory is an empty queue
    }

    @Override
    @Uninterruptible(reason = "The isolate teardown is in progress.")
    public int destroy() {
        return 0;
    }

    @Override
    public void block() {
        mutex.clearCurrentThreadOwner();
        BlockingCalls.conditionAwait(condition.get(), mutexPointer(), Scheduler.FOREVER);
        mutex.setOwnerToCurrentThread();
    }

    @Override
    @Uninterruptible(reason = "Should only be called if the thread did an explicit transition to native earlier.", callerMustBe = true)
    public void blockNoTransition() {
        mutex.clearCurrentThreadOwner();
        Condition.await(condition.get(), mutexPointer(), Scheduler.FOREVER);
        mutex.setOwnerToCurrentThread();
    }

    @Override
    @Uninterruptible(reason = "Should only be called if the thread did an explicit transition to native earlier.", callerMustBe = true)
    public void blockNoTransitionUnspecifiedOwner() {
        mutex.clearUnspecifiedOwner();
        Condition.await(condition.get(), mutexPointer(), Scheduler.FOREVER);
        mutex.setOwnerToUnspecified();
    }

    @Override
    public long block(long waitNanos) {
        if (waitNanos <= 0) {
            return 0;
        }
        long deadline = deadline(waitNanos);
        mutex.clearCurrentThreadOwner();
        int woken = BlockingCalls.conditionAwait(condition.get(), mutexPointer(), deadline);
        mutex.setOwnerToCurrentThread();
        return woken == 0 ? 0 : remaining(deadline);
    }

    @Override
    @Uninterruptible(reason = "Should only be called if the thread did an explicit transition to native earlier.", callerMustBe = true)
    public long blockNoTransition(long waitNanos) {
        if (waitNanos <= 0) {
            return 0;
        }
        long deadline = deadline(waitNanos);
        mutex.clearCurrentThreadOwner();
        boolean woken = Condition.await(condition.get(), mutexPointer(), deadline);
        mutex.setOwnerToCurrentThread();
        return woken ? remaining(deadline) : 0;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static long deadline(long waitNanos) {
        long now = Machine.get().nanoTime();
        return waitNanos > Scheduler.FOREVER - now ? Scheduler.FOREVER : now + waitNanos;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static long remaining(long deadline) {
        long left = deadline - Machine.get().nanoTime();
        return left > 0 ? left : 0;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void signal() {
        Condition.signal(condition.get());
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void broadcast() {
        Condition.broadcast(condition.get());
    }
}
