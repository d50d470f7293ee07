package dev.ristretto.storage.cowfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of {@value #BLOCKS} neighbouring blocks are in use. Its first two blocks (after the superblocks in the first group) hold two copies of
 * this map, of which commits replace the one that does not count yet.
 */
final class Group {
    private static final int HEADER = 16;
    private static final int WORDS = (Blocks.SIZE - HEADER) / 8;
    /** Blocks per group: one bit for each in a block. */
    static final int BLOCKS = WORDS * 64;

    final int index;
    /** How many blocks at the beginning exist; fewer in the last group only. */
    int length;
    boolean dirty;
    /** Blocks that can be given out now. */
    int available;

    /** Blocks that commits have freed since somebody asked for {@link #runsFreed}. */
    private int freed;
    private final long[] used = new long[WORDS];
    /** Freed since the last commit, which still refers to them; null if there are none. */
    private long[] locked;
    /** Given out since the last commit, so that nothing durable refers to them; null if there are none. */
    private long[] fresh;

    Group(int index, int length) {
        this.index = index;
        this.length = length;
        for (int i = 0; i < reserved(index); i++) {
            set(used, i, true);
        }
        available = length - reserved(index);
    }

    /** Returns how many blocks at the beginning of a group are never given out. */
    static int reserved(int group) {
        return group == 0 ? Superblock.PLACES + 2 : 2;
    }

    /** Returns where a copy of a group's map is. */
    static long mapBlock(int group, boolean second) {
        return (long) group * BLOCKS + reserved(group) - (second ? 1 : 2);
    }

    /** Returns the group that a block says it is the map of, or null if the block is not what was written. */
    static Group decode(byte[] block, int index, int length) {
        ByteBuffer view = Blocks.view(block);
        if (view.getInt(0) != Blocks.checksum(block, 4, Blocks.SIZE - 4) || view.getInt(4) != index) {
            return null;
        }
        Group group = new Group(index, length);
        for (int i = 0; i < WORDS; i++) {
            group.used[i] |= view.getLong(HEADER + i * 8);
        }
        group.count();
        return group;
    }

    byte[] encode(long generation) {
        byte[] block = new byte[Blocks.SIZE];
        ByteBuffer view = Blocks.view(block);
        view.putInt(4, index).putLong(8, generation);
        view.position(HEADER).asLongBuffer().put(used);
        return view.putInt(0, Blocks.checksum(block, 4, Blocks.SIZE - 4)).array();
    }

    private void count() {
        available = 0;
        for (int from = nextFree(0); from < length; from = nextFree(from)) {
            int end = nextTaken(from, length);
            available += end - from;
            from = end;
        }
    }

    /** Changes how many blocks exist. */
    void resize(int newLength) {
        length = newLength;
        count();
    }

    boolean isUsed(int bit) {
        return get(used, bit);
    }

    boolean isFresh(int bit) {
        return fresh != null && get(fresh, bit);
    }

    private boolean isTaken(int bit) {
        return get(used, bit) || locked != null && get(locked, bit);
    }

    /** Returns the first of a run of blocks that can be given out, at least {@code least} long, from a bit on; -1 if there is none. */
    int find(int from, int least) {
        for (int begin = nextFree(from); begin <= length - least;) {
            int end = nextTaken(begin, begin + least);
            if (end - begin == least) {
                return begin;
            }
            begin = nextFree(end);
        }
        return -1;
    }

    /** Returns the first bit from one on that can be given out; at least {@link #length} if there is none. */
    private int nextFree(int from) {
        long skipped = (1L << from) - 1;
        for (int word = from >> 6; word < WORDS; word++) {
            long taken = taken(word) | skipped;
            if (taken != -1) {
                return (word << 6) + Long.numberOfTrailingZeros(~taken);
            }
            skipped = 0;
        }
        return BLOCKS;
    }

    /** Returns the first bit from one on that cannot be given out, or {@code most} if there is none before that. */
    private int nextTaken(int from, int most) {
        long skipped = (1L << from) - 1;
        for (int word = from >> 6; word << 6 < most; word++) {
            long taken = taken(word) & ~skipped;
            if (taken != 0) {
                return Math.min(most, (word << 6) + Long.numberOfTrailingZeros(taken));
            }
            skipped = 0;
        }
        return most;
    }

    /** Returns how many blocks from one on can be given out, until one that cannot. */
    int freeRun(int from) {
        return nextTaken(from, length) - from;
    }

    private long taken(int word) {
        return used[word] | (locked == null ? 0 : locked[word]);
    }

    /** Gives out a run of blocks, and returns how many: up to {@code most}, from a bit that can be given out on. */
    int take(int from, int most) {
        if (fresh == null) {
            fresh = new long[WORDS];
        }
        int bit = from;
        while (bit < length && bit - from < most && !isTaken(bit)) {
            set(used, bit, true);
            set(fresh, bit, true);
            bit++;
        }
        available -= bit - from;
        dirty = true;
        return bit - from;
    }

    /** Takes a block back, and returns whether it can be given out again at once. */
    boolean release(int bit) {
        set(used, bit, false);
        dirty = true;
        if (isFresh(bit)) {
            set(fresh, bit, false);
            available++;
            return true;
        }
        if (locked == null) {
            locked = new long[WORDS];
        }
        set(locked, bit, true);
        return false;
    }

    /**
     * Returns the runs of at least so many blocks from a bit on that can be given out, the first block and the length of each, if so many have
     * been freed since the last call; else none.
     */
    List<long[]> runsFreed(int from, int least) {
        List<long[]> runs = new ArrayList<>();
        if (freed >= least) {
            freed = 0;
            for (int begin = find(from, least); begin >= 0;) {
                int end = nextTaken(begin, length);
                runs.add(new long[] {(long) index * BLOCKS + begin, end - begin});
                begin = find(end, least);
            }
        }
        return runs;
    }

    /** Notes that a commit has happened. */
    void committed() {
        dirty = false;
        fresh = null;
        if (locked != null) {
            for (long word : locked) {
                int count = Long.bitCount(word);
                available += count;
                freed += count;
            }
            locked = null;
        }
    }

    private static boolean get(long[] bits, int bit) {
        return (bits[bit >> 6] >>> bit & 1) != 0;
    }

    private static void set(long[] bits, int bit, boolean value) {
        if (value) {
            bits[bit >> 6] |= 1L << bit;
        } else {
            bits[bit >> 6] &= ~(1L << bit);
        }
    }
}
