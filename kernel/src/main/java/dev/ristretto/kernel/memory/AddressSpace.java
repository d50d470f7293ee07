package dev.ristretto.kernel.memory;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.util.UnsignedUtils;
import dev.ristretto.kernel.lock.SpinLock;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/**
 * Addresses apart from memory: ranges are reserved, and pages of them committed, protected and uncommitted. A freed range is kept
 * for the next reservation of its size; there are 48 TiB of fresh addresses.
 *
 * <p>Callable from anywhere but interrupt handlers; {@link #commit} also from the page fault handler.
 */
public final class AddressSpace {
    /** A freed range: begin, size, next. */
    private static final int NODE = 24;
    /** Pages are mapped in runs of up to so many bytes: what a stack begins with. */
    private static final int RUN = 16 << 10;

    private static final SpinLock LOCK = new SpinLock();
    private static long fresh;
    private static long freed;

    private AddressSpace() {
    }

    /**
     * Reserves a range; touching it faults.
     *
     * @param bytes     positive, rounded up to pages
     * @param alignment power of two
     * @return its begin, or zero if there are no addresses left
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static UnsignedWord reserve(UnsignedWord bytes, UnsignedWord alignment) {
        UnsignedWord size = UnsignedUtils.roundUp(bytes, Word.unsigned(Frames.PAGE));
        UnsignedWord aligned = UnsignedUtils.max(alignment, Word.unsigned(Frames.PAGE));
        Pointer node = Word.nullPointer();
        long held = LOCK.acquire();
        long before = 0;
        for (long at = freed; at != 0; at = Word.<Pointer> pointer(at).readLong(16)) {
            Pointer candidate = Word.pointer(at);
            UnsignedWord begin = candidate.readWord(0);
            if (candidate.<UnsignedWord> readWord(8).equal(size) && UnsignedUtils.isAMultiple(begin, aligned)) {
                if (before == 0) {
                    freed = candidate.readLong(16);
                } else {
                    Word.<Pointer> pointer(before).writeLong(16, candidate.readLong(16));
                }
                node = candidate;
                break;
            }
            before = at;
        }
        UnsignedWord result = Word.zero();
        if (node.isNull()) {
            if (fresh == 0) {
                fresh = Machine.get().mappingBegin().rawValue();
            }
            UnsignedWord begin = UnsignedUtils.roundUp(Word.unsigned(fresh), aligned);
            UnsignedWord limit = Machine.get().mappingEnd();
            if (begin.belowThan(limit) && size.belowThan(limit.subtract(begin))) {
                // one page is left out after each range: running over an end faults
                fresh = begin.add(size).add(Frames.PAGE).rawValue();
                result = begin;
            }
        }
        LOCK.release(held);
        if (node.isNonNull()) {
            result = node.readWord(0);
            NativeHeap.free(node);
        }
        return result;
    }

    /** Gives a whole reserved range back, with the memory that is committed in it. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void free(UnsignedWord begin, UnsignedWord bytes) {
        uncommit(begin, bytes);
        release(begin, bytes);
    }

    /** Gives a whole reserved range back that no memory is committed in, however large it is. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void release(UnsignedWord begin, UnsignedWord bytes) {
        UnsignedWord size = UnsignedUtils.roundUp(bytes, Word.unsigned(Frames.PAGE));
        Pointer node = NativeHeap.allocate(Word.unsigned(NODE));
        if (node.isNonNull()) { // else the addresses are lost, which is cheap
            node.writeWord(0, begin);
            node.writeWord(8, size);
            long held = LOCK.acquire();
            node.writeLong(16, freed);
            freed = node.rawValue();
            LOCK.release(held);
        }
    }

    /**
     * Puts memory with undefined contents under every page of a range that has none, in large pages where they fit.
     *
     * @param access combination of the constants of {@link Machine}
     * @return false if there was not enough memory; what was committed until then stays
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean commit(UnsignedWord begin, UnsignedWord bytes, int access) {
        UnsignedWord end = UnsignedUtils.roundUp(begin.add(bytes), Word.unsigned(Frames.PAGE));
        UnsignedWord at = begin;
        Machine machine = Machine.get();
        while (at.belowThan(end)) {
            UnsignedWord step = Word.unsigned(Frames.PAGE);
            if (machine.frameAt(at).equal(0)) {
                UnsignedWord large = Word.unsigned(machine.largePageSize());
                if (UnsignedUtils.isAMultiple(at, large) && end.subtract(at).aboveOrEqual(large)) {
                    step = commitRun(at, large, large, access) ? large : step;
                }
                if (step.notEqual(large)) {
                    UnsignedWord several = emptyRun(at, end);
                    if (several.notEqual(step) && commitRun(at, several, step, access)) {
                        step = several;
                    } else if (!commitRun(at, step, step, access)) {
                        return false;
                    }
                }
            } else {
                machine.protect(at, step, access);
            }
            at = at.add(step);
        }
        return true;
    }

    /** {@link #commit(UnsignedWord, UnsignedWord, int)} for reading and writing, of pages that have no memory: all of it, or nothing. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean commit(UnsignedWord begin, UnsignedWord bytes) {
        boolean done = commit(begin, bytes, Machine.READ | Machine.WRITE);
        if (!done) {
            uncommit(begin, bytes);
        }
        return done;
    }

    /** Length of the run of pages from {@code at} on that have no memory, up to {@link #RUN}. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static UnsignedWord emptyRun(UnsignedWord at, UnsignedWord end) {
        UnsignedWord bytes = Word.unsigned(Frames.PAGE);
        while (bytes.belowThan(RUN) && at.add(bytes).belowThan(end) && Machine.get().frameAt(at.add(bytes)).equal(0)) {
            bytes = bytes.add(Frames.PAGE);
        }
        return bytes;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean commitRun(UnsignedWord at, UnsignedWord bytes, UnsignedWord alignment, int access) {
        UnsignedWord frame = Frames.allocate(bytes, alignment);
        if (frame.equal(0)) {
            return false;
        }
        if (!Machine.get().map(at, frame, bytes, access)) {
            Frames.free(frame, bytes);
            return false;
        }
        return true;
    }

    /** Takes the memory out from under a range; pages without are passed over. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void uncommit(UnsignedWord begin, UnsignedWord bytes) {
        UnsignedWord end = UnsignedUtils.roundUp(begin.add(bytes), Word.unsigned(Frames.PAGE));
        UnsignedWord large = Word.unsigned(Machine.get().largePageSize());
        UnsignedWord at = begin;
        while (at.belowThan(end)) {
            UnsignedWord step = large;
            UnsignedWord frame = Word.zero();
            if (UnsignedUtils.isAMultiple(at, large) && end.subtract(at).aboveOrEqual(large)) {
                frame = Machine.get().unmapLarge(at);
            }
            if (frame.equal(0)) {
                step = Word.unsigned(Frames.PAGE);
                frame = Machine.get().unmap(at);
            }
            if (frame.notEqual(0)) {
                Frames.free(frame, step);
            }
            at = at.add(step);
        }
    }

    /** Changes what may be done with the committed pages of a range. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void protect(UnsignedWord begin, UnsignedWord bytes, int access) {
        Machine.get().protect(begin, bytes, access);
    }
}
