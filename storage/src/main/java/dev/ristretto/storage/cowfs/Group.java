package dev.ristretto.storage.cowfs;

import java.nio.ByteBuffer;
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
        for (int i = 0; i < WORDS; i++) {
            view.putLong(HEADER + i * 8, used[i]);
        }
        return view.putInt(0, Blocks.checksum(block, 4, Blocks.SIZE - 4)).array();
    }

    private void count() {
        int taken = 0;
        for (int i = 0; i < length; i++) {
            taken += isTaken(i) ? 1 : 0;
        }
        available = length - taken;
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
        int run = 0;
        for (int bit = from; bit < length; bit++) {
            if ((bit & 63) == 0 && isFull(bit >> 6)) {
                run = 0;
                bit += 63;
            } else if (isTaken(bit)) {
                run = 0;
            } else if (++run == least) {
                return bit - least + 1;
            }
        }
        return -1;
    }

    private boolean isFull(int word) {
        return (used[word] | (locked == null ? 0 : locked[word])) == -1;
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

    /** Adds runs of blocks that were freed since the last commit and not given out again. */
    void addLockedRuns(List<long[]> runs) {
        for (int bit = 0; locked != null && bit < length; bit++) {
            if (get(locked, bit)) {
                int from = bit;
                while (bit < length && get(locked, bit)) {
                    bit++;
                }
                runs.add(new long[] {(long) index * BLOCKS + from, bit - from});
            }
        }
    }

    /** Notes that a commit has happened. */
    void committed() {
        dirty = false;
        fresh = null;
        if (locked != null) {
            for (long word : locked) {
                available += Long.bitCount(word);
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
