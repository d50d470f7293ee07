package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/** A condition to wait for under a {@link Mutex}: {@link #SIZE} bytes of native memory, zeroed. No wake-up is spurious. */
public final class Condition {
    /** Bytes: the wait queue. */
    public static final int SIZE = 16;

    private Condition() {
    }

    /**
     * Unlocks {@code mutex}, waits, and locks it again.
     *
     * @param deadline on the scale of {@code nanoTime}, or {@link Scheduler#FOREVER}
     * @return false if the deadline ended the wait
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean await(Pointer condition, Pointer mutex, long deadline) {
        long held = Scheduler.LOCK.acquire();
        Mutex.unlockHeld(mutex);
        Scheduler.block((WaitQueue) condition, deadline);
        boolean woken = Scheduler.current().getTimedOut() == 0;
        Mutex.lockHeld(mutex);
        Scheduler.LOCK.release(held);
        return woken;
    }

    /** Wakes the first waiter, if any. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void signal(Pointer condition) {
        long held = Scheduler.LOCK.acquire();
        Scheduler.wakeOne((WaitQueue) condition, false);
        Scheduler.LOCK.release(held);
    }

    /** Wakes all waiters. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void broadcast(Pointer condition) {
        long held = Scheduler.LOCK.acquire();
        while (Scheduler.wakeOne((WaitQueue) condition, false)) {
            continue;
        }
        Scheduler.LOCK.release(held);
    }
}
