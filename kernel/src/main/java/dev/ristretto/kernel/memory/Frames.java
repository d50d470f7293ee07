package dev.ristretto.kernel.memory;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.util.UnsignedUtils;
import dev.ristretto.kernel.lock.SpinLock;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/**
 * The free physical memory, as a binary buddy system: blocks of 2^order pages, each aligned to its size, split and merged with
 * their buddies (Knuth, TAOCP vol. 1 §2.5). Free blocks are chained through their own first words; one byte a page tells where
 * free blocks begin. Large blocks that stay free are given back to the machine, all but the page with those words.
 *
 * <p>All methods may be called from anywhere but interrupt handlers; sizes are in bytes.
 */
public final class Frames {
    /** Bytes in a page. */
    public static final int PAGE = 4096;
    private static final int PAGE_SHIFT = 12;
    /** Largest block: 1 GiB. */
    private static final int MAX_ORDER = 18;
    private static final int RANGES = 16;
    private static final byte NOT_FREE = 0;
    private static final long RESERVE = 1 << 20;
    /** Smallest block that is given back: 1 MiB. */
    private static final int GIVE_BACK_ORDER = 8;
    /** Words of a free block: its neighbours in the chain, and what the machine knows of it. */
    private static final int NEXT = 0;
    private static final int PREVIOUS = 8;
    private static final int AGE = 16;
    /** Ages: just freed, free at the last {@link #trim}, given back. */
    private static final long FRESH = 0;
    private static final long OLD = 1;
    private static final long GIVEN_BACK = 2;

    private static final SpinLock LOCK = new SpinLock();
    /** Head of the chain of free blocks for each order; 0 ends a chain. */
    private static final long[] FREE = new long[MAX_ORDER + 1];
    private static final long[] BEGIN = new long[RANGES];
    private static final long[] END = new long[RANGES];
    /** Address of the state bytes of each range: order + 1 at the first page of a free block, else {@link #NOT_FREE}. */
    private static final long[] STATES = new long[RANGES];
    private static int ranges;
    private static long freeBytes;
    private static long totalBytes;
    /** Kept for stacks that grow and for page tables, so that others run out of memory first, which they can report. */
    private static long reserve;

    private Frames() {
    }

