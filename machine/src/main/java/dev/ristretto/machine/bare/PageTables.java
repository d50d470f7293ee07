package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import com.oracle.svm.core.util.UnsignedUtils;
import dev.ristretto.machine.Machine;
import dev.ristretto.machine.MachineEvents;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/**
 * Four-level page tables (SDM vol. 3 §5.5). The linker made tables that map the first 4 GiB to themselves; this class maps memory
 * beyond, and other addresses on request.
 *
 * <p>Tables are never writable through any mapping: the pages that hold them are read-only, and a change switches off CR0.WP,
 * with interrupts disabled, for the few stores it takes. A stray or hostile store to a table faults.
 */
final class PageTables {
    static final int PAGE = 4096;
    private static final long LARGE = 2 << 20;
    private static final int ENTRIES = 512;

    private static final long PRESENT = 1;
    private static final long WRITABLE = 1 << 1;
    private static final long UNCACHED = 1 << 3 | 1 << 4;
    /** In a page directory: the entry maps 2 MiB and is no pointer to a table. */
    private static final long LARGE_PAGE = 1 << 7;
    private static final long NO_EXECUTE = 1L << 63;
    private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;
    private static final long WRITE_PROTECT = 1 << 16;

    /** Tables are taken from the kernel so many bytes at a time: 16 tables, which share one range to protect. */
    private static final int TABLE_CHUNK = 16 * PAGE;
    /** Kept for splitting the large page that holds the next chunk: without a table in hand that could not be protected. */
    private static final int RESERVE = 2;

    /** Touched before tables are opened, so that no page fault, which would open them again, comes in the middle. */
    private static final int STACK_NEEDED = 8192;

    private long nextTable;
    /** Tables that were given back, chained through their first entries. */
    private long recycled;
    private int tablesLeft;
    private int openings;
    private long flagsBefore;

    /** Maps memory from 4 GiB to {@code top} to itself; below, the linker's tables do. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean mapAbove4GiB(UnsignedWord top) {
        long begin = 4L << 30;
        if (top.belowOrEqual(Word.unsigned(begin))) {
            return true;
        }
        UnsignedWord end = UnsignedUtils.roundUp(top, Word.unsigned(LARGE));
        return map(Word.unsigned(begin), Word.unsigned(begin), end.subtract(Word.unsigned(begin)), Machine.READ | Machine.WRITE);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access) {
        open();
        boolean mapped = mapOpen(address, frame, bytes, access);
        close();
        return mapped;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private boolean mapOpen(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access) {
        UnsignedWord done = Word.zero();
        while (done.belowThan(bytes)) {
            UnsignedWord at = address.add(done);
            UnsignedWord from = frame.add(done);
            boolean large = at.or(from).and(Word.unsigned(LARGE - 1)).equal(0)
                && bytes.subtract(done).aboveOrEqual(Word.unsigned(LARGE));
            Pointer entry = find(at, large ? 2 : 1, true);
            if (entry.isNull()) {
                for (UnsignedWord back = Word.zero(); back.belowThan(done); back = back.add(PAGE)) {
                    unmap(address.add(back));
                }
                return false;
            }
            long old = entry.readLong(0);
            store(entry, from.rawValue() | flags(access) | (large ? LARGE_PAGE : 0));
            if (old != 0) {
                Cpu.invalidatePage(at); // the CPU may remember the way through a table that is no more
                if (large && (old & (PRESENT | LARGE_PAGE)) == PRESENT) {
                    recycle(old & FRAME_MASK);
                }
            }
            done = done.add(Word.unsigned(large ? LARGE : PAGE));
        }
        return true;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmap(UnsignedWord address) {
        open();
        Pointer entry = leaf(address, true);
        long before = entry.isNull() ? 0 : entry.readLong(0);
        if (before != 0) {
            store(entry, 0);
            Cpu.invalidatePage(address);
        }
        close();
        return Word.unsigned(before & FRAME_MASK);
    }

    /** Removes a whole large page and returns its frame, or zero if none begins at {@code address}. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmapLarge(UnsignedWord address) {
        open();
        Pointer entry = find(address, 2, false);
        long value = entry.isNull() ? 0 : entry.readLong(0);
        boolean large = (value & (PRESENT | LARGE_PAGE)) == (PRESENT | LARGE_PAGE);
        if (large) {
            store(entry, 0);
            Cpu.invalidatePage(address);
        }
        close();
        return Word.unsigned(large ? value & FRAME_MASK & -LARGE : 0);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord frameAt(UnsignedWord address) {
        Pointer entry = leaf(address, false);
        if (entry.isNull()) {
            return Word.zero();
        }
        long value = entry.readLong(0);
        if ((value & LARGE_PAGE) != 0) {
            return Word.unsigned(value & FRAME_MASK & -LARGE).add(address.and(Word.unsigned(LARGE - 1)).and(Word.unsigned(-(long) PAGE)));
        }
        return Word.unsigned(value & FRAME_MASK);
    }

    /** Keeps the frame of a page that is made inaccessible, so that access can be given back. */
    @Uninterruptible(reason = KERNEL_CODE)
    void protect(UnsignedWord address, UnsignedWord bytes, int access) {
        open();
        for (UnsignedWord done = Word.zero(); done.belowThan(bytes); done = done.add(PAGE)) {
            UnsignedWord at = address.add(done);
            Pointer entry = leaf(at, true);
            if (entry.isNonNull() && (entry.readLong(0) & FRAME_MASK) != 0) {
                store(entry, entry.readLong(0) & FRAME_MASK | flags(access));
                Cpu.invalidatePage(at);
            }
        }
        close();
    }

