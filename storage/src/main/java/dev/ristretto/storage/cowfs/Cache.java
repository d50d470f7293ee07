package dev.ristretto.storage.cowfs;

import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The most recently used of what is known about blocks, by their numbers; thread-safe. */
final class Cache<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final LinkedHashMap<Long, T> entries;

    /** @param capacity how many entries are kept, at least 1 */
    Cache(int capacity) {
        this.capacity = capacity;
        this.entries = new LinkedHashMap<>(16, 0.75f, true);
    }

    T get(long block) {
        lock.lock();
        try {
            return entries.get(block);
        } finally {
            lock.unlock();
        }
    }

    void put(long block, T value) {
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

    void remove(long block) {
        lock.lock();
        try {
            entries.remove(block);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
