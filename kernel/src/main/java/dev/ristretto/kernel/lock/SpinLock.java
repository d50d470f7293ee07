package dev.ristretto.kernel.lock;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils.AtomicInteger;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.nodes.PauseNode;
import org.graalvm.word.Pointer;

/**
 * Protects kernel data that interrupt handlers and threads share. Held for a few microseconds at most, with interrupts disabled on
 * this core; on one core the word is never contended, on more it will be.
 *
 * <p>An object of this class is made when the image is built, and never moves.
 */
public final class SpinLock {
    /**
     * Stack that code under a lock may use. It is touched before, so that no page fault comes while the lock is held. No more than
     * SubstrateVM keeps free below the deepest Java frame (its red zone, 8 KiB).
     */
    private static final int STACK_NEEDED = 4096;

    private final AtomicInteger held = new AtomicInteger(0);

    /** Takes the lock; returns what {@link #release} wants. Not reentrant. */
    @Uninterruptible(reason = KERNEL_CODE)
    public long acquire() {
        Pointer below = KnownIntrinsics.readStackPointer().subtract(STACK_NEEDED);
        below.writeByte(0, (byte) 0);
        return acquireInHandler();
    }

    /** {@link #acquire} for interrupt and fault handlers, whose stacks are always there. */
    @Uninterruptible(reason = KERNEL_CODE)
    public long acquireInHandler() {
        long interrupts = Machine.get().disableInterrupts();
        while (!held.compareAndSet(0, 1)) {
            PauseNode.pause();
        }
        return interrupts;
    }

    /** Releases the lock and puts interrupts back to what {@code acquired} says. */
    @Uninterruptible(reason = KERNEL_CODE)
    public void release(long acquired) {
        held.set(0);
        Machine.get().restoreInterrupts(acquired);
    }

    /**
     * Releases the lock but leaves interrupts disabled: right before a switch, since the thread that runs next need not be one that
     * switched away under this lock.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public void releaseForSwitch() {
        held.set(0);
    }
}
