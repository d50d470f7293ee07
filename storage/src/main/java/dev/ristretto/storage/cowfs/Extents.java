package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;

/** Where the blocks of files are. */
final class Extents {
    private final Tree tree;
    private final SpaceMap space;

    Extents(Tree tree, SpaceMap space) {
        this.tree = tree;
        this.space = space;
    }

    /** Returns what covers a block of a file; a hole reaches to the next extent or to the end of all. */
    Extent find(long inode, long index) throws ErrnoException {
        byte[] key = Keys.extent(inode, index);
        Extent before = extent(tree.floor(key), inode);
        if (before != null && before.covers(index)) {
            return before;
        }
        Extent next = extent(tree.ceiling(key, Keys.after(inode, Keys.EXTENT)), inode);
        return Extent.hole(index, next == null ? Long.MAX_VALUE : next.start());
    }

    private Extent extent(Tree.Entry entry, long inode) throws ErrnoException {
        return entry == null || !Keys.isOf(entry.key(), inode, Keys.EXTENT) ? null : Extent.decode(entry, space.blocks());
    }

    /** Puts an extent in the place of whatever is there, and returns how many blocks the file has more. */
    long put(long inode, Extent extent) throws ErrnoException {
        long freed = remove(inode, extent.start(), extent.end());
        Extent joined = extent;
        if (extent.start() > 0) {
            Extent before = extent(tree.floor(Keys.extent(inode, extent.start() - 1)), inode);
            if (before != null && before.joins(extent)) {
                joined = before.joined(extent);
            }
        }
        tree.put(Keys.extent(inode, joined.start()), joined.value());
        return extent.count() - freed;
    }

    /** Makes a hole from one index to before another one, and returns how many blocks became free. */
    long remove(long inode, long from, long to) throws ErrnoException {
        long freed = 0;
        Extent first = from == 0 ? null : extent(tree.floor(Keys.extent(inode, from - 1)), inode);
        if (first != null && first.end() > from) {
            tree.put(Keys.extent(inode, first.start()), first.part(first.start(), from).value());
            freed += cut(inode, first, from, to);
        }
        byte[] begin = Keys.extent(inode, from);
        byte[] before = to == Long.MAX_VALUE ? Keys.after(inode, Keys.EXTENT) : Keys.extent(inode, to);
        for (;;) {
            Tree.Entry entry = tree.ceiling(begin, before);
            if (entry == null) {
                return freed;
            }
            Extent extent = Extent.decode(entry, space.blocks());
            tree.remove(entry.key());
            freed += cut(inode, extent, extent.start(), to);
        }
    }

    /** Frees the blocks of an extent within a range, keeps what lies behind it, and returns how many were freed. */
    private long cut(long inode, Extent extent, long from, long to) throws ErrnoException {
        long end = Math.min(extent.end(), to);
        if (extent.end() > end) {
            tree.put(Keys.extent(inode, end), extent.part(end, extent.end()).value());
        }
        for (long index = from; index < end; index++) {
            space.freeData(extent.block(index));
        }
        return end - from;
    }
}
