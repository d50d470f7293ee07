package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/** A permit that one thread waits for and others give: {@link #SIZE} bytes of native memory, zeroed. */
public final class Parking {
    /** Bytes: the wait queue, then the permit. */
    public static final int SIZE = 24;
    private static final int PERMIT = 16;

    private Parking() {
    }

    /** Takes the permit, waiting for it until {@code deadline} on the scale of {@code nanoTime}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void park(Pointer parking, long deadline) {
        long held = Scheduler.LOCK.acquire();
        if (parking.readLong(PERMIT) == 0) {
            Scheduler.block((WaitQueue) parking, deadline);
        }
        parking.writeLong(PERMIT, 0);
        Scheduler.LOCK.release(held);
    }

    /** Takes the permit if it is there; true if it was. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean tryPark(Pointer parking) {
        long held = Scheduler.LOCK.acquire();
        boolean permitted = parking.readLong(PERMIT) != 0;
        parking.writeLong(PERMIT, 0);
        Scheduler.LOCK.release(held);
        return permitted;
    }

    /** Gives the permit; the waiter, if there is one, goes on. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void unpark(Pointer parking) {
        long held = Scheduler.LOCK.acquire();
        parking.writeLong(PERMIT, 1);
        Scheduler.wakeOne((WaitQueue) parking, false);
        Scheduler.LOCK.release(held);
    }

    /** {@link #unpark} for an interrupt handler: the woken thread runs at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void unparkInHandler(Pointer parking) {
        long held = Scheduler.LOCK.acquireInHandler();
        parking.writeLong(PERMIT, 1);
        Scheduler.wakeOne((WaitQueue) parking, true);
        Scheduler.LOCK.release(held);
    }

    /** Takes back a permit that nobody took. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void reset(Pointer parking) {
        parking.writeLong(PERMIT, 0);
    }
}
