package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The content of a directory, part by part: its blocks, or the two pieces that are in its inode. A directory with an index (htree) has blocks
 * without names, which look like blocks with one unused entry to those who read all of them in order, as is done here.
 */
final class DirectoryBlocks {
    private static final int TAIL = 12;
    private static final int TAIL_TYPE = 0xDE;
    private static final int INDEX_ENTRY = 8;
    /** Where the index begins in its root, which has entries "." and ".." and eight bytes in front of it, and in other blocks of it. */
    private static final int ROOT_INDEX_AT = 32;
    private static final int INDEX_AT = 8;
    private static final int DOT_LENGTH = 12;
    private static final int ROOT_INFO_AT = 24;
    private static final int ROOT_INFO_LENGTH = 8;

    private final Superblock superblock;
    private final Blocks blocks;
    private final BlockMap map;
    private final Inode inode;

    DirectoryBlocks(Superblock superblock, Blocks blocks, BlockMap map, Inode inode) {
        this.superblock = superblock;
        this.blocks = blocks;
        this.map = map;
        this.inode = inode;
    }

    /** Returns how many parts there are. */
    long count() throws ErrnoException {
        if (inode.isInline()) {
            return 2;
        }
        long count = inode.size / blocks.size();
        // One that is all over the device is a forgery; it must not keep anybody busy for years.
        Blocks.require(count > 0 && count <= superblock.blocks);
        return count;
    }

    /** Returns a part, found whole. */
    ByteBuffer get(long part) throws ErrnoException {
        if (inode.isInline()) {
            // The first four bytes are the parent's number.
            return part == 0 ? inode.map.slice(4, Inode.MAP_SIZE - 4).order(ByteOrder.LITTLE_ENDIAN) : inode.inlineRest();
        }
        BlockMap.Run run = map.find(inode, part, 1);
        Blocks.require(!run.isHole());
        return blocks.get(run.block(), Inode.ownerOfDirectory(inode.number), this::isWhole);
    }

    /** Returns the number of the directory that it says it is in. */
    long parent() throws ErrnoException {
        return inode.isInline() ? Integer.toUnsignedLong(inode.map.getInt(0)) : Entries.find(get(0), "..");
    }

    private boolean isWhole(ByteBuffer block) {
        if (!superblock.hasChecksums()) {
            return true;
        }
        // A block of the index may look as if it had the tail of the other kind, because it once was one.
        int indexAt = indexAt(block);
        if (indexAt != 0) {
            return isIndexWhole(block, indexAt);
        }
        int tail = block.capacity() - TAIL;
        return block.getInt(tail) == 0 && unsigned(block, tail + 4) == TAIL && unsigned(block, tail + 6) == TAIL_TYPE << 8
                && Checksums.crc32c(inode.checksumSeed, block, 0, tail) == block.getInt(tail + 8);
    }

    /** Returns where the index begins in a block of it; 0 if it is another block, which is shorter by its tail. */
    private static int indexAt(ByteBuffer block) {
        if (Entries.length(block, 0) == block.capacity()) {
            return INDEX_AT;
        }
        boolean isRoot = unsigned(block, 4) == DOT_LENGTH && unsigned(block, DOT_LENGTH + 4) == block.capacity() - DOT_LENGTH
                && block.getInt(ROOT_INFO_AT) == 0 && block.get(ROOT_INFO_AT + 5) == ROOT_INFO_LENGTH;
        return isRoot ? ROOT_INDEX_AT : 0;
    }

    private boolean isIndexWhole(ByteBuffer block, int indexAt) {
        int tail = indexAt + unsigned(block, indexAt) * INDEX_ENTRY;
        int used = indexAt + unsigned(block, indexAt + 2) * INDEX_ENTRY;
        if (used > tail || tail + 8 > block.capacity()) {
            return false;
        }
        int checksum = Checksums.crc32c(inode.checksumSeed, block, 0, used, tail, 4);
        return Checksums.crc32c(checksum, 0, ByteOrder.LITTLE_ENDIAN) == block.getInt(tail + 4);
    }

    private static int unsigned(ByteBuffer block, int at) {
        return block.getShort(at) & 0xFFFF;
    }
}
