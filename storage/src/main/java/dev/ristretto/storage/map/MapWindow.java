package dev.ristretto.storage.map;

import java.util.Map;
import java.util.TreeMap;

/** A range of addresses where part of a file has its place. Its chunks are guarded by the file's lock. */
final class MapWindow {
    final MappedFile file;
    final long address;
    final long bytes;
    /** By the number of their first page. */
    final TreeMap<Long, MapChunk> chunks = new TreeMap<>();
    private final MapMemory memory;
    private final long firstPage;

    /**
     * @param firstPage which page of the file is at the begin
     * @param bytes     multiple of {@link MapMemory#CHUNK_SIZE}
     */
    MapWindow(MappedFile file, MapMemory memory, long address, long firstPage, long bytes) {
        this.file = file;
        this.memory = memory;
        this.address = address;
        this.firstPage = firstPage;
        this.bytes = bytes;
    }

    boolean contains(long first, long end) {
        return first >= firstPage && end <= firstPage + bytes / MapMemory.PAGE_SIZE;
    }

    /** Whether any page of a range is in memory here. */
    boolean has(long first, long end) {
        for (MapChunk chunk : chunks.subMap(first - MapChunk.PAGES, false, end, false).values()) {
            int from = (int) Math.max(first - chunk.firstPage, 0);
            int to = (int) Math.min(end - chunk.firstPage, MapChunk.PAGES);
            if (chunk.next(from, to, true) < to) {
                return true;
            }
        }
        return false;
    }

    long addressOf(long page) {
        return address + (page - firstPage) * MapMemory.PAGE_SIZE;
    }

    long pageAt(long at) {
        return firstPage + (at - address) / MapMemory.PAGE_SIZE;
    }

    /** The chunk with a page, or the next one; null if there is none. */
    MapChunk chunkFrom(long page) {
        Map.Entry<Long, MapChunk> next = chunks.higherEntry(page - MapChunk.PAGES);
        return next == null ? null : next.getValue();
    }

    /** The chunk that a page of this window belongs to. */
    MapChunk chunk(long page) {
        return chunks.computeIfAbsent(page - Math.floorMod(page - firstPage, (long) MapChunk.PAGES), first -> {
            long at = addressOf(first);
            return new MapChunk(memory.buffer(at, MapMemory.CHUNK_SIZE), at, first);
        });
    }
}
