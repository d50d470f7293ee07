package dev.ristretto.storage.map;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The windows of one file, and the ways to its pages that are in memory. Guarded by the file's lock. */
final class MapWindows {
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;

    private final MappedFile file;
    private final MappedFiles files;
    private final List<MapWindow> windows = new ArrayList<>();

    MapWindows(MappedFile file, MappedFiles files) {
        this.file = file;
        this.files = files;
    }

    /** The window for a map: the one that has some of its pages already, else one that has room for them. */
    MapWindow forMap(long first, long end) throws ErrnoException {
        MapWindow found = null;
        boolean shares = false;
        for (MapWindow window : windows) {
            if (window.has(first, end)) {
                if (shares || !window.contains(first, end)) {
                    throw Errno.EBUSY.exception();
                }
                found = window;
                shares = true;
            } else if (!shares && window.contains(first, end)) {
                found = window;
            }
        }
        if (found == null) {
            found = files.newWindow(file, first, end, MappedFile.pages(file.node().size()));
            windows.add(found);
        }
        return found;
    }

    /** All chunks. */
    List<MapRange> chunks() {
        List<MapRange> ranges = new ArrayList<>();
        for (MapWindow window : windows) {
            for (MapChunk chunk : window.chunks.values()) {
                ranges.add(new MapRange(window, chunk.firstPage, chunk.firstPage + MapChunk.PAGES));
            }
        }
        return ranges;
    }

    /** Gives all of them back. */
    void free() {
        windows.forEach(files::freeWindow);
        windows.clear();
    }

    /** The chunk that has a page in memory; null if none has. */
    MapChunk with(long page) {
        for (MapWindow window : windows) {
            Map.Entry<Long, MapChunk> below = window.chunks.floorEntry(page);
            if (below != null && page < below.getKey() + MapChunk.PAGES && below.getValue().isMapped((int) (page - below.getKey()))) {
                return below.getValue();
            }
        }
        return null;
    }

    /** Where the next page begins, from a place that has none on, that is in memory; {@code end} if there is none before. */
    long nextInMemory(long at, long end) {
        long page = at / PAGE_SIZE;
        long last = MappedFile.pages(end);
        for (MapWindow window : windows) {
            for (MapChunk chunk : window.chunks.subMap(page - MapChunk.PAGES, false, last, false).values()) {
                int to = (int) Math.min(last - chunk.firstPage, MapChunk.PAGES);
                int found = chunk.next((int) Math.max(page - chunk.firstPage, 0), to, true);
                if (found < to) {
                    last = chunk.firstPage + found;
                    break;
                }
            }
        }
        return last == MappedFile.pages(end) ? end : last * PAGE_SIZE;
    }

    /** Does something with each run of bytes of a range of the file that is in memory; they are given by their places in the chunk. */
    void inMemory(long begin, long end, MapRange.Action action) throws ErrnoException {
        for (MapWindow window : windows) {
            for (MapChunk chunk : window.chunks.subMap(begin / PAGE_SIZE - MapChunk.PAGES, false, MappedFile.pages(end), false).values()) {
                long base = chunk.firstPage * PAGE_SIZE;
                int from = (int) Math.max(begin - base, 0);
                int to = (int) Math.min(end - base, MapMemory.CHUNK_SIZE);
                int last = (int) MappedFile.pages(to);
                for (int page = chunk.next(from / PAGE_SIZE, last, true); page < last;) {
                    int until = chunk.next(page, last, false);
                    action.run(chunk, Math.max(from, page * PAGE_SIZE), Math.min(to, until * PAGE_SIZE));
                    page = chunk.next(until, last, true);
                }
            }
        }
    }
}
