package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/**
 * Finds blocks as ext2 and ext3 keep them: the first twelve by their numbers in the inode; the others by blocks full of numbers, over one, two
 * and three levels. Number 0 is a hole. These blocks have no checksums.
 */
final class BlockTree {
    private static final int DIRECT = 12;
    private static final int LEVELS = 3;
    private static final int NUMBER = 4;

    private final Blocks blocks;
    private final long perBlock;

    BlockTree(Blocks blocks) {
        this.blocks = blocks;
        this.perBlock = blocks.size() / NUMBER;
    }

    BlockMap.Run find(Inode inode, long index, long wanted) throws ErrnoException {
        if (index < DIRECT) {
            return run(inode.map, (int) index, DIRECT, wanted);
        }
        long rest = index - DIRECT;
        long covered = perBlock;
        for (int level = 1; level <= LEVELS; level++) {
            if (rest < covered) {
                return descend(number(inode.map, DIRECT + level - 1), rest, covered, wanted);
            }
            rest -= covered;
            covered *= perBlock;
        }
        return new BlockMap.Run(0, BlockMap.MOST - index);
    }

    /** @param covered how many blocks of the file are below that block */
    private BlockMap.Run descend(long top, long offset, long covered, long wanted) throws ErrnoException {
        long block = top;
        long rest = offset;
        long below = covered;
        while (block != 0) {
            ByteBuffer numbers = blocks.get(block);
            below /= perBlock;
            int slot = (int) (rest / below);
            if (below == 1) {
                return run(numbers, slot, (int) perBlock, wanted);
            }
            block = number(numbers, slot);
            rest %= below;
        }
        return new BlockMap.Run(0, below - rest);
    }

    private BlockMap.Run run(ByteBuffer numbers, int slot, int end, long wanted) throws ErrnoException {
        long first = number(numbers, slot);
        int length = 1;
        while (slot + length < end && length < wanted && number(numbers, slot + length) == (first == 0 ? 0 : first + length)) {
            length++;
        }
        if (first != 0) {
            blocks.checkRange(first, length);
        }
        return new BlockMap.Run(first, length);
    }

    private static long number(ByteBuffer numbers, int slot) {
        return Integer.toUnsignedLong(numbers.getInt(slot * NUMBER));
    }
}
