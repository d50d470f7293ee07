package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives out blocks and takes them back. A block that the last commit refers to and that is freed now can be given out only after the next
 * commit. Maps of groups are read when first needed and stay in memory: one byte for each eight blocks, 32 KiB for each GiB.
 * Guarded by {@link Volume#changes}.
 */
final class SpaceMap {
    /** A long run is looked for in this many groups before short ones will do. */
    private static final int PATIENCE = 4;
    private static final int LONG_RUN = 16;
    /** Blocks of content in runs of this length count as side by side. */
    private static final int LONGEST_RUN = Extent.MAXIMUM;
    private static final long NONE = -1;
    /** Nodes of the tree go round in so many blocks at the beginning at first. */
    private static final long FIRST_ROUND = 1024;

    private final BlockReader reader;
    private final List<Group> dirty = new ArrayList<>();
    private Group[] groups;
    private long blocks;
    private long[] selectors;
    private long available;
    private long locked;
    private long nodeCursor;
    /** Where nodes begin again, and how many have been given out since they last did. */
    private long round = FIRST_ROUND;
    private long inRound;
    private long dataCursor;
    private int runLength;
    /** Where the last commit freed content, and from where on that has not been given out again; or {@link #NONE}. */
    private long recycled = NONE;
    /** The end of the run of free blocks that {@link #recycled} is in. */
    private long recycledEnd;
    /** The first block of content freed since the last commit, or {@link #NONE}. */
    private long firstFreed = NONE;

    /** Makes the map that a superblock refers to; {@code free} blocks of it can be given out. */
    SpaceMap(BlockReader reader, long blocks, long free, long[] selectors) {
        this.reader = reader;
        this.blocks = blocks;
        this.selectors = selectors.clone();
        this.available = free;
        this.groups = new Group[groupsFor(blocks)];
        this.dataCursor = blocks / 16;
    }

    static int groupsFor(long blocks) {
        return (int) ((blocks + Group.BLOCKS - 1) / Group.BLOCKS);
    }

    /** Returns how many blocks of a volume of that size can ever be given out. */
    static long usable(long blocks) {
        return blocks - 2L * groupsFor(blocks) - Superblock.PLACES;
    }

    /** Returns the size of the largest volume on a device: a last group too small to be of use is left out. */
    static long volumeBlocks(long deviceBytes) {
        long blocks = Math.min(deviceBytes / Blocks.SIZE, (long) Superblock.MAXIMUM_GROUPS * Group.BLOCKS);
        long last = blocks % Group.BLOCKS;
        return blocks > Group.BLOCKS && last <= 8 ? blocks - last : blocks;
    }

    long blocks() {
        return blocks;
    }

    /** Returns how many blocks can be given out before the next commit. */
    long available() {
        return available;
    }

    /** Returns how many blocks the next commit will make available. */
    long locked() {
        return locked;
    }

    /** Returns how long the run is that was given out last. */
    int runLength() {
        return runLength;
    }

    /**
     * Gives out one block for a node of the tree: side by side, but round and round where nodes have been before, for the reason of
     * {@link #allocateData}. Where more than half was in use, the next round is twice as long.
     */
    long allocateNode() throws ErrnoException {
        if (nodeCursor >= round) {
            round = Math.min(inRound < round / 2 ? round * 2 : round, Math.max(blocks, FIRST_ROUND));
            inRound = 0;
            nodeCursor = 0;
        }
        long block = allocate(nodeCursor, 1);
        nodeCursor = block + 1;
        inRound++;
        return block;
    }

    /**
     * Gives out neighbouring blocks for content, from one up to {@code most}: {@link #runLength()} says how many. What the last commit freed
     * comes first, if all that is wanted now finds room there side by side: for a device whose storage grows as it is written, a block that
     * was written before is the cheapest, above all when it is flushed.
     *
     * @param wanted for how many blocks of content places are being looked for, these among them
     */
    long allocateData(int most, int wanted) throws ErrnoException {
        long block = recycle(most, wanted);
        if (block < 0) {
            block = allocate(dataCursor, most);
            dataCursor = block + runLength;
        }
        return block;
    }

    private long recycle(int most, int wanted) throws ErrnoException {
        if (recycled != NONE && recycled >= recycledEnd) {
            recycled = search(recycled, Math.min(wanted, LONGEST_RUN), 1);
            recycledEnd = recycled == NONE ? 0 : recycled + group(indexOf(recycled)).freeRun(bitOf(recycled));
        }
        if (recycled == NONE) {
            return NONE;
        }
        long block = search(recycled, 1, 0);
        if (block < recycled || block >= recycledEnd) { // a node of the tree went there
            recycled = NONE;
            return NONE;
        }
        take(block, most);
        recycled = block + runLength;
        return block;
    }

    private long allocate(long from, int most) throws ErrnoException {
        if (available > 0) {
            int least = Math.min(most, LONG_RUN);
            long block = search(from, least, Math.min(groups.length, PATIENCE));
            if (block < 0 && least > 1) {
                block = search(from, 1, groups.length);
            } else if (block < 0 && groups.length > PATIENCE) {
                block = search(from, 1, groups.length);
            }
            if (block >= 0) {
                take(block, most);
                return block;
            }
        }
        throw Errno.ENOSPC.exception();
    }

    private void take(long block, int most) throws ErrnoException {
        Group group = group(indexOf(block));
        mark(group);
        runLength = group.take(bitOf(block), most);
        available -= runLength;
    }

    private long search(long from, int least, int groupCount) throws ErrnoException {
        int first = from >= blocks ? 0 : indexOf(from);
        int bit = from >= blocks ? 0 : bitOf(from);
        // The group of the cursor comes twice: what is after the cursor first, all of it last.
        for (int i = 0; i <= groupCount; i++) {
            Group group = group((first + i) % groups.length);
            int found = group.available < least ? -1 : group.find(i == 0 ? bit : 0, least);
            if (found >= 0) {
                return (long) group.index * Group.BLOCKS + found;
            }
        }
        return -1;
    }

    /** Takes a block of content back. */
    void freeData(long block) throws ErrnoException {
        free(block);
        firstFreed = firstFreed == NONE ? block : Math.min(firstFreed, block);
    }

    /** Takes a block back. */
    void free(long block) throws ErrnoException {
        Blocks.require(block >= 0 && block < blocks && bitOf(block) >= Group.reserved(indexOf(block)));
        Group group = group(indexOf(block));
        Blocks.require(group.isUsed(bitOf(block)));
        mark(group);
        if (group.release(bitOf(block))) {
            available++;
        } else {
            locked++;
        }
    }

    boolean isUsed(long block) throws ErrnoException {
        return group(indexOf(block)).isUsed(bitOf(block));
    }

    private void mark(Group group) {
        if (!group.dirty) {
            group.dirty = true;
            dirty.add(group);
        }
    }

    private Group group(int index) throws ErrnoException {
        if (groups[index] == null) {
            byte[] block = reader.read(Group.mapBlock(index, selected(index)));
            groups[index] = Group.decode(block, index, lengthOf(index));
            Blocks.require(groups[index] != null);
        }
        return groups[index];
    }

    private int lengthOf(int index) {
        return (int) Math.min(Group.BLOCKS, blocks - (long) index * Group.BLOCKS);
    }

    private boolean selected(int index) {
        return (selectors[index >> 6] >>> index & 1) != 0;
    }

    /** Returns of how many groups the next commit has to write the map. */
    int dirtyGroups() {
        return dirty.size();
    }

    /** Adds what a commit has to write, and returns the selectors for its superblock. */
    long[] seal(long generation, List<BlockWrite> writes) {
        long[] next = selectors.clone();
        for (Group group : dirty) {
            next[group.index >> 6] ^= 1L << group.index;
            writes.add(BlockWrite.of(Group.mapBlock(group.index, !selected(group.index)), group.encode(generation)));
        }
        return next;
    }

    /** Returns how many groups there are. */
    int groupCount() {
        return groups.length;
    }

    /**
     * Returns runs of at least so many blocks of a group that can be given out, the first block and the length of each, if commits have freed
     * so many of its blocks since the last call. Those where nodes go round do not count, unless the volume is small: they are needed again soon.
     */
    List<long[]> runsFreed(int group, int least) {
        int from = group == 0 && blocks >= FIRST_ROUND * 16 ? (int) FIRST_ROUND : 0;
        return groups[group] == null ? List.of() : groups[group].runsFreed(from, least);
    }

    /** Notes that a commit with these selectors has happened. */
    void committed(long[] newSelectors) {
        selectors = newSelectors;
        for (Group group : dirty) {
            group.committed();
        }
        dirty.clear();
        available += locked;
        locked = 0;
        recycled = firstFreed;
        recycledEnd = 0;
        firstFreed = NONE;
    }

    /** Makes a new volume's groups known, with nothing in use but what is never given out. */
    void format() {
        for (int i = 0; i < groups.length; i++) {
            create(i);
        }
    }

    private void create(int index) {
        groups[index] = new Group(index, lengthOf(index));
        mark(groups[index]);
    }

    /** Adds blocks at the end. */
    void grow(long newBlocks) throws ErrnoException {
        int lastIndex = groups.length - 1;
        Group last = group(lastIndex);
        available += usable(newBlocks) - usable(blocks);
        blocks = newBlocks;
        groups = java.util.Arrays.copyOf(groups, groupsFor(newBlocks));
        last.resize(lengthOf(lastIndex));
        mark(last);
        for (int i = lastIndex + 1; i < groups.length; i++) {
            create(i);
        }
    }

    private static int indexOf(long block) {
        return (int) (block / Group.BLOCKS);
    }

    private static int bitOf(long block) {
        return (int) (block % Group.BLOCKS);
    }
}
