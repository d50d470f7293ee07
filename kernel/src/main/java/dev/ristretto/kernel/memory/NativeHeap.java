package dev.ristretto.kernel.memory;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.UnmanagedMemoryUtil;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.util.UnsignedUtils;
import com.oracle.svm.core.util.VMError;
import dev.ristretto.kernel.lock.SpinLock;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/**
 * The {@code malloc} family. Small requests come from slabs, pages cut into blocks of one size; larger ones are runs of pages of
 * their own. Both kinds begin with a header in the page that the block begins in, so that a block leads to its header. An empty
 * slab's page and every freed run go back to {@link Frames} at once.
 *
 * <p>Blocks are aligned to 16 bytes. Callable from anywhere but interrupt handlers.
 */
public final class NativeHeap {
    private static final int HEADER = 64;
    /** Slabs hold blocks of these sizes; the largest fits three times. */
    private static final int[] SIZES = {16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 672, 1008, 1344};
    private static final int LARGEST = 1344;

    private static final long SLAB_MAGIC = 0x51AB_51AB_51AB_51ABL;
    private static final long RUN_MAGIC = 0x2157_2157_2157_2157L;
    /** Header of both kinds. */
    private static final int MAGIC = 0;
    /** Run: bytes of the run, header included. */
    private static final int RUN_BYTES = 8;
    /** Slab: index of its size; free blocks, chained; number of blocks in use; neighbours in the chain of slabs with free blocks. */
    private static final int SIZE_CLASS = 8;
    private static final int FREE_BLOCKS = 16;
    private static final int USED = 24;
    private static final int NEXT = 32;
    private static final int PREVIOUS = 40;

    private static final SpinLock LOCK = new SpinLock();
    /** For each size the slabs that have a free block. */
    private static final long[] PARTIAL = new long[SIZES.length];
    private static long usedBytes;

    private NativeHeap() {
    }

