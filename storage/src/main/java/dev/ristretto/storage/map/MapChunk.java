package dev.ristretto.storage.map;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** A few pages of a file that follow one another, or their places: how many maps each has, and what it was in the file. Guarded by {@link MappedFile}'s lock. */
final class MapChunk {
    static final int PAGES = MapMemory.CHUNK_SIZE / MapMemory.PAGE_SIZE;

    /** Of all the places; only those of pages that have a map may be touched. */
    final ByteBuffer memory;
    final long address;
    /** Number of the first page in the file. */
    final long firstPage;

    private final int[] maps = new int[PAGES];
    private final int[] writers = new int[PAGES];
    /** Of pages that are {@link #known}; null until one is. */
    private long[] hashes;
    /** Pages of whose content in the file the hash is known. */
    private final BitSet known = new BitSet();

    MapChunk(ByteBuffer memory, long address, long firstPage) {
        this.memory = memory;
        this.address = address;
        this.firstPage = firstPage;
    }

    /** Whether a page is in memory. */
    boolean isMapped(int page) {
        return maps[page] > 0;
    }

    /** Whether a page may have been changed by way of a map. */
    boolean isWritable(int page) {
        return writers[page] > 0;
    }

    /** The first page from {@code from} on, and before {@code to}, that is in memory, or is not; {@code to} if there is none. */
    int next(int from, int to, boolean mapped) {
        int page = from;
        while (page < to && isMapped(page) != mapped) {
            page++;
        }
        return page;
    }

    /** Counts a map more, or less, for each of some pages. */
    void count(int from, int to, int change) {
        for (int page = from; page < to; page++) {
            maps[page] += change;
        }
    }

    /** Counts a map that can be written to more, or less, for each of some pages. */
    void countWriters(int from, int to, int change) {
        for (int page = from; page < to; page++) {
            writers[page] += change;
        }
    }

    /** Makes room for hashes: {@link #remember} needs no memory afterwards. */
    void prepareHashes() {
        if (hashes == null) {
            hashes = new long[PAGES * PageHash.WORDS];
        }
    }

    /** Whether {@link #remember} does anything: a page here has had a map that could be written to. */
    boolean hasHashes() {
        return hashes != null;
    }

    boolean isKnown(int page) {
        return known.get(page);
    }

    /** Notes the hash of what the file has, if anybody wants to know. */
    void remember(int page, long[] from, int index) {
        if (hashes != null) {
            System.arraycopy(from, index, hashes, page * PageHash.WORDS, PageHash.WORDS);
            known.set(page);
        }
    }

    /** Notes that it is not known what the file has. */
    void forget(int from, int to) {
        known.clear(from, to);
    }

    /** Whether the hash of what the file has is known, and is this one. */
    boolean matches(int page, long[] other, int index) {
        int own = page * PageHash.WORDS;
        return known.get(page) && Arrays.equals(hashes, own, own + PageHash.WORDS, other, index, index + PageHash.WORDS);
    }
}
