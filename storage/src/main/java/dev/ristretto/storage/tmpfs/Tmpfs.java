package dev.ristretto.storage.tmpfs;

import dev.ristretto.storage.Clock;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Statistics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file system in memory.
 * <p>
 * Locks: {@link #nameSpace} guards all directories, link counts and holds; the content of each file has a lock of its own, taken
 * after {@link #nameSpace} when both are. Times and permissions are volatile: a set of attributes read while they change may mix
 * old and new ones.
 */
public final class Tmpfs implements FileSystem {
    /** Bytes per page, the unit in which content is stored and counted. */
    public static final int PAGE_SIZE = 4096;

    /** The most names that one file can have, and one more than the most directories in one directory. */
    public static final int LINK_MAXIMUM = 65_000;

    /** A directory takes no space that is counted by size, but programs expect some size; this is the usual one elsewhere. */
    static final int DIRECTORY_SIZE = 4096;

    final Clock clock;
    final ReentrantLock nameSpace = new ReentrantLock();
    final Quota pages;
    final Quota names;
    private final AtomicLong lastNumber = new AtomicLong();
    private final TmpDirectory root;

    /**
     * Makes an empty file system, with a root directory that everybody may write to but only owners may delete from (mode 1777).
     *
     * @param maximumBytes how much content it may hold, rounded down to pages; counted are the pages that exist and the tables that
     *                     find them, at least 0
     * @param maximumNames how many names of files it may hold, at least 1, the root included; like Linux, this counts each hard
     *                     link, because each takes memory
     * @param clock        the source of file times
     */
    public Tmpfs(long maximumBytes, long maximumNames, Clock clock) {
        if (maximumBytes < 0 || maximumNames < 1) {
            throw new IllegalArgumentException("limits of a tmpfs out of range: " + maximumBytes + " bytes, " + maximumNames + " names");
        }
        this.clock = clock;
        this.pages = new Quota(maximumBytes / PAGE_SIZE * PAGE_SIZE);
        this.names = new Quota(maximumNames);
        this.names.take(1);
        this.root = new TmpDirectory(this, null, 01777);
    }

    @Override
    public DirectoryNode root() {
        return root;
    }

    @Override
    public String type() {
        return "tmpfs";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(PAGE_SIZE, pages.limit() / PAGE_SIZE, pages.free() / PAGE_SIZE, names.limit(), names.free(), Names.MAXIMUM);
    }

    long nextNumber() {
        return lastNumber.incrementAndGet();
    }
}
