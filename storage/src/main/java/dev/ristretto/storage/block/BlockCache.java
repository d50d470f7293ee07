package dev.ristretto.storage.block;

import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The most recently used of what is known about blocks, by their numbers; thread-safe. */
public final class BlockCache<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final LinkedHashMap<Long, T> entries;

    /**
     * Begins with none.
     *
     * @param capacity how many entries are kept, at least 1
     */
    public BlockCache(int capacity) {
        this.capacity = capacity;
        this.entries = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** Returns what is known about a block, or {@code null} if that is not kept. */
    public T get(long block) {
        lock.lock();
        try {
            return entries.get(block);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps something, in place of what was used least recently. */
    public void put(long block, T value) {
        lock.lock();
        try {
            entries.put(block, value);
            if (entries.size() > capacity) {
                entries.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a block. */
    public void remove(long block) {
        lock.lock();
        try {
            entries.remove(block);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all. */
    public void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many are kept. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