    /** {@link #map} for the registers of a device: page by page, uncached. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean mapRegisters(UnsignedWord address, UnsignedWord physical, UnsignedWord bytes) {
        if (!map(address, physical, bytes, Machine.READ | Machine.WRITE)) {
            return false;
        }
        for (UnsignedWord done = Word.zero(); done.belowThan(bytes); done = done.add(PAGE)) {
            uncached(address.add(done));
        }
        return true;
    }

    /** Makes the pages of a device's registers uncached (SDM vol. 3 §13.12.2.2). */
    @Uninterruptible(reason = KERNEL_CODE)
    void uncached(UnsignedWord address) {
        open();
        Pointer entry = leaf(address, true);
        if (entry.isNonNull()) {
            store(entry, entry.readLong(0) | UNCACHED);
            Cpu.invalidatePage(address);
        }
        close();
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static long flags(int access) {
        if (access == 0) {
            return 0;
        }
        return PRESENT | ((access & Machine.WRITE) != 0 ? WRITABLE : 0) | ((access & Machine.EXECUTE) != 0 ? 0 : NO_EXECUTE);
    }

    /** The entry for one 4 KiB page, splitting a large page if {@code split}; null if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    private Pointer leaf(UnsignedWord address, boolean split) {
        Pointer directoryEntry = find(address, 2, false);
        if (directoryEntry.isNull()) {
            return Word.nullPointer();
        }
        long value = directoryEntry.readLong(0);
        if ((value & LARGE_PAGE) != 0) {
            if (!split) {
                return directoryEntry;
            }
            if (!split(directoryEntry, value, address)) {
                return Word.nullPointer();
            }
        } else if ((value & PRESENT) == 0) {
            return Word.nullPointer();
        }
        return find(address, 1, false);
    }

    /** Replaces an entry that maps 2 MiB by a table of 512 that map the same. */
    @Uninterruptible(reason = KERNEL_CODE)
    private boolean split(Pointer directoryEntry, long value, UnsignedWord address) {
        Pointer table = takeTable();
        if (table.isNull()) {
            return false;
        }
        long small = value & ~LARGE_PAGE & ~(FRAME_MASK & (LARGE - 1));
        for (int i = 0; i < ENTRIES; i++) {
            store(table.add(i * 8), small + (long) i * PAGE);
        }
        store(directoryEntry, table.rawValue() | PRESENT | WRITABLE);
        Cpu.invalidatePage(address);
        return true;
    }

    /**
     * The entry for {@code address} at a level: 1 page table, 2 page directory.
     *
     * @param create make missing tables on the way; false returns null where one is missing
     */
    @Uninterruptible(reason = KERNEL_CODE)
    private Pointer find(UnsignedWord address, int level, boolean create) {
        Pointer table = Linked.PML4.get();
        for (int at = 4; at > level; at--) {
            Pointer entry = table.add(index(address, at));
            long value = entry.readLong(0);
            if ((value & PRESENT) == 0) {
                if (!create) {
                    return Word.nullPointer();
                }
                Pointer below = takeTable();
                if (below.isNull()) {
                    return Word.nullPointer();
                }
                value = below.rawValue() | PRESENT | WRITABLE;
                store(entry, value);
            }
            table = Word.pointer(value & FRAME_MASK);
        }
        return table.add(index(address, level));
    }

    /** Byte offset in a table of the entry for {@code address}: nine bits of it for each level. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int index(UnsignedWord address, int level) {
        return (int) (address.rawValue() >>> 12 + 9 * (level - 1) & ENTRIES - 1) * 8;
    }

    /** A zeroed page for a table, already read-only; null when memory is exhausted. */
    @Uninterruptible(reason = KERNEL_CODE)
    private Pointer takeTable() {
        if (recycled != 0) {
            Pointer table = Word.pointer(recycled);
            recycled = table.readLong(0);
            store(table, 0);
            return table;
        }
        if (tablesLeft <= RESERVE) {
            refill();
        }
        if (tablesLeft == 0) {
            return Word.nullPointer();
        }
        Pointer table = Word.pointer(nextTable);
        nextTable += PAGE;
        tablesLeft--;
        return table;
    }

    /** Keeps a table, all of whose entries are zero, for the next time one is wanted. The tables are open. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void recycle(long table) {
        store(Word.pointer(table), recycled);
        recycled = table;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void refill() {
        UnsignedWord chunk = MachineEvents.get().allocateTables(TABLE_CHUNK);
        if (chunk.equal(0)) {
            return;
        }
        for (int i = 0; i < TABLE_CHUNK; i += 8) {
            ((Pointer) chunk).writeLong(i, 0);
        }
        while (tablesLeft > 0) {
            recycle(nextTable);
            nextTable += PAGE;
            tablesLeft--;
        }
        nextTable = chunk.rawValue();
        tablesLeft = TABLE_CHUNK / PAGE;
        // The chunk's own large page is split with a table out of the chunk; above 4 GiB it may not be mapped yet, but memory
        // up there is mapped before it is handed out.
        protect(chunk, Word.unsigned(TABLE_CHUNK), Machine.READ);
    }

    /** Opens the tables for writing by the code that follows; nests, and is to be closed soon: interrupts are off meanwhile. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void open() {
        Pointer stack = KnownIntrinsics.readStackPointer();
        stack.subtract(PAGE).writeByte(0, (byte) 0);
        stack.subtract(STACK_NEEDED).writeByte(0, (byte) 0);
        long flags = Cpu.disableInterrupts();
        if (openings++ == 0) {
            flagsBefore = flags;
            Cpu.writeCr0(Cpu.readCr0() & ~WRITE_PROTECT);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void close() {
        if (--openings == 0) {
            Cpu.writeCr0(Cpu.readCr0() | WRITE_PROTECT);
            Cpu.restoreInterrupts(flagsBefore);
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static void store(Pointer entry, long value) {
        entry.writeLong(0, value);
    }
}