    /** Adds a range of free memory. The state bytes take one page in 4096 of it. Only while booting. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void add(UnsignedWord begin, UnsignedWord end) {
        long pages = end.subtract(begin).rawValue() >>> PAGE_SHIFT;
        long stateBytes = pages + PAGE - 1 & -PAGE;
        if (ranges == RANGES || pages <= stateBytes >>> PAGE_SHIFT) {
            return;
        }
        Pointer states = (Pointer) begin;
        for (long i = 0; i < stateBytes && !Machine.get().memoryIsZeroed(); i += 8) {
            states.writeLong(Word.signed(i), 0);
        }
        BEGIN[ranges] = begin.rawValue();
        END[ranges] = end.rawValue();
        STATES[ranges] = states.rawValue();
        ranges++;
        totalBytes += end.subtract(begin).rawValue();
        reserve = totalBytes / 64 < RESERVE ? totalBytes / 64 : RESERVE;
        free(begin.add(Word.unsigned(stateBytes)), end.subtract(begin).subtract(Word.unsigned(stateBytes)));
    }

    /**
     * Takes contiguous memory; contents are undefined.
     *
     * @param bytes     positive; rounded up to pages
     * @param alignment power of two
     * @return its address, or zero if there is no such run
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static UnsignedWord allocate(UnsignedWord bytes, UnsignedWord alignment) {
        return allocate(bytes, alignment, false);
    }

    /** {@link #allocate(UnsignedWord, UnsignedWord)} for what cannot fail in order: may also take what is kept back for it. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static UnsignedWord allocateReserved(UnsignedWord bytes, UnsignedWord alignment) {
        return allocate(bytes, alignment, true);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static UnsignedWord allocate(UnsignedWord bytes, UnsignedWord alignment, boolean reserved) {
        UnsignedWord size = UnsignedUtils.roundUp(bytes, Word.unsigned(PAGE));
        if (size.equal(0)) {
            return size; // nothing, or more than there are addresses
        }
        int order = orderFor(UnsignedUtils.max(size, alignment));
        if (order > MAX_ORDER) {
            return allocateHuge(size);
        }
        long held = LOCK.acquire();
        long block = freeBytes - size.rawValue() < reserve && !reserved ? 0 : take(order);
        if (block != 0) {
            long excess = ((long) PAGE << order) - size.rawValue();
            freeBytes -= size.rawValue();
            if (excess > 0) {
                giveBack(block + size.rawValue(), excess);
            }
        }
        LOCK.release(held);
        return Word.unsigned(block);
    }

    /** More than the largest block: neighbouring free blocks of the largest order. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static UnsignedWord allocateHuge(UnsignedWord size) {
        long largest = (long) PAGE << MAX_ORDER;
        long held = LOCK.acquire();
        long found = 0;
        for (int range = 0; range < ranges && found == 0; range++) {
            long run = 0;
            for (long at = BEGIN[range] + largest - 1 & -largest; at + largest <= END[range]; at += largest) {
                run = isFree(range, at, MAX_ORDER) ? run + largest : 0;
                if (Word.unsigned(run).aboveOrEqual(size)) {
                    found = at + largest - run;
                    break;
                }
            }
            if (found != 0) {
                for (long at = found; at < found + run; at += largest) {
                    unlink(range, at, MAX_ORDER);
                }
                freeBytes -= size.rawValue();
                giveBack(found + size.rawValue(), run - size.rawValue());
            }
        }
        LOCK.release(held);
        return Word.unsigned(found);
    }

    /** Gives back memory: all of what {@link #allocate} gave, or any pages of it. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void free(UnsignedWord begin, UnsignedWord bytes) {
        UnsignedWord size = UnsignedUtils.roundUp(bytes, Word.unsigned(PAGE));
        long held = LOCK.acquire();
        freeBytes += size.rawValue();
        giveBack(begin.rawValue(), size.rawValue());
        LOCK.release(held);
    }

    /**
     * Lets the machine use large free blocks otherwise: those that were free at the last call already, or all.
     *
     * <p>Meant for the end of a collection. Memory that comes and goes between two of them stays, since giving back and getting again
     * costs more than it is worth.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void trim(boolean everything) {
        for (int order = GIVE_BACK_ORDER; order <= MAX_ORDER; order++) {
            boolean more = true;
            while (more) {
                // the lock is held for one block at a time, since giving back takes a while
                long held = LOCK.acquire();
                more = giveBackOne(order, everything ? FRESH : OLD);
                LOCK.release(held);
            }
            long held = LOCK.acquire();
            for (long block = FREE[order]; block != 0; block = Word.<Pointer> pointer(block).readLong(NEXT)) {
                Pointer p = Word.pointer(block);
                p.writeLong(AGE, p.readLong(AGE) == FRESH ? OLD : p.readLong(AGE));
            }
            LOCK.release(held);
        }
    }

    /** Gives back the first block of this order that is not given back yet and at least as old; false if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean giveBackOne(int order, long age) {
        for (long block = FREE[order]; block != 0; block = Word.<Pointer> pointer(block).readLong(NEXT)) {
            Pointer p = Word.pointer(block);
            if (p.readLong(AGE) >= age && p.readLong(AGE) != GIVEN_BACK) {
                Machine.get().giveBack(Word.unsigned(block + PAGE), Word.unsigned(((long) PAGE << order) - PAGE));
                p.writeLong(AGE, GIVEN_BACK);
                return true;
            }
        }
        return false;
    }

    /** Bytes that {@link #allocate} could give out, if fragmentation allowed. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static UnsignedWord freeBytes() {
        return Word.unsigned(freeBytes);
    }

    /** Bytes of all ranges that were added. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static UnsignedWord totalBytes() {
        return Word.unsigned(totalBytes);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int orderFor(UnsignedWord bytes) {
        return 64 - Long.numberOfLeadingZeros(bytes.rawValue() - 1 >>> PAGE_SHIFT);
    }

    /** A block of exactly this order, splitting a larger one; 0 if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static long take(int order) {
        int at = order;
        while (at <= MAX_ORDER && FREE[at] == 0) {
            at++;
        }
        if (at > MAX_ORDER) {
            return 0;
        }
        long block = FREE[at];
        int range = rangeOf(block);
        long age = Word.<Pointer> pointer(block).readLong(AGE);
        unlink(range, block, at);
        while (at > order) {
            at--;
            link(range, block + ((long) PAGE << at), at, age);
        }
        return block;
    }

    /** Frees a run of pages as the largest blocks it is made of. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void giveBack(long begin, long bytes) {
        long at = begin;
        long end = begin + bytes;
        while (at < end) {
            int order = Long.numberOfTrailingZeros(at >>> PAGE_SHIFT | 1L << MAX_ORDER);
            while (((long) PAGE << order) > end - at) {
                order--;
            }
            merge(at, order);
            at += (long) PAGE << order;
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void merge(long begin, int beginOrder) {
        long block = begin;
        int order = beginOrder;
        int range = rangeOf(block);
        while (order < MAX_ORDER) {
            long buddy = block ^ (long) PAGE << order;
            if (buddy < BEGIN[range] || buddy + ((long) PAGE << order) > END[range] || !isFree(range, buddy, order)) {
                break;
            }
            unlink(range, buddy, order);
            block = block < buddy ? block : buddy;
            order++;
        }
        link(range, block, order, FRESH);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int rangeOf(long address) {
        int range = 0;
        while (address < BEGIN[range] || address >= END[range]) {
            range++;
        }
        return range;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer state(int range, long block) {
        return Word.pointer(STATES[range] + (block - BEGIN[range] >>> PAGE_SHIFT));
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static boolean isFree(int range, long block, int order) {
        return state(range, block).readByte(0) == order + 1;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void link(int range, long block, int order, long age) {
        Pointer p = Word.pointer(block);
        long next = FREE[order];
        p.writeLong(NEXT, next);
        p.writeLong(PREVIOUS, 0);
        p.writeLong(AGE, age);
        if (next != 0) {
            Word.<Pointer> pointer(next).writeLong(PREVIOUS, block);
        }
        FREE[order] = block;
        state(range, block).writeByte(0, (byte) (order + 1));
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void unlink(int range, long block, int order) {
        Pointer p = Word.pointer(block);
        long next = p.readLong(NEXT);
        long previous = p.readLong(PREVIOUS);
        if (previous == 0) {
            FREE[order] = next;
        } else {
            Word.<Pointer> pointer(previous).writeLong(NEXT, next);
        }
        if (next != 0) {
            Word.<Pointer> pointer(next).writeLong(PREVIOUS, previous);
        }
        state(range, block).writeByte(0, NOT_FREE);
    }
}
