package dev.ristretto.kernel.thread;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CIsolateData;
import com.oracle.svm.core.c.CIsolateDataFactory;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * What one core has to run: the thread that runs, those that could, and the time slice. The scheduler's lock is held.
 *
 * <p>Two queues, each first come first served. A thread that is woken goes to the urgent one as long as it has time left in its
 * slice, which time spent blocked pays back; one that has used up its slice, and one that is new, goes to the other. The urgent queue
 * is served first, but computing threads get a slice at least every {@link #PATIENCE_NANOS}.
 */
final class RunQueue {
    /** A thread that others wait behind runs so long before the next one gets its turn. */
    static final long SLICE_NANOS = 4_000_000;
    /** Computing threads wait no longer than this while urgent ones come and come. */
    private static final long PATIENCE_NANOS = 12_000_000;

    private final CIsolateData<Pointer> urgent = CIsolateDataFactory.create("urgentQueue", Word.unsigned(16));
    private final CIsolateData<Pointer> ready = CIsolateDataFactory.create("readyQueue", Word.unsigned(16));

    private KThread current;
    private KThread idle;
    /** Moment at which the running thread's slice ends, if anybody waits behind it. */
    private long sliceEnd;
    private long runningSince;
    private long lastReadyRun;
    /** The running thread had its turn out of patience: urgent ones wait for the end of its slice. */
    private boolean protectedTurn;

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private WaitQueue urgent() {
        return (WaitQueue) urgent.get();
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private WaitQueue ready() {
        return (WaitQueue) ready.get();
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
        return urgent().getHead().isNull() && ready().getHead().isNull();
    }

    /** Queues a thread that has not blocked: a new one, or one whose turn is over. Its next slice is a whole one. */
    @Uninterruptible(reason = KERNEL_CODE)
    void addReady(KThread thread) {
        thread.setSliceUsed(0);
        thread.setUrgent(0);
        thread.setState(KThread.RUNNABLE);
        Queues.addLast(ready(), thread);
    }

    /** Queues a thread that was woken at {@code now}. */
    @Uninterruptible(reason = KERNEL_CODE)
    void addWoken(KThread thread, long now) {
        long used = thread.getSliceUsed() - (now - thread.getBlockedAt());
        if (used < SLICE_NANOS) {
            thread.setSliceUsed(used > 0 ? used : 0);
            thread.setUrgent(1);
            thread.setState(KThread.RUNNABLE);
            Queues.addLast(urgent(), thread);
        } else {
            addReady(thread);
        }
    }

    /** Queues the running thread, which is preempted at {@code now}: first of its queue while it has time left. */
    @Uninterruptible(reason = KERNEL_CODE)
    void addPreempted(long now) {
        if (now >= sliceEnd) {
            addReady(current);
        } else {
            current.setState(KThread.RUNNABLE);
            Queues.addFirst(current.getUrgent() != 0 ? urgent() : ready(), current);
        }
    }

    /** True if a thread that is woken now has to wait for the end of the running thread's slice. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean wokenMustWait() {
        return protectedTurn || current.getUrgent() != 0;
    }

    /** Charges the running thread for its time up to {@code now}. */
    @Uninterruptible(reason = KERNEL_CODE)
    void account(long now) {
        long ran = now - runningSince;
        runningSince = now;
        current.setCpuTime(current.getCpuTime() + ran);
        long used = current.getSliceUsed() + ran;
        current.setSliceUsed(used < SLICE_NANOS ? used : SLICE_NANOS);
    }

    /** Makes the next thread the current one, at {@code now}, and returns it. */
    @Uninterruptible(reason = KERNEL_CODE)
    KThread next(long now) {
        boolean anyReady = ready().getHead().isNonNull();
        boolean anyUrgent = urgent().getHead().isNonNull();
        boolean takeReady = anyReady && (!anyUrgent || now - lastReadyRun >= PATIENCE_NANOS);
        KThread next = takeReady ? Queues.removeFirst(ready()) : anyUrgent ? Queues.removeFirst(urgent()) : idle;
        if (takeReady) {
            lastReadyRun = now;
        }
        protectedTurn = takeReady && anyUrgent;
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
