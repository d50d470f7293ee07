package dev.ristretto.kernel.thread;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/** What one core has to run: the thread that runs, those that could, and the time slice. The scheduler's lock is held. */
final class RunQueue {
    /** A thread that others wait behind runs so long before the next one gets its turn. */
    static final long SLICE_NANOS = 4_000_000;

    private final CIsolateData<Pointer> queue = CIsolateDataFactory.create("runQueue", Word.unsigned(16));

    private KThread current;
    private KThread idle;
    /** Moment at which the running thread's slice ends, if anybody waits behind it. */
    private long sliceEnd;
    private long runningSince;

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private WaitQueue queue() {
        return (WaitQueue) queue.get();
    }

    /** The boot thread becomes the one that runs when nobody else can. */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(KThread boot) {
        idle = boot;
        current = boot;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    KThread current() {
        return current;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean isIdle(KThread thread) {
        return thread.equal(idle);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean isEmpty() {
        return queue().getHead().isNull();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void addLast(KThread thread) {
        thread.setState(KThread.RUNNABLE);
        Queues.addLast(queue(), thread);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void addFirst(KThread thread) {
        thread.setState(KThread.RUNNABLE);
        Queues.addFirst(queue(), thread);
    }

    /** Takes out the first; the queue is not empty. */
    @Uninterruptible(reason = KERNEL_CODE)
    KThread takeFirst() {
        return Queues.removeFirst(queue());
    }

    /**
     * Makes the next thread the current one, at {@code now}, and returns it.
     *
     * @param preempted the current thread did not give up the CPU itself
     */
    @Uninterruptible(reason = KERNEL_CODE)
    KThread next(long now, boolean preempted) {
        long ran = now - runningSince;
        current.setCpuTime(current.getCpuTime() + ran);
        // a thread that gave up the CPU itself starts its next slice afresh
        current.setSliceUsed(preempted ? (current.getSliceUsed() + ran) % SLICE_NANOS : 0);
        KThread next = isEmpty() ? idle : Queues.removeFirst(queue());
        next.setState(KThread.RUNNING);
        current = next;
        runningSince = now;
        sliceEnd = now + SLICE_NANOS - next.getSliceUsed();
        return next;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    long sliceEnd() {
        return sliceEnd;
    }

    /** Nanoseconds that {@code thread} has spent on the CPU. */
    @Uninterruptible(reason = KERNEL_CODE)
    long cpuTime(KThread thread, long now) {
        return thread.getCpuTime() + (thread.equal(current) ? now - runningSince : 0);
    }
}
