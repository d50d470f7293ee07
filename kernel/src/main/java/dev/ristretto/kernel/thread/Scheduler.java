package dev.ristretto.kernel.thread;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.lock.SpinLock;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;

/**
 * Who runs, and when that changes.
 *
 * <p>Round robin with time slices in two classes, see {@link RunQueue}. A thread woken by an interrupt (its timer expired, its input
 * came) runs at once if a computing thread was running, so that such a thread delays nobody's input or timer. With one thread to run there is no tick; with none the CPU is halted until the next deadline.
 */
public final class Scheduler {
    /** No deadline. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Guards every structure of this package. */
    static final SpinLock LOCK = new SpinLock();
    private static final RunQueue RUN = new RunQueue();
    private static final Sleepers SLEEPERS = new Sleepers();

    /** For {@link SpinLock#release}: leave interrupts as they are. */
    private static final long INTERRUPTS_DISABLED = 2;
    /** When the machine's timer goes off, or {@link #FOREVER}. */
    private static long armed = FOREVER;
    /** An interrupt handler woke somebody, who is to run when the handlers are done. */
    private static boolean preempt;

    private Scheduler() {
    }

    /** Makes the boot context, with its thread structure, the idle thread of this core. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void start(KThread boot) {
        RUN.start(boot);
    }

    /** The thread that runs. In an interrupt handler: the one that was interrupted. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static KThread current() {
        return RUN.current();
    }

    /** What the boot context does once the kernel is up. Does not return. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void idle() {
        Machine machine = Machine.get();
        LOCK.acquire();
        while (true) {
            if (RUN.isEmpty()) {
                arm(machine.nanoTime());
                // interrupts stay disabled until the CPU halts, so nothing can become runnable in between unnoticed
                LOCK.release(INTERRUPTS_DISABLED);
                machine.waitForInterrupt();
                LOCK.acquire();
            } else {
                switchAway();
            }
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Sleepers sleepers() {
        return SLEEPERS;
    }

    /** Leaves the current thread, which is queued somewhere or dead; returns when it runs again. The lock is held before and after. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void switchAway() {
        Machine machine = Machine.get();
        long now = machine.nanoTime();
        KThread before = RUN.current();
        RUN.account(now);
        before.setBlockedAt(now);
        KThread next = RUN.next(now);
        arm(now);
        if (next.notEqual(before)) {
            // With more cores the next thread will have to wait for the end of the switch before another core may run this one.
            LOCK.releaseForSwitch();
            machine.switchTo(next.getContext());
            LOCK.acquireInHandler();
        }
    }

    /** Blocks the current thread in {@code queue} until woken or {@code deadline}. The lock is held before and after. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void block(WaitQueue queue, long deadline) {
        KThread thread = RUN.current();
        thread.setState(KThread.BLOCKED);
        thread.setTimedOut(0);
        thread.setWaitingIn(queue);
        if (queue.isNonNull()) {
            Queues.addLast(queue, thread);
        }
        if (deadline != FOREVER) {
            thread.setDeadline(deadline);
            SLEEPERS.add(thread);
        }
        switchAway();
    }

    /** Wakes the first of {@code queue}; false if nobody waits. The lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean wakeOne(WaitQueue queue, boolean inHandler) {
        KThread thread = Queues.removeFirst(queue);
        if (thread.isNull()) {
            return false;
        }
        makeRunnable(thread, inHandler);
        return true;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void makeRunnable(KThread thread, boolean inHandler) {
        thread.setWaitingIn(Word.nullPointer());
        if (thread.getSleeperIndex() >= 0) {
            SLEEPERS.remove(thread);
        }
        boolean wasAlone = RUN.isEmpty();
        long now = Machine.get().nanoTime();
        RUN.addWoken(thread, now);
        if (inHandler) {
            preempt |= !RUN.wokenMustWait();
        } else if (wasAlone) {
            arm(now);
        }
    }

    /** Puts a new thread at the end of the run queue. The lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void add(KThread thread) {
        boolean wasAlone = RUN.isEmpty();
        RUN.addReady(thread);
        if (wasAlone) {
            arm(Machine.get().nanoTime()); // whoever runs now has a slice from here on
        }
    }

    /** Lets others run. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void yield() {
        long held = LOCK.acquire();
        if (!RUN.isEmpty() && !RUN.isIdle(RUN.current())) {
            RUN.account(Machine.get().nanoTime());
            RUN.addReady(RUN.current());
            switchAway();
        }
        LOCK.release(held);
    }

    /** Blocks the current thread until {@code deadline} on the scale of {@code nanoTime}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void sleepUntil(long deadline) {
        long held = LOCK.acquire();
        block(Word.nullPointer(), deadline);
        LOCK.release(held);
    }

    /** Nanoseconds that {@code thread} has spent on the CPU. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static long cpuTime(KThread thread) {
        long held = LOCK.acquire();
        long time = RUN.cpuTime(thread, Machine.get().nanoTime());
        LOCK.release(held);
        return time;
    }

    /** From the machine: the timer went off. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void timerExpired() {
        long held = LOCK.acquireInHandler();
        armed = FOREVER;
        long now = Machine.get().nanoTime();
        for (KThread thread = SLEEPERS.first(); thread.isNonNull() && thread.getDeadline() <= now; thread = SLEEPERS.first()) {
            thread.setTimedOut(1);
            if (thread.getWaitingIn().isNonNull()) {
                Queues.remove(thread.getWaitingIn(), thread);
            }
            makeRunnable(thread, true);
        }
        if (!RUN.isEmpty() && now >= RUN.sliceEnd()) {
            preempt = true;
        }
        LOCK.release(held);
    }

    /** From the machine: all handlers of an interrupt have run. Chooses the context that it returns to. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void interruptEnds() {
        long held = LOCK.acquireInHandler();
        long now = Machine.get().nanoTime();
        KThread thread = RUN.current();
        if (preempt && !RUN.isIdle(thread)) {
            RUN.account(now);
            RUN.addPreempted(now);
            Machine.get().setCurrentContext(RUN.next(now).getContext());
        }
        preempt = false;
        arm(now);
        LOCK.release(held);
    }

    /** Sets the machine's timer for the next thing that is due, unless it goes off before that anyway. The lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void arm(long now) {
        long due = FOREVER;
        KThread sleeper = SLEEPERS.first();
        if (sleeper.isNonNull()) {
            due = sleeper.getDeadline();
        }
        if (!RUN.isEmpty() && !RUN.isIdle(RUN.current()) && RUN.sliceEnd() < due) {
            due = RUN.sliceEnd();
        }
        if (due < armed) {
            armed = due;
            Machine.get().setTimer(due > now ? due : now);
        }
    }
}
