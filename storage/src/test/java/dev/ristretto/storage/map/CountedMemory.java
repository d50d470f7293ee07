package dev.ristretto.storage.map;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Memory for maps that checks what is done with it, and in which a page that comes or goes holds garbage. */
final class CountedMemory implements MapMemory {
    private final Map<Long, Long> ranges = new HashMap<>();
    private final TreeSet<Long> pages = new TreeSet<>();
    private final TreeMap<Long, ByteBuffer> chunks = new TreeMap<>();
    private long next = CHUNK_SIZE;
    /** Most pages that can be there at a time. */
    int limit = Integer.MAX_VALUE;
    /** Whether it is said beforehand that there is too little. */
    boolean tellsAll;

    @Override
    public synchronized long available() {
        return tellsAll ? (long) (limit - pages.size()) * PAGE_SIZE : Long.MAX_VALUE;
    }

    @Override
    public synchronized long reserve(long bytes) {
        long begin = next;
        next += bytes;
        ranges.put(begin, bytes);
        return begin;
    }

    @Override
    public synchronized void release(long begin, long bytes) {
        check(ranges.remove(begin) == bytes && pages.subSet(begin, begin + bytes).isEmpty());
        chunks.subMap(begin, begin + bytes).clear();
    }

    @Override
    public synchronized boolean commit(long begin, long bytes) {
        check(begin / CHUNK_SIZE == (begin + bytes - 1) / CHUNK_SIZE);
        if (pages.size() + bytes / PAGE_SIZE > limit) {
            return false;
        }
        for (long page = begin; page < begin + bytes; page += PAGE_SIZE) {
            check(pages.add(page));
            garbage(page, (byte) 0xAA);
        }
        return true;
    }

    @Override
    public synchronized void uncommit(long begin, long bytes) {
        for (long page = begin; page < begin + bytes; page += PAGE_SIZE) {
            garbage(page, (byte) 0x55);
            check(pages.remove(page));
        }
    }

    private void garbage(long page, byte value) {
        for (int i = 0; i < PAGE_SIZE; i += 8) {
            at(page).put(i, value);
        }
    }

    @Override
    public synchronized ByteBuffer buffer(long begin, int bytes) {
        check(begin % CHUNK_SIZE == 0 && bytes == CHUNK_SIZE);
        return chunks.computeIfAbsent(begin, none -> ByteBuffer.allocateDirect(CHUNK_SIZE)).duplicate();
    }

    /** What the program sees at an address of a page that is there, up to the end of its chunk. */
    synchronized ByteBuffer at(long address) {
        check(pages.contains(address / PAGE_SIZE * PAGE_SIZE));
        long chunk = address / CHUNK_SIZE * CHUNK_SIZE;
        ByteBuffer all = buffer(chunk, CHUNK_SIZE);
        return all.slice((int) (address - chunk), (int) (CHUNK_SIZE - (address - chunk)));
    }

    synchronized int pages() {
        return pages.size();
    }

    synchronized int ranges() {
        return ranges.size();
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
