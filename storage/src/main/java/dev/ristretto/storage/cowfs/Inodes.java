package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The inodes in memory: those that somebody holds or that changed since the last commit, and the most recently used of the others. While
 * {@link Volume#structure} is held, a file has one inode object here; nobody keeps one for longer than that.
 */
final class Inodes {
    /** What an inode takes in memory, more or less. */
    static final int MEMORY = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Long, Inode> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final TreeMap<Long, Inode> dirty = new TreeMap<>();
    private final Tree tree;
    private final int capacity;
    private long dirtyPages;

    Inodes(Tree tree, int capacity) {
        this.tree = tree;
        this.capacity = capacity;
    }

    /** Returns what is known about a file, or null if there is none of that number. */
    Inode find(long number) throws ErrnoException {
        lock.lock();
        try {
            Inode inode = cache.get(number);
            if (inode == null) {
                byte[] value = tree.get(Keys.inode(number));
                if (value == null) {
                    return null;
                }
                inode = Inode.decode(number, value);
                keep(inode);
            }
            return inode;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is known about a file; an error if there is none of that number. */
    Inode get(long number, Errno otherwise) throws ErrnoException {
        Inode inode = find(number);
        if (inode == null) {
            throw otherwise.exception();
        }
        return inode;
    }

    private void keep(Inode inode) {
        cache.put(inode.number, inode);
        if (cache.size() > capacity) {
            Iterator<Inode> eldestFirst = cache.values().iterator();
            while (eldestFirst.hasNext() && cache.size() > capacity) {
                Inode eldest = eldestFirst.next();
                if (!eldest.dirty && eldest.holds == 0 && eldest != inode) {
                    eldestFirst.remove();
                }
            }
        }
    }

    void add(Inode inode) {
        lock.lock();
        try {
            keep(inode);
            changed(inode);
        } finally {
            lock.unlock();
        }
    }

    void changed(Inode inode) {
        if (!inode.dirty) {
            inode.dirty = true;
            dirty.put(inode.number, inode);
        }
    }

    /** Forgets a file that is gone. */
    void forget(Inode inode) {
        lock.lock();
        try {
            dropPages(inode, 0);
            cache.remove(inode.number);
            dirty.remove(inode.number);
            inode.dirty = false;
        } finally {
            lock.unlock();
        }
    }

    void putPage(Inode inode, long index, byte[] page) {
        if (inode.pages.put(index, page) == null) {
            dirtyPages++;
        }
        changed(inode);
    }

    /** Forgets pages from an index on that are not on the disk yet. */
    void dropPages(Inode inode, long first) {
        var gone = inode.pages.tailMap(first, true);
        dirtyPages -= gone.size();
        gone.clear();
    }

    long dirtyPages() {
        return dirtyPages;
    }

    int dirtyCount() {
        return dirty.size();
    }

    Collection<Inode> dirty() {
        return dirty.values();
    }

    /** Notes that all pages are on the disk, as the tree says, but not yet for good. */
    void wroteBack() {
        for (Inode inode : dirty.values()) {
            inode.pages.clear();
        }
        dirtyPages = 0;
    }

    /** Notes that everything is on the disk. */
    void committed() {
        for (Inode inode : dirty.values()) {
            inode.pages.clear();
            inode.dirty = false;
        }
        dirty.clear();
        dirtyPages = 0;
    }

    /** Counts one more that holds a file, and returns whether that is possible: a file that nobody holds and that has no name is gone. */
    boolean hold(long number) throws ErrnoException {
        lock.lock();
        try {
            Inode inode = find(number);
            if (inode == null || inode.links == 0 && inode.holds == 0) {
                return false;
            }
            inode.holds++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Counts one less, and returns whether nothing is left that keeps the file. */
    boolean drop(long number) {
        lock.lock();
        try {
            // One that is held is always in the cache.
            Inode inode = cache.get(number);
            return inode != null && --inode.holds == 0 && inode.links == 0;
        } finally {
            lock.unlock();
        }
    }
}
