package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/**
 * Finds blocks in the tree of extents of a file. Its root is in the inode; every node has 12 bytes about itself, then entries of 12 bytes
 * sorted by the index of their first block, then (outside of the inode) a checksum. Linux makes no tree deeper than five levels.
 */
final class ExtentTree {
    private static final int MAGIC = 0xF30A;
    private static final int HEADER = 12;
    private static final int ENTRY = 12;
    private static final int DEEPEST = 5;
    /** Lengths beyond this are of extents that have been allocated, not written: they read as zeros. */
    private static final int LONGEST = 1 << 15;

    private final Superblock superblock;
    private final Blocks blocks;

    ExtentTree(Superblock superblock, Blocks blocks) {
        this.superblock = superblock;
        this.blocks = blocks;
    }

    BlockMap.Run find(Inode inode, long index) throws ErrnoException {
        ByteBuffer node = inode.map;
        long end = BlockMap.MOST;
        int depth = unsigned(node, 6);
        Blocks.require(depth <= DEEPEST);
        for (;;) {
            int entries = unsigned(node, 2);
            Blocks.require(unsigned(node, 0) == MAGIC && entries <= unsigned(node, 4) && HEADER + unsigned(node, 4) * ENTRY <= node.capacity()
                    && unsigned(node, 6) == depth);
            if (depth == 0) {
                return findInLeaf(node, entries, index, end);
            }
            int at = lastUpTo(node, entries, index);
            if (at + ENTRY < HEADER + entries * ENTRY) {
                end = Math.min(end, start(node, at + ENTRY));
            }
            if (at < HEADER) {
                return new BlockMap.Run(0, end - index);
            }
            long child = Integer.toUnsignedLong(node.getInt(at + 4)) | (long) unsigned(node, at + 8) << 32;
            node = blocks.get(child, Inode.ownerOfExtents(inode.number), block -> isWhole(inode, block));
            depth--;
        }
    }

    /** Returns where the last entry is that does not begin after the index; in front of the first one if all do. */
    private static int lastUpTo(ByteBuffer node, int entries, long index) throws ErrnoException {
        int found = HEADER - ENTRY;
        long before = -1;
        for (int i = 0; i < entries; i++) {
            long start = start(node, HEADER + i * ENTRY);
            Blocks.require(start > before);
            before = start;
            if (start > index) {
                break;
            }
            found += ENTRY;
        }
        return found;
    }

    private BlockMap.Run findInLeaf(ByteBuffer node, int entries, long index, long end) throws ErrnoException {
        int at = lastUpTo(node, entries, index);
        boolean hasNext = at + ENTRY < HEADER + entries * ENTRY;
        long next = hasNext ? Math.min(end, start(node, at + ENTRY)) : end;
        if (at < HEADER) {
            return hole(index, next);
        }
        int written = unsigned(node, at + 4);
        int length = written > LONGEST ? written - LONGEST : written;
        long start = start(node, at);
        Blocks.require(length > 0 && start + length <= next);
        if (index >= start + length) {
            return hole(index, next);
        }
        if (written > LONGEST) {
            return hole(index, start + length);
        }
        long first = Integer.toUnsignedLong(node.getInt(at + 8)) | (long) unsigned(node, at + 6) << 32;
        blocks.checkRange(first, length);
        return new BlockMap.Run(first + (index - start), start + length - index);
    }

    private static BlockMap.Run hole(long index, long end) throws ErrnoException {
        Blocks.require(end > index);
        return new BlockMap.Run(0, end - index);
    }

    private boolean isWhole(Inode inode, ByteBuffer block) {
        int checksumAt = HEADER + unsigned(block, 4) * ENTRY;
        return !superblock.hasChecksums()
                || checksumAt + 4 <= block.capacity() && Checksums.crc32c(inode.checksumSeed, block, 0, checksumAt) == block.getInt(checksumAt);
    }

    private static long start(ByteBuffer node, int at) {
        return Integer.toUnsignedLong(node.getInt(at));
    }

    private static int unsigned(ByteBuffer node, int at) {
        return node.getShort(at) & 0xFFFF;
    }
}
