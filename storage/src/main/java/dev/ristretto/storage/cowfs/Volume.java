package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A mounted volume: the tree, the map of free space, what is cached of both, and the rules for changing them.
 * <p>
 * Locks, in this order: one of {@link Contents}' (a file's content), {@link #changes} (one operation that changes something, or a
 * commit, at a time), {@link #structure} (held by readers, and for writing by whoever changes what readers see). A commit holds
 * {@link #structure} only before and after it writes, so that reading goes on meanwhile.
 */
final class Volume {
    /** More blocks than any operation but writing needs: a few keys put or removed, each with a path through the tree copied. */
    private static final int LEAST_NEED = 10;
    /** Blocks per page or inode that changed: itself, and two nodes of the tree. */
    static final int NEED_PER_CHANGE = 3;

    /** A block of metadata that cannot be read is asked for again: failing for good costs more. */
    static final int ATTEMPTS = 3;

    /** Blocks in the shortest run that the device is told of; shorter ones come and go with each commit, and each would be a request. */
    private static final int LEAST_DISCARD = 64;

    /** The part of the cache that is for metadata. */
    private static final int METADATA_PART = 8;

    private static final int MINIMUM_RESERVE = 48;
    private static final int MAXIMUM_RESERVE = 2048;

    final BlockDevice device;
    final CowfsOptions options;
    final ReentrantLock changes = new ReentrantLock();
    final ReentrantReadWriteLock structure = new ReentrantReadWriteLock();
    final SpaceMap space;
    final NodeStore nodes;
    final Tree tree;
    final Extents extents;
    final Inodes inodes;
    final PageCache pages;

    private final Commit commit;
    private final int nodeLimit;
    private final int inodeLimit;
    private final int pageLimit;
    private volatile Superblock current;
    private long nextInode;
    /** Counts operations that changed something; commits take the count over. */
    private volatile long changeCount;
    private long committedCount;
    private volatile boolean failed;
    private volatile boolean closed;

    /** @param superblock what to mount; null to make an empty volume */
    Volume(BlockDevice device, CowfsOptions options, Superblock superblock, Superblock blank) throws ErrnoException {
        this.device = device;
        this.options = options;
        Superblock basis = superblock == null ? blank : superblock;
        this.current = basis;
        this.nextInode = basis.nextInode();
        int metadata = (int) Math.min(options.cacheBytes() / METADATA_PART, Integer.MAX_VALUE / 2);
        long content = options.cacheBytes() - metadata - metadata / 8;
        this.space = new SpaceMap(this::readBlock, basis.blocks(), basis.free(), basis.selectors());
        this.nodes = new NodeStore(this::readBlock, space, Math.max(16, metadata / NodeStore.MEMORY));
        this.nodeLimit = Math.max(64, metadata / NodeStore.MEMORY);
        this.inodeLimit = Math.max(64, metadata / 8 / Inodes.MEMORY);
        this.pageLimit = (int) Math.min(options.dirtyBytes() / Blocks.SIZE, Integer.MAX_VALUE);
        this.pages = new PageCache((int) Math.clamp(content / Blocks.SIZE, 16, Integer.MAX_VALUE / 2), pageLimit);
        if (superblock == null) {
            space.format();
            this.tree = Tree.create(nodes);
        } else {
            this.tree = new Tree(nodes, basis.root(), basis.rootChecksum(), basis.rootLevel());
        }
        this.extents = new Extents(tree, space);
        this.inodes = new Inodes(tree, inodeLimit);
        this.commit = new Commit(this, basis.manifest());
    }

    byte[] readBlock(long block) throws ErrnoException {
        byte[] bytes = new byte[Blocks.SIZE];
        for (int attempt = 1; ; attempt++) {
            try {
                device.read(block * Blocks.SIZE, ByteBuffer.wrap(bytes));
                return bytes;
            } catch (ErrnoException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    Superblock current() {
        return current;
    }

    long takeInodeNumber() {
        return nextInode++;
    }

    long nextInode() {
        return nextInode;
    }

    boolean isReadOnly() {
        return options.readOnly() || failed || closed;
    }

    boolean isClosed() {
        return closed;
    }

    // ------------------------------------------------------------------ reading

    /** Something that reads, and what it finds. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws ErrnoException;
    }

    /** Reads while nothing changes. */
    <T> T read(Action<T> action) throws ErrnoException {
        Lock lock = structure.readLock();
        lock.lock();
        try {
            if (closed) {
                throw Errno.ENODEV.exception();
            }
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ changing

    /**
     * Changes something; all of it, or nothing if it fails before the first change of the tree. If it fails later, what is in memory is
     * not to be trusted any more: nothing is written from then on.
     *
     * @param frees whether the reserve may be used, because space will be free afterwards
     */
    <T> T change(boolean frees, Action<T> action) throws ErrnoException {
        changes.lock();
        try {
            prepare(0, frees);
            return apply(action);
        } finally {
            changes.unlock();
        }
    }

    /** The second part of {@link #change}, after {@link #prepare}; with {@link #changes} held. */
    <T> T apply(Action<T> action) throws ErrnoException {
        structure.writeLock().lock();
        long before = tree.modifications();
        boolean done = false;
        try {
            T result = action.run();
            done = true;
            return result;
        } finally {
            failed |= !done && tree.modifications() != before;
            changeCount++;
            structure.writeLock().unlock();
        }
    }

    /**
     * Makes sure that there is room for a change, if need be by a commit; with {@link #changes} held.
     *
     * @param pages how many pages of content will be new or different
     * @throws ErrnoException {@code ENOSPC}, {@code EROFS}, or whatever a commit failed for
     */
    void prepare(int pages, boolean frees) throws ErrnoException {
        requireWritable();
        if (nodes.dirtyCount() > nodeLimit || inodes.dirtyCount() > inodeLimit) {
            commit();
        } else if (inodes.dirtyPages() + pages > pageLimit && inodes.dirtyPages() > 0) {
            commit.writeBack();
        }
        long need = LEAST_NEED + 4L * (tree.rootLevel() + 1) + (long) NEED_PER_CHANGE * pages;
        if (!fits(need, frees)) {
            // What was freed since the last commit counts only after the next one.
            commit();
            if (!fits(need, frees)) {
                throw Errno.ENOSPC.exception();
            }
        }
    }

    private boolean fits(long need, boolean frees) {
        long promised = NEED_PER_CHANGE * (inodes.dirtyPages() + inodes.dirtyCount());
        return space.available() - promised - (frees ? 0 : reserve()) >= need;
    }

    /** Returns how many blocks are kept back, so that files can be deleted when there is no room for anything else. */
    long reserve() {
        return Math.clamp(space.blocks() / 64, MINIMUM_RESERVE, MAXIMUM_RESERVE);
    }

    private void requireWritable() throws ErrnoException {
        if (closed) {
            throw Errno.ENODEV.exception();
        }
        if (isReadOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    // ------------------------------------------------------------------ making it last

    /** Returns when everything done before the call would survive a loss of power. */
    void sync() throws ErrnoException {
        long wanted = changeCount;
        changes.lock();
        try {
            if (failed) {
                throw Errno.EIO.exception();
            }
            if (!options.readOnly() && !closed && committedCount < wanted) {
                commit();
            }
        } finally {
            changes.unlock();
        }
    }

    /** Writes what changed since the last commit; with {@link #changes} held. */
    void commit() throws ErrnoException {
        if (committedCount == changeCount) {
            return;
        }
        current = commit.run(current, false);
        committedCount = changeCount;
    }

    /** Tells the device which blocks have become free since the last call and still are; changes have their turn after each group. */
    void discardFree() throws ErrnoException {
        for (int group = 0; options.discard() && group < space.groupCount(); group++) {
            changes.lock();
            try {
                // What can be given out is not in the last commit, and nobody gives it out meanwhile.
                for (long[] run : isReadOnly() ? List.<long[]>of() : space.runsFreed(group, LEAST_DISCARD)) {
                    device.discard(run[0] * Blocks.SIZE, run[1] * Blocks.SIZE);
                }
            } finally {
                changes.unlock();
            }
        }
    }

    /** Notes that memory and disk have parted ways: nothing may be written any more. */
    void fail() {
        failed = true;
    }

    private void tryDiscardFree() {
        try {
            discardFree();
        } catch (ErrnoException e) {
            // It was a hint; all is well without.
        }
    }

    /** Ends the use of the device. What could not be written is lost. */
    void close() throws ErrnoException {
        changes.lock();
        try {
            if (!closed) {
                try {
                    if (failed) {
                        throw Errno.EIO.exception();
                    }
                    if (!options.readOnly() && (committedCount != changeCount || current.manifest() != 0)) {
                        current = commit.run(current, true);
                    }
                    tryDiscardFree();
                } finally {
                    structure.writeLock().lock();
                    closed = true;
                    pages.clear();
                    structure.writeLock().unlock();
                }
            }
        } finally {
            changes.unlock();
        }
    }
}
