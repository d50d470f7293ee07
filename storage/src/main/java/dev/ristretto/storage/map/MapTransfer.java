package dev.ristretto.storage.map;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;

/** Brings what a file has into the pages of its maps, and what was changed there into the file. Guarded by the file's lock. */
final class MapTransfer {
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;
    private static final byte[] ZEROS = new byte[PAGE_SIZE];

    private final FileNode node;
    private final MappedFiles files;

    MapTransfer(FileNode node, MappedFiles files) {
        this.node = node;
        this.files = files;
    }

    // ------------------------------------------------------------------ into memory

    /** Brings pages into memory that are not there yet; nothing has changed if that fails. */
    void load(MapRange range, boolean writable) throws ErrnoException {
        requireMemory(range);
        long[] loaded = {range.first()};
        boolean done = false;
        try {
            range.inChunks((chunk, from, to) -> {
                if (writable) {
                    chunk.prepareHashes();
                }
                for (int page = from; page < to;) {
                    int end = chunk.next(page, to, true);
                    if (end > page) {
                        load(chunk, page, end);
                    }
                    end = chunk.next(end, to, false);
                    chunk.count(page, end, 1);
                    loaded[0] = chunk.firstPage + end;
                    page = end;
                }
            });
            if (writable) {
                long size = node.size();
                range.inChunks((chunk, from, to) -> learn(chunk, from, to, size, false));
            }
            done = true;
        } finally {
            if (!done) {
                release(new MapRange(range.window(), range.first(), loaded[0]), false);
            }
        }
        if (writable) {
            range.inChunks((chunk, from, to) -> chunk.countWriters(from, to, 1));
        }
    }

    /** What cannot succeed shall not take the memory away from everybody else first. */
    private void requireMemory(MapRange range) throws ErrnoException {
        long missing = range.end() - range.first();
        for (MapChunk chunk : range.window().chunks.subMap(range.first() - MapChunk.PAGES, false, range.end(), false).values()) {
            for (int page = (int) Math.max(range.first() - chunk.firstPage, 0); page < Math.min(range.end() - chunk.firstPage, MapChunk.PAGES); page++) {
                missing -= chunk.isMapped(page) ? 1 : 0;
            }
        }
        if (missing > files.memory.available() / PAGE_SIZE) {
            throw Errno.ENOMEM.exception();
        }
    }

    private void load(MapChunk chunk, int from, int to) throws ErrnoException {
        long address = chunk.address + (long) from * PAGE_SIZE;
        long bytes = (long) (to - from) * PAGE_SIZE;
        if (!files.memory.commit(address, bytes)) {
            throw Errno.ENOMEM.exception();
        }
        boolean done = false;
        try {
            read(chunk, from * PAGE_SIZE, to * PAGE_SIZE);
            done = true;
        } finally {
            if (!done) {
                files.memory.uncommit(address, bytes);
            }
        }
    }

    /** Fills part of a chunk with what the file has there. */
    private void read(MapChunk chunk, int begin, int end) throws ErrnoException {
        ByteBuffer target = chunk.memory.duplicate().limit(end).position(begin);
        while (target.hasRemaining()) {
            if (node.read(chunk.firstPage * PAGE_SIZE + target.position(), target) == 0) {
                fill(chunk, target.position(), end);
                return;
            }
        }
    }

    private static void fill(MapChunk chunk, int begin, int end) {
        for (int at = begin; at < end; at += PAGE_SIZE) {
            chunk.memory.put(at, ZEROS, 0, Math.min(PAGE_SIZE, end - at));
        }
    }

    /**
     * Notes what pages are in the file, where that is not known: the same as in memory.
     *
     * @param all also those that may have been changed already
     */
    private void learn(MapChunk chunk, int from, int to, long size, boolean all) {
        PageCopies copies = files.takeCopies();
        try {
            for (int page = from; page < to; page++) {
                if (!chunk.isKnown(page) && (all || !chunk.isWritable(page))) {
                    copies.take(chunk, page, page + 1, size - chunk.firstPage * PAGE_SIZE, files.hash());
                    chunk.remember(page, copies.hashes(), 0);
                }
            }
        } finally {
            files.giveCopies(copies);
        }
    }

