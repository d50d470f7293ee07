package dev.ristretto.kernel.thread;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.util.UnsignedUtils;
import dev.ristretto.kernel.memory.AddressSpace;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.kernel.memory.NativeHeap;
import dev.ristretto.kernel.panic.Panic;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/** Birth, stacks and end of threads. */
public final class Threads {
    /** Stack of a thread that asks for no particular size: what HotSpot gives on Linux. */
    public static final long DEFAULT_STACK = 1 << 20;
    /** Smallest stack: SubstrateVM's guard zones, and something to work with. */
    private static final long MINIMUM_STACK = 128 << 10;
    /** Memory that a stack has from the start; more comes as it is touched. */
    private static final long INITIAL_STACK = 16 << 10;
    private static final int CONTEXT_ALIGNMENT = 64;

    private static final CGlobalData<KThread> BOOT = CGlobalDataFactory.createBytes(() -> SizeOf.get(KThread.class));

    private static KThread all;
    private static int count;
    /** Threads that the sleepers have room for: those that are counted and those that are being made. */
    private static int rooms;
    private static long lastId;

    private Threads() {
    }

    /** Makes what runs now a thread: it becomes the idle thread. Once, when there is a native heap. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void start() {
        KThread boot = BOOT.get();
        boot.setContext(Machine.get().bootContext());
        boot.setSleeperIndex(-1);
        boot.setState(KThread.RUNNING);
        Scheduler.start(boot);
    }

    /**
     * Starts a thread.
     *
     * @param function  {@code long function(long argument)}, C calling convention
     * @param stackSize bytes, or 0 for {@link #DEFAULT_STACK}; rounded up to pages and to the smallest allowed
     * @return the thread, to be given to {@link #join} once, or null if memory is short
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static KThread start(WordBase function, WordBase argument, UnsignedWord stackSize) {
        UnsignedWord size = stackSize.equal(0) ? Word.unsigned(DEFAULT_STACK) : UnsignedUtils.max(stackSize, Word.unsigned(MINIMUM_STACK));
        size = UnsignedUtils.roundUp(size, Word.unsigned(Frames.PAGE)).add(Frames.PAGE); // and a guard page
        KThread thread = allocate(size);
        if (thread.isNull()) {
            return thread;
        }
        Machine.get().prepareContext(thread.getContext(), thread.getStackEnd(), function, argument);
        long held = Scheduler.LOCK.acquire();
        thread.setId(++lastId);
        thread.setNextOfAll(all);
        all = thread;
        count++;
        Scheduler.add(thread);
        Scheduler.LOCK.release(held);
        return thread;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static KThread allocate(UnsignedWord stackSize) {
        if (!roomToSleep()) {
            return Word.nullPointer();
        }
        int contextSize = Machine.get().contextSize();
        KThread thread = (KThread) NativeHeap.allocateZeroed(SizeOf.unsigned(KThread.class));
        if (thread.isNull()) {
            giveUpRoom();
            return thread;
        }
        thread.setSleeperIndex(-1);
        thread.setPriority(5);
        // the context follows its own malloc block's begin at the next multiple of 64
        Pointer block = NativeHeap.allocate(Word.unsigned(contextSize + CONTEXT_ALIGNMENT));
        WaitQueue joiners = (WaitQueue) NativeHeap.allocateZeroed(SizeOf.unsigned(WaitQueue.class));
        UnsignedWord begin = AddressSpace.reserve(stackSize, Word.unsigned(Frames.PAGE));
        UnsignedWord end = begin.add(stackSize);
        thread.setContextBlock(block);
        thread.setJoiners(joiners);
        thread.setStackBegin(begin);
        thread.setStackEnd(end);
        boolean complete = block.isNonNull() && joiners.isNonNull() && begin.notEqual(0)
            && AddressSpace.commit(end.subtract(Word.unsigned(INITIAL_STACK)), Word.unsigned(INITIAL_STACK), Machine.READ | Machine.WRITE);
        if (!complete) {
            giveUpRoom();
            release(thread);
            return Word.nullPointer();
        }
        thread.setContext((Pointer) UnsignedUtils.roundUp((UnsignedWord) block, Word.unsigned(CONTEXT_ALIGNMENT)));
        return thread;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void giveUpRoom() {
        long held = Scheduler.LOCK.acquire();
        rooms--;
        Scheduler.LOCK.release(held);
    }

    /** Makes room for one more sleeper. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean roomToSleep() {
        while (true) {
            long held = Scheduler.LOCK.acquire();
            int needed = rooms + 1;
            boolean fits = Scheduler.sleepers().fits(needed);
            if (fits) {
                rooms = needed;
            }
            Scheduler.LOCK.release(held);
            if (fits) {
                return true;
            }
            int slots = 2 * needed + 14;
            Pointer larger = NativeHeap.allocate(Word.unsigned(8L * slots));
            if (larger.isNull()) {
                return false;
            }
            held = Scheduler.LOCK.acquire();
            Pointer old = Scheduler.sleepers().fits(slots) ? larger : Scheduler.sleepers().adopt(larger, slots);
            Scheduler.LOCK.release(held);
            NativeHeap.free(old);
        }
    }

    /** From the machine: a new thread's first act. Interrupts are disabled, no lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void begins() {
        Machine.get().restoreInterrupts(Machine.get().interruptsEnabled());
    }

    /** From the machine: a thread's function returned. Does not return. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void ends(long result) {
        Scheduler.LOCK.acquire();
        KThread thread = Scheduler.current();
        thread.setResult(result);
        thread.setState(KThread.DEAD);
        while (Scheduler.wakeOne(thread.getJoiners(), false)) {
            continue;
        }
        Scheduler.switchAway();
    }

    /** Waits for the end of {@code thread}, which is gone afterwards, and returns its result. Only once for each thread. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static long join(KThread thread) {
        long held = Scheduler.LOCK.acquire();
        while (thread.getState() != KThread.DEAD) {
            Scheduler.block(thread.getJoiners(), Scheduler.FOREVER);
        }
        long result = thread.getResult();
        KThread before = Word.nullPointer();
        for (KThread at = all; at.notEqual(thread); at = at.getNextOfAll()) {
            before = at;
        }
        if (before.isNull()) {
            all = thread.getNextOfAll();
        } else {
            before.setNextOfAll(thread.getNextOfAll());
        }
        count--;
        rooms--;
        Scheduler.LOCK.release(held);
        release(thread);
        return result;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void release(KThread thread) {
        if (thread.getStackBegin().notEqual(0)) {
            AddressSpace.free(thread.getStackBegin(), thread.getStackEnd().subtract(thread.getStackBegin()));
        }
        NativeHeap.free(thread.getContextBlock());
        NativeHeap.free(thread.getJoiners());
        NativeHeap.free(thread.getLocals());
        NativeHeap.free(thread.getName());
        NativeHeap.free(thread);
    }

    /**
     * From the machine: gives the stack page at {@code address} memory if the address is in the running thread's stack and not in
     * its guard page.
     *
     * @return true if the access may be repeated
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean growStack(UnsignedWord address) {
        KThread thread = Scheduler.current();
        if (thread.isNull() || address.belowThan(thread.getStackBegin().add(Frames.PAGE)) || address.aboveOrEqual(thread.getStackEnd())) {
            return false;
        }
        UnsignedWord page = UnsignedUtils.roundDown(address, Word.unsigned(Frames.PAGE));
        if (Machine.get().frameAt(page).notEqual(0)) {
            return false; // the fault has another reason
        }
        UnsignedWord frame = Frames.allocateReserved(Word.unsigned(Frames.PAGE), Word.unsigned(Frames.PAGE));
        if (frame.equal(0) || !Machine.get().map(page, frame, Word.unsigned(Frames.PAGE), Machine.READ | Machine.WRITE)) {
            Panic.panic("no memory is left for a thread's stack", "give the machine more memory (ristretto run --memory), or threads less.");
        }
        return true;
    }

    /** True if {@code address} is in the guard page of the running thread's stack. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean isStackGuard(UnsignedWord address) {
        KThread thread = Scheduler.current();
        return thread.isNonNull() && address.aboveOrEqual(thread.getStackBegin())
            && address.belowThan(thread.getStackBegin().add(Frames.PAGE)) && thread.getStackBegin().notEqual(0);
    }

    /** Number of threads that are started and not joined. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static int count() {
        return count;
    }
}
