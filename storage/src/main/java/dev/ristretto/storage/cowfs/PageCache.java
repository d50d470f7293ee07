package dev.ristretto.storage.cowfs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The most recently used pages of content, by the numbers of their blocks, and arrays for those that are written. An array that one page leaves
 * is where another one goes: to a collector whose young objects are those that die, pages that stay for a while and all go are the worst that
 * can be. Nobody else may therefore have an array that is in here. Thread-safe.
 */
final class PageCache {
    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final int mostSpare;
    private final LinkedHashMap<Long, byte[]> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

    /**
     * @param capacity  how many pages are kept, at least 1
     * @param mostSpare how many arrays without a page are kept besides
     */
    PageCache(int capacity, int mostSpare) {
        this.capacity = capacity;
        this.mostSpare = mostSpare;
    }

    int capacity() {
        return capacity;
    }

    /** Adds a part of a page to a buffer and returns true, or false if the page is not here. */
    boolean copy(long block, int offset, int length, ByteBuffer destination) {
        lock.lock();
        try {
            byte[] page = pages.get(block);
            if (page != null) {
                destination.put(page, offset, length);
            }
            return page != null;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a copy of a page that begins somewhere in an array. */
    void put(long block, byte[] bytes, int offset) {
        lock.lock();
        try {
            byte[] page = pages.get(block);
            if (page == null) {
                page = pages.size() < capacity ? array() : pages.pollFirstEntry().getValue();
                pages.put(block, page);
            }
            System.arraycopy(bytes, offset, page, 0, Blocks.SIZE);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a page whose array the caller has no more use for. */
    void give(long block, byte[] page) {
        lock.lock();
        try {
            byte[] surplus = pages.put(block, page);
            if (pages.size() > capacity) {
                surplus = pages.pollFirstEntry().getValue();
            }
            if (surplus != null && spare.size() < mostSpare) {
                spare.push(surplus);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns an array for a page, with anything in it, that is the caller's until it is {@linkplain #give given}, or for ever. */
    byte[] take() {
        lock.lock();
        try {
            return array();
        } finally {
            lock.unlock();
        }
    }

    private byte[] array() {
        byte[] array = spare.poll();
        return array == null ? new byte[Blocks.SIZE] : array;
    }

    void clear() {
        lock.lock();
        try {
            pages.clear();
            spare.clear();
        } finally {
            lock.unlock();
        }
    }
}