    /** Counts a map less, and gives back the pages that have none any more. */
    void release(MapRange range, boolean writable) {
        forEach(range, (chunk, from, to) -> {
            if (writable) {
                chunk.countWriters(from, to, -1);
            }
            chunk.count(from, to, -1);
            for (int page = chunk.next(from, to, false); page < to;) {
                int end = chunk.next(page, to, true);
                chunk.forget(page, end);
                files.memory.uncommit(chunk.address + (long) page * PAGE_SIZE, (long) (end - page) * PAGE_SIZE);
                page = chunk.next(end, to, false);
            }
        });
    }

    private static void forEach(MapRange range, MapRange.Action action) {
        try {
            range.inChunks(action);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e); // the action throws none
        }
    }

    /** Makes zeros of part of a chunk, because the file lost or got them. */
    void clear(MapChunk chunk, int begin, int end) {
        fill(chunk, begin, end);
        for (int page = (begin + PAGE_SIZE - 1) / PAGE_SIZE; page < end / PAGE_SIZE; page++) {
            if (chunk.hasHashes()) {
                chunk.remember(page, files.hash().zeros(), 0);
            }
        }
    }

    /** Brings into part of a chunk what the file has there now. */
    void refresh(MapChunk chunk, int begin, int end) throws ErrnoException {
        int last = (int) MappedFile.pages(end);
        chunk.forget(begin / PAGE_SIZE, last);
        boolean done = false;
        try {
            read(chunk, begin, end);
            done = true;
        } finally {
            if (!done && chunk.hasHashes()) {
                // What is in memory is older than what cannot be read: it must not be written over that.
                learn(chunk, begin / PAGE_SIZE, last, Long.MAX_VALUE, true);
            }
        }
    }

    // ------------------------------------------------------------------ into the file

    /** Writes those of some pages of a chunk that were changed by way of maps. */
    void save(MapChunk chunk, int from, int to) throws ErrnoException {
        for (int page = from; page < to;) {
            int end = page;
            while (end < to && end - page < PageCopies.PAGES && chunk.isWritable(end)) {
                end++;
            }
            if (end > page) {
                PageCopies copies = files.takeCopies();
                try {
                    copies.take(chunk, page, end, node.size() - chunk.firstPage * PAGE_SIZE, files.hash());
                    saveChanged(chunk, page, end - page, copies);
                } finally {
                    files.giveCopies(copies);
                }
            }
            page = Math.max(end, page + 1);
        }
    }

    /** Writes those of the copied pages that are not what the file has, neighbours together. */
    private void saveChanged(MapChunk chunk, int first, int count, PageCopies copies) throws ErrnoException {
        for (int at = 0; at < count; at++) {
            int end = at;
            while (end < count && !chunk.matches(first + end, copies.hashes(), end * PageHash.WORDS)) {
                end++;
            }
            if (end > at) {
                write(chunk, first, at, end, copies);
                at = end;
            }
        }
    }

    private void write(MapChunk chunk, int first, int from, int to, PageCopies copies) throws ErrnoException {
        ByteBuffer content = copies.content(from, to);
        int begin = content.position();
        long position = (chunk.firstPage + first + from) * PAGE_SIZE;
        // If only part of a page can be written, nothing is known of it.
        chunk.forget(first + from, first + to);
        try {
            while (content.hasRemaining()) {
                node.write(position + content.position() - begin, content);
            }
        } finally {
            int whole = content.hasRemaining() ? (content.position() - begin) / PAGE_SIZE : to - from;
            for (int i = 0; i < whole; i++) {
                chunk.remember(first + from + i, copies.hashes(), (from + i) * PageHash.WORDS);
            }
        }
    }
}
