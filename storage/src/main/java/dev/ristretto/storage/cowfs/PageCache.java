package dev.ristretto.storage.cowfs;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pages of content that were used lately, by the numbers of their blocks, and arrays for those that are written. Thread-safe.
 * <p>
 * Cached pages are in arrays of {@value #SHARED} pages, made as they are needed and kept: large enough that SubstrateVM's collector gives each a
 * chunk of its own and never copies it. They hang on soft references, so that a program that needs the memory gets it: the collector takes
 * back what has not been used for the longer the more is free, and everything before there is an {@link OutOfMemoryError}. Pages whose array is
 * gone count as not cached.
 */
final class PageCache {
    /** Pages in one array. */
    private static final int SHARED = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final int mostSpare;
    private final Slots slots;
    private final List<SoftReference<byte[]>> arrays = new ArrayList<>();
    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

    /**
     * @param capacity  how many pages are kept, at least 1
     * @param mostSpare how many arrays for single pages are kept besides
     */
    PageCache(int capacity, int mostSpare) {
        this.capacity = capacity;
        this.mostSpare = mostSpare;
        this.slots = new Slots(capacity);
    }

    int capacity() {
        return capacity;
    }

    /** Adds a part of a page to a buffer and returns true, or false if the page is not here. */
    boolean copy(long block, int offset, int length, ByteBuffer destination) {
        lock.lock();
        try {
            int slot = slots.find(block);
            byte[] array = slot == Slots.NONE ? null : existing(slot);
            if (array != null) {
                destination.put(array, place(slot) + offset, length);
            } else if (slot != Slots.NONE) {
                forget(slot);
            }
            return array != null;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a copy of a page that begins somewhere in an array. */
    void put(long block, byte[] bytes, int offset) {
        lock.lock();
        try {
            int slot = slots.place(block);
            byte[] array = existing(slot);
            if (array == null) {
                forget(slot);
                slots.put(slot, block);
                array = create(slot);
            }
            System.arraycopy(bytes, offset, array, place(slot), Blocks.SIZE);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the array with a slot, or null if there is none yet or none any more. */
    private byte[] existing(int slot) {
        int index = slot / SHARED;
        return index < arrays.size() ? arrays.get(index).get() : null;
    }

    /** Empties the slots that share an array which is gone. */
    private void forget(int slot) {
        int first = slot - slot % SHARED;
        slots.removeAll(first, first + SHARED);
    }

    private byte[] create(int slot) {
        int index = slot / SHARED;
        byte[] array = new byte[Math.min(SHARED, capacity - index * SHARED) * Blocks.SIZE];
        while (index >= arrays.size()) { // more than one if there was no memory for one before
            arrays.add(new SoftReference<>(null));
        }
        arrays.set(index, new SoftReference<>(array));
        return array;
    }

    private static int place(int slot) {
        return slot % SHARED * Blocks.SIZE;
    }

    /** Keeps a copy of a page, whose array the caller has no more use for. */
    void give(long block, byte[] page) {
        put(block, page, 0);
        lock.lock();
        try {
            if (spare.size() < mostSpare) {
                spare.push(page);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns an array for a page, with anything in it, that is the caller's until it is {@linkplain #give given}, or for ever. */
    byte[] take() {
        lock.lock();
        try {
            byte[] array = spare.poll();
            return array == null ? new byte[Blocks.SIZE] : array;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            slots.clear();
            arrays.clear();
            spare.clear();
        } finally {
            lock.unlock();
        }
    }
}
