package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * A lock that blocks: {@link #SIZE} bytes of native memory, zeroed when free. Not reentrant; any thread may unlock. A waiter that is
 * woken competes with whoever comes by, which saves a switch for every short critical section.
 */
public final class Mutex {
    /** Bytes: the wait queue, then the lock word. */
    public static final int SIZE = 24;
    private static final int LOCKED = 16;

    private Mutex() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void lock(Pointer mutex) {
        long held = Scheduler.LOCK.acquire();
        lockHeld(mutex);
        Scheduler.LOCK.release(held);
    }

    /** True if the lock was free and is the caller's now. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean tryLock(Pointer mutex) {
        long held = Scheduler.LOCK.acquire();
        boolean free = mutex.readLong(LOCKED) == 0;
        if (free) {
            mutex.writeLong(LOCKED, 1);
        }
        Scheduler.LOCK.release(held);
        return free;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void unlock(Pointer mutex) {
        long held = Scheduler.LOCK.acquire();
        unlockHeld(mutex);
        Scheduler.LOCK.release(held);
    }

    /** {@link #lock} with the scheduler's lock held. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void lockHeld(Pointer mutex) {
        while (mutex.readLong(LOCKED) != 0) {
            Scheduler.block((WaitQueue) mutex, Scheduler.FOREVER);
        }
        mutex.writeLong(LOCKED, 1);
    }

    /** {@link #unlock} with the scheduler's lock held. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void unlockHeld(Pointer mutex) {
        mutex.writeLong(LOCKED, 0);
        Scheduler.wakeOne((WaitQueue) mutex, false);
    }
}
