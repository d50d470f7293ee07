package dev.ristretto.storage.map;

import dev.ristretto.storage.ErrnoException;

/**
 * Pages of a window, by their numbers in the file. Guarded by the file's lock.
 *
 * @param end first page that does not belong to it
 */
record MapRange(MapWindow window, long first, long end) {

    /** Something to be done with a part of one chunk. */
    @FunctionalInterface
    interface Action {
        void run(MapChunk chunk, int from, int to) throws ErrnoException;
    }

    /** Does something with each chunk, made if need be, and the pages of it that belong to the range. */
    void inChunks(Action action) throws ErrnoException {
        for (long page = first; page < end;) {
            MapChunk chunk = window.chunk(page);
            int from = (int) (page - chunk.firstPage);
            int to = (int) Math.min(end - chunk.firstPage, MapChunk.PAGES);
            action.run(chunk, from, to);
            page = chunk.firstPage + to;
        }
    }
}
