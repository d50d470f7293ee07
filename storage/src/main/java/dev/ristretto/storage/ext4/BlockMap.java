package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;

/** Where the content of files lies: a tree of extents, or the older one of single blocks. */
final class BlockMap {
    /**
     * Neighbours in a file that are neighbours on the device too, or are all not there.
     *
     * @param block  the first one, 0 if they read as zeros
     * @param length how many, at least 1
     */
    record Run(long block, long length) {
        boolean isHole() {
            return block == 0;
        }
    }

    /** Blocks that a file can have at most. */
    static final long MOST = 1L << 32;

    private final ExtentTree extents;
    private final BlockTree blocks;

    BlockMap(Superblock superblock, Blocks blocks) {
        this.extents = new ExtentTree(superblock, blocks);
        this.blocks = new BlockTree(blocks);
    }

    /**
     * Returns where a block of a file is, and how many of those after it follow there.
     *
     * @param index  below {@link #MOST}
     * @param wanted the caller has no use for more
     * @throws ErrnoException {@code EIO}
     */
    Run find(Inode inode, long index, long wanted) throws ErrnoException {
        return inode.hasExtents() ? extents.find(inode, index) : blocks.find(inode, index, wanted);
    }
}