    /** At least {@code bytes} (0 counts as 1) of memory with undefined contents, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static Pointer allocate(UnsignedWord bytes) {
        if (bytes.aboveThan(LARGEST)) {
            return allocateRun(bytes);
        }
        int sizeClass = classFor((int) bytes.rawValue());
        long held = LOCK.acquire();
        if (PARTIAL[sizeClass] == 0) {
            LOCK.release(held);
            UnsignedWord page = Frames.allocate(Word.unsigned(Frames.PAGE), Word.unsigned(Frames.PAGE));
            if (page.equal(0)) {
                return Word.nullPointer();
            }
            held = LOCK.acquire();
            newSlab((Pointer) page, sizeClass);
        }
        Pointer slab = Word.pointer(PARTIAL[sizeClass]);
        Pointer block = slab.readWord(FREE_BLOCKS);
        slab.writeWord(FREE_BLOCKS, block.readWord(0));
        slab.writeLong(USED, slab.readLong(USED) + 1);
        if (slab.readLong(FREE_BLOCKS) == 0) {
            unlink(slab, sizeClass);
        }
        usedBytes += SIZES[sizeClass];
        LOCK.release(held);
        return block;
    }

    /** {@link #allocate}, zeroed. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static Pointer allocateZeroed(UnsignedWord bytes) {
        Pointer block = allocate(bytes);
        if (block.isNonNull()) {
            UnmanagedMemoryUtil.fill(block, bytes, (byte) 0);
        }
        return block;
    }

    /** Moves a block to one of another size, keeping contents; the old one stays valid if the result is null. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static Pointer reallocate(PointerBase old, UnsignedWord bytes) {
        if (old.isNull()) {
            return allocate(bytes);
        }
        UnsignedWord usable = usableSize((Pointer) old);
        if (bytes.belowOrEqual(usable) && bytes.aboveOrEqual(usable.unsignedShiftRight(1))) {
            return (Pointer) old;
        }
        Pointer block = allocate(bytes);
        if (block.isNonNull()) {
            UnmanagedMemoryUtil.copyForward((Pointer) old, block, UnsignedUtils.min(usable, bytes));
            free(old);
        }
        return block;
    }

    /** Gives a block back; null is allowed, anything else that was not allocated ends in a panic. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void free(PointerBase block) {
        if (block.isNull()) {
            return;
        }
        Pointer header = header((Pointer) block);
        if (header.readLong(MAGIC) == RUN_MAGIC) {
            UnsignedWord bytes = header.readWord(RUN_BYTES);
            header.writeLong(MAGIC, 0);
            long held = LOCK.acquire();
            usedBytes -= bytes.rawValue();
            LOCK.release(held);
            Frames.free((UnsignedWord) header, bytes);
            return;
        }
        VMError.guarantee(header.readLong(MAGIC) == SLAB_MAGIC, "free of native memory that is not allocated");
        freeInSlab(header, (Pointer) block);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void freeInSlab(Pointer slab, Pointer block) {
        int sizeClass = (int) slab.readLong(SIZE_CLASS);
        long held = LOCK.acquire();
        boolean wasFull = slab.readLong(FREE_BLOCKS) == 0;
        block.writeWord(0, slab.readWord(FREE_BLOCKS));
        slab.writeWord(FREE_BLOCKS, block);
        long used = slab.readLong(USED) - 1;
        slab.writeLong(USED, used);
        usedBytes -= SIZES[sizeClass];
        if (wasFull) {
            link(slab, sizeClass);
        }
        // the last slab of a size stays, so that a single block that comes and goes does not move a page each time
        boolean empty = used == 0 && (slab.readLong(NEXT) != 0 || slab.readLong(PREVIOUS) != 0);
        if (empty) {
            unlink(slab, sizeClass);
            slab.writeLong(MAGIC, 0);
        }
        LOCK.release(held);
        if (empty) {
            Frames.free((UnsignedWord) slab, Word.unsigned(Frames.PAGE));
        }
    }

    /** Bytes in allocated blocks, as their size classes or runs have them. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public static long usedBytes() {
        return usedBytes;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer header(Pointer block) {
        return (Pointer) block.and(Word.unsigned(-(long) Frames.PAGE));
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static UnsignedWord usableSize(Pointer block) {
        Pointer header = header(block);
        if (header.readLong(MAGIC) == RUN_MAGIC) {
            return header.<UnsignedWord> readWord(RUN_BYTES).subtract(HEADER);
        }
        VMError.guarantee(header.readLong(MAGIC) == SLAB_MAGIC, "reallocation of native memory that is not allocated");
        return Word.unsigned(SIZES[(int) header.readLong(SIZE_CLASS)]);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer allocateRun(UnsignedWord bytes) {
        UnsignedWord size = UnsignedUtils.roundUp(bytes.add(HEADER), Word.unsigned(Frames.PAGE));
        if (size.belowThan(bytes)) {
            return Word.nullPointer(); // wrapped around
        }
        Pointer run = (Pointer) Frames.allocate(size, Word.unsigned(Frames.PAGE));
        if (run.isNull()) {
            return Word.nullPointer();
        }
        run.writeLong(MAGIC, RUN_MAGIC);
        run.writeWord(RUN_BYTES, size);
        long held = LOCK.acquire();
        usedBytes += size.rawValue();
        LOCK.release(held);
        return run.add(HEADER);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int classFor(int bytes) {
        int sizeClass = 0;
        while (SIZES[sizeClass] < bytes) {
            sizeClass++;
        }
        return sizeClass;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void newSlab(Pointer page, int sizeClass) {
        page.writeLong(MAGIC, SLAB_MAGIC);
        page.writeLong(SIZE_CLASS, sizeClass);
        page.writeLong(USED, 0);
        long chain = 0;
        int size = SIZES[sizeClass];
        for (int at = HEADER + (Frames.PAGE - HEADER) / size * size - size; at >= HEADER; at -= size) {
            page.writeLong(at, chain);
            chain = page.rawValue() + at;
        }
        page.writeLong(FREE_BLOCKS, chain);
        link(page, sizeClass);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void link(Pointer slab, int sizeClass) {
        long next = PARTIAL[sizeClass];
        slab.writeLong(NEXT, next);
        slab.writeLong(PREVIOUS, 0);
        if (next != 0) {
            Word.<Pointer> pointer(next).writeLong(PREVIOUS, slab.rawValue());
        }
        PARTIAL[sizeClass] = slab.rawValue();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void unlink(Pointer slab, int sizeClass) {
        long next = slab.readLong(NEXT);
        long previous = slab.readLong(PREVIOUS);
        if (previous == 0) {
            PARTIAL[sizeClass] = next;
        } else {
            Word.<Pointer> pointer(previous).writeLong(NEXT, next);
        }
        if (next != 0) {
            Word.<Pointer> pointer(next).writeLong(PREVIOUS, previous);
        }
        slab.writeLong(NEXT, 0);
        slab.writeLong(PREVIOUS, 0);
    }
}
