package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/** A counting semaphore: {@link #SIZE} bytes of native memory, zeroed for a count of 0. */
public final class Semaphore {
    /** Bytes: the wait queue, then the count. */
    public static final int SIZE = 24;
    private static final int COUNT = 16;

    private Semaphore() {
    }

    /** Waits until the count is positive and takes one from it. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void await(Pointer semaphore) {
        long held = Scheduler.LOCK.acquire();
        while (semaphore.readLong(COUNT) == 0) {
            Scheduler.block((WaitQueue) semaphore, Scheduler.FOREVER);
        }
        semaphore.writeLong(COUNT, semaphore.readLong(COUNT) - 1);
        Scheduler.LOCK.release(held);
    }

    /** Adds one to the count and wakes a waiter. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void signal(Pointer semaphore) {
        long held = Scheduler.LOCK.acquire();
        signalHeld(semaphore, false);
        Scheduler.LOCK.release(held);
    }

    /** {@link #signal} for an interrupt handler: the woken thread runs at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void signalInHandler(Pointer semaphore) {
        long held = Scheduler.LOCK.acquireInHandler();
        signalHeld(semaphore, true);
        Scheduler.LOCK.release(held);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void signalHeld(Pointer semaphore, boolean inHandler) {
        semaphore.writeLong(COUNT, semaphore.readLong(COUNT) + 1);
        Scheduler.wakeOne((WaitQueue) semaphore, inHandler);
    }
}
