package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.MachineEvents;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * Which frame was mapped where: a tree of tables, one for each GiB and one for each 2 MiB of it, with a word for each page. An entry of
 * the middle level is either a table or, with {@link #LARGE} set, the frame of a large page.
 */
final class Mappings {
    static final long BEGIN = 1L << 44;
    static final long END = BEGIN + (8L << 40);
    /** A word for each GiB. */
    static final int ROOT_BYTES = 8 << 13;
    static final int PAGE = 4096;
    static final int LARGE_PAGE = 2 << 20;
    private static final int ENTRIES = 512;
    private static final long LARGE = 1;

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int root(long address) {
        return (int) (address - BEGIN >>> 30) * 8;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int middle(long address) {
        return (int) (address >>> 21 & ENTRIES - 1) * 8;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int leaf(long address) {
        return (int) (address >>> 12 & ENTRIES - 1) * 8;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static boolean inRange(long address) {
        return address >= BEGIN && address < END;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer newTable() {
        Pointer table = (Pointer) MachineEvents.get().allocateTables(PAGE);
        for (int i = 0; table.isNonNull() && i < PAGE; i += 8) {
            table.writeLong(i, 0);
        }
        return table;
    }

    /** Makes what {@link #put} needs for a range; false if there is no memory. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean prepare(long address, long frame, long bytes) {
        for (long at = address; at < address + bytes;) {
            Pointer root = Linked.MAPPINGS.get().add(root(at));
            if (root.readLong(0) == 0) {
                root.writeWord(0, newTable());
            }
            Pointer middle = root.readWord(0);
            if (middle.isNull()) {
                return false;
            }
            if (isLarge(at, frame + at - address, address + bytes - at)) {
                at += LARGE_PAGE;
                continue;
            }
            middle = middle.add(middle(at));
            if (middle.readLong(0) == 0) {
                middle.writeWord(0, newTable());
                if (middle.readLong(0) == 0) {
                    return false;
                }
            }
            at = (at & -LARGE_PAGE) + LARGE_PAGE;
        }
        return true;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static boolean isLarge(long address, long frame, long bytes) {
        return ((address | frame) & LARGE_PAGE - 1) == 0 && bytes >= LARGE_PAGE;
    }

    /** Notes that frames from {@code frame} on are mapped from {@code address} on, where nothing was. */
    @Uninterruptible(reason = KERNEL_CODE)
    void put(long address, long frame, long bytes) {
        for (long done = 0; done < bytes;) {
            Pointer middle = Linked.MAPPINGS.get().add(root(address + done)).<Pointer> readWord(0).add(middle(address + done));
            // a table that is there already, from smaller mappings before, is used
            if (middle.readLong(0) == 0 && isLarge(address + done, frame + done, bytes - done)) {
                middle.writeLong(0, frame + done | LARGE);
                done += LARGE_PAGE;
            } else if (isLarge(address + done, frame + done, bytes - done)) {
                for (int i = 0; i < ENTRIES; i++, done += PAGE) {
                    middle.<Pointer> readWord(0).writeLong(8 * i, frame + done);
                }
            } else {
                middle.<Pointer> readWord(0).writeLong(leaf(address + done), frame + done);
                done += PAGE;
            }
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer middleEntry(long address) {
        if (!inRange(address)) {
            return Word.nullPointer();
        }
        Pointer table = Linked.MAPPINGS.get().readWord(root(address));
        return table.isNull() ? table : table.add(middle(address));
    }

    /** The frame at a page's address, or 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    long get(long address) {
        Pointer middle = middleEntry(address);
        if (middle.isNull() || middle.readLong(0) == 0) {
            return 0;
        }
        long entry = middle.readLong(0);
        if ((entry & LARGE) != 0) {
            return (entry & ~LARGE) + (address & LARGE_PAGE - PAGE);
        }
        return Word.<Pointer> pointer(entry).readLong(leaf(address));
    }

    /** Forgets a page, and returns its frame, or 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    long remove(long address) {
        long frame = get(address);
        if (frame == 0) {
            return 0;
        }
        Pointer middle = middleEntry(address);
        long entry = middle.readLong(0);
        if ((entry & LARGE) != 0) {
            Pointer table = newTable();
            if (table.isNull()) {
                return 0; // the whole large page stays until it is removed as one
            }
            for (int i = 0; i < ENTRIES; i++) {
                table.writeLong(8 * i, (entry & ~LARGE) + (long) i * PAGE);
            }
            middle.writeWord(0, table);
        }
        middle.<Pointer> readWord(0).writeLong(leaf(address), 0);
        return frame;
    }

    /** Forgets a large page that was noted as one, and returns its frame, or 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    long removeLarge(long address) {
        Pointer middle = middleEntry(address);
        if (middle.isNull() || (middle.readLong(0) & LARGE) == 0) {
            return 0;
        }
        long frame = middle.readLong(0) & ~LARGE;
        middle.writeLong(0, 0);
        return frame;
    }
}
