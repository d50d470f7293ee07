package dev.ristretto.storage.map;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A file that has maps, from the first one to the last one; what is asked of it later concerns the file alone. */
final class MappedFile {
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;
    private static final byte[] ZEROS = new byte[PAGE_SIZE];

    private final FileNode node;
    private final MappedFiles files;

    /** Guards all that follows, and makes what is done to file and pages one step. */
    private final ReentrantLock lock = new ReentrantLock();
    private final List<MapWindow> windows = new ArrayList<>();
    private final Map<Range, Users> maps = new HashMap<>();
    /** Maps that the program has done with, but whose changes are not in the file yet. */
    private final List<Ended> unsaved = new ArrayList<>();
    private boolean held;
    private boolean gone;

    /** Pages of a window. */
    private record Range(MapWindow window, long first, long end) {
    }

    private record Ended(Range range, boolean writable) {
    }

    /** How many maps there are of one range. */
    private static final class Users {
        int readers;
        int writers;
    }

    /** Something to be done with pages of one chunk. */
    @FunctionalInterface
    private interface Action {
        void run(MapChunk chunk, int from, int to) throws ErrnoException;
    }

    MappedFile(FileNode node, MappedFiles files) {
        this.node = node;
        this.files = files;
    }

    FileNode node() {
        return node;
    }

    private static long pages(long bytes) {
        return bytes / PAGE_SIZE + (bytes % PAGE_SIZE == 0 ? 0 : 1);
    }

    private static long position(MapChunk chunk, int page) {
        return (chunk.firstPage + page) * PAGE_SIZE;
    }

    // ------------------------------------------------------------------ making and ending maps

    /** Makes a map and returns its address; 0 if this file has lost its last map meanwhile, so that another object is to be asked. */
    long map(long position, long length, boolean writable) throws ErrnoException {
        lock.lock();
        try {
            if (gone) {
                return 0;
            }
            boolean done = false;
            try {
                if (maps.isEmpty() && unsaved.isEmpty()) {
                    node.hold();
                    held = true;
                }
                long first = position / PAGE_SIZE;
                long end = pages(position + length);
                Range range = new Range(window(first, end), first, end);
                load(range, writable);
                Users users = maps.computeIfAbsent(range, none -> new Users());
                users.readers += writable ? 0 : 1;
                users.writers += writable ? 1 : 0;
                done = true;
                return range.window.addressOf(first);
            } finally {
                if (!done && maps.isEmpty() && unsaved.isEmpty()) {
                    end();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The window for a map: the one that has some of its pages already, else one that has room for them. */
    private MapWindow window(long first, long end) throws ErrnoException {
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
            found = files.newWindow(this, first, end, pages(node.size()));
            windows.add(found);
        }
        return found;
    }

    /** Brings pages into memory that are not there yet; nothing has changed if that fails. */
    private void load(Range range, boolean writable) throws ErrnoException {
        requireMemory(range);
        long[] loaded = {range.first};
        boolean done = false;
        try {
            inRange(range, (chunk, from, to) -> {
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
                inRange(range, (chunk, from, to) -> learn(chunk, from, to, size, false));
            }
            done = true;
        } finally {
            if (!done) {
                release(new Range(range.window, range.first, loaded[0]), false);
            }
        }
        if (writable) {
            inRange(range, (chunk, from, to) -> chunk.countWriters(from, to, 1));
        }
    }

    /** What cannot succeed shall not take the memory away from everybody else first. */
    private void requireMemory(Range range) throws ErrnoException {
        long missing = range.end - range.first;
        for (MapChunk chunk : range.window.chunks.subMap(range.first - MapChunk.PAGES, false, range.end, false).values()) {
            for (int page = (int) Math.max(range.first - chunk.firstPage, 0); page < Math.min(range.end - chunk.firstPage, MapChunk.PAGES); page++) {
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

    /** Ends a map. What was changed by way of it is in the file afterwards, or waits for {@link #saveEnded}. */
    void unmap(MapWindow window, long address, long length) {
        lock.lock();
        try {
            long first = window.pageAt(address);
            Range range = new Range(window, first, first + pages(length));
            Users users = maps.get(range);
            // Two maps of one range have one address. It does no harm to take one that cannot be written to for gone, as long as another can.
            boolean writable = users.readers == 0;
            users.readers -= writable ? 0 : 1;
            users.writers -= writable ? 1 : 0;
            if (users.readers + users.writers == 0) {
                maps.remove(range);
            }
            unsaved.add(new Ended(range, writable));
            saveEnded();
        } finally {
            lock.unlock();
        }
    }

    /** Tries to bring changes of maps that have ended into the file, and gives their memory back. */
    void saveEnded() {
        lock.lock();
        try {
            if (unsaved.isEmpty()) {
                return;
            }
            for (Iterator<Ended> each = unsaved.iterator(); each.hasNext();) {
                Ended ended = each.next();
                try {
                    save(ended.range);
                } catch (ErrnoException e) {
                    continue; // stays, and is tried again
                }
                release(ended.range, ended.writable);
                each.remove();
            }
            files.setUnsaved(this, !unsaved.isEmpty());
            if (maps.isEmpty() && unsaved.isEmpty()) {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts a map less, and gives back the pages that have none any more. */
    private void release(Range range, boolean writable) {
        forRange(range, (chunk, from, to) -> {
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

    private void end() {
        gone = true;
        windows.forEach(files::freeWindow);
        windows.clear();
        files.remove(this);
        if (held) {
            node.drop();
        }
    }

    // ------------------------------------------------------------------ bringing changes into the file

    /** Writes what was changed by way of maps. */
    void save() throws ErrnoException {
        saveEnded();
        List<Range> ranges = new ArrayList<>();
        lock.lock();
        try {
            for (MapWindow window : windows) {
                for (MapChunk chunk : window.chunks.values()) {
                    ranges.add(new Range(window, chunk.firstPage, chunk.firstPage + MapChunk.PAGES));
                }
            }
        } finally {
            lock.unlock();
        }
        for (Range range : ranges) {
            save(range);
        }
    }

    /** Writes what was changed by way of maps between two addresses. */
    void save(MapWindow window, long address, long length) throws ErrnoException {
        long first = window.pageAt(address);
        save(new Range(window, first, first + pages(length)));
    }

    /** Writes what was changed in a range; others get at the file between chunks. */
    private void save(Range range) throws ErrnoException {
        for (long page = range.first; page < range.end;) {
            lock.lock();
            try {
                MapChunk chunk = range.window.chunkFrom(page);
                if (chunk == null) {
                    return;
                }
                int from = (int) Math.max(page - chunk.firstPage, 0);
                int to = Math.clamp(Math.min(range.end, pages(node.size())) - chunk.firstPage, from, MapChunk.PAGES);
                saveChanged(chunk, from, to);
                page = chunk.firstPage + MapChunk.PAGES;
            } finally {
                lock.unlock();
            }
        }
    }

    private void saveChanged(MapChunk chunk, int from, int to) throws ErrnoException {
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
        long position = position(chunk, first + from);
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

    // ------------------------------------------------------------------ access by other ways than maps

    /** As {@link FileNode#read}. */
    int read(long position, ByteBuffer destination) throws ErrnoException {
        lock.lock();
        try {
            long end = position + Math.clamp(node.size() - position, 0L, destination.remaining());
            long at = position;
            while (at < end) {
                MapChunk chunk = chunkWith(at / PAGE_SIZE);
                if (chunk != null) {
                    int page = (int) (at / PAGE_SIZE - chunk.firstPage);
                    int until = chunk.next(page, (int) Math.min(pages(end) - chunk.firstPage, MapChunk.PAGES), false);
                    int length = (int) (Math.min(position(chunk, until), end) - at);
                    destination.put(destination.position(), chunk.memory, (int) (at - chunk.firstPage * PAGE_SIZE), length);
                    destination.position(destination.position() + length);
                    at += length;
                } else {
                    int length = (int) (nextInMemory(at, end) - at);
                    ByteBuffer part = destination.slice(destination.position(), length);
                    int count = read(at, part, at == position);
                    destination.position(destination.position() + count);
                    at += count;
                    if (count < length) {
                        break;
                    }
                }
            }
            return (int) (at - position);
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be read is an error only if nothing was read before it. */
    private int read(long at, ByteBuffer part, boolean first) throws ErrnoException {
        try {
            return node.read(at, part);
        } catch (ErrnoException e) {
            if (first) {
                throw e;
            }
            return 0;
        }
    }

    private MapChunk chunkWith(long page) {
        for (MapWindow window : windows) {
            Map.Entry<Long, MapChunk> below = window.chunks.floorEntry(page);
            if (below != null && page < below.getKey() + MapChunk.PAGES && below.getValue().isMapped((int) (page - below.getKey()))) {
                return below.getValue();
            }
        }
        return null;
    }

    /** Where the next page begins, from a place that has none on, that is in memory; {@code end} if there is none before. */
    private long nextInMemory(long at, long end) {
        long page = at / PAGE_SIZE;
        long last = pages(end);
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
        return last == pages(end) ? end : last * PAGE_SIZE;
    }

    /** As {@link FileNode#write}. */
    int write(long position, ByteBuffer source) throws ErrnoException {
        lock.lock();
        try {
            long before = node.size();
            int count = node.write(position, source);
            written(before, position, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link FileNode#append}. */
    long append(ByteBuffer source) throws ErrnoException {
        lock.lock();
        try {
            long before = node.size();
            int start = source.position();
            long end = node.append(source);
            written(before, end - (source.position() - start), source.position() - start);
            return end;
        } finally {
            lock.unlock();
        }
    }

    private void written(long sizeBefore, long position, int count) throws ErrnoException {
        long size = node.size();
        if (size > sizeBefore) {
            clear(sizeBefore, size);
        }
        refresh(position, position + count);
    }

    /** As {@link FileNode#truncate}. */
    void truncate(long size) throws ErrnoException {
        lock.lock();
        try {
            long before = node.size();
            node.truncate(size);
            clear(Math.min(before, size), Math.max(before, size));
            if (size < before && size % PAGE_SIZE != 0) {
                inMemory(size, size + 1, (chunk, begin, end) -> chunk.forget(begin / PAGE_SIZE, begin / PAGE_SIZE + 1));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes zeros of what the file lost or got, up to the end of the last page. */
    private void clear(long begin, long end) throws ErrnoException {
        inMemory(begin, pages(end) * PAGE_SIZE, (chunk, from, to) -> {
            fill(chunk, from, to);
            for (int page = (from + PAGE_SIZE - 1) / PAGE_SIZE; page < to / PAGE_SIZE; page++) {
                if (chunk.hasHashes()) {
                    chunk.remember(page, files.hash().zeros(), 0);
                }
            }
        });
    }

    /**
     * Brings into memory what somebody wrote to the file. Stores to maps that came since are lost in that part: they came while it was being
     * written.
     *
     * @param begin of the part, in bytes
     * @param end   first byte that does not belong to it; may lie beyond the end of the file
     */
    void refresh(long begin, long end) throws ErrnoException {
        lock.lock();
        try {
            inMemory(begin, end, (chunk, from, to) -> {
                int last = (int) pages(to);
                chunk.forget(from / PAGE_SIZE, last);
                boolean done = false;
                try {
                    read(chunk, from, to);
                    done = true;
                } finally {
                    if (!done && chunk.hasHashes()) {
                        // What is in memory is older than what cannot be read: it must not be written over that.
                        learn(chunk, from / PAGE_SIZE, last, Long.MAX_VALUE, true);
                    }
                }
            });
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ going through pages

    /** Does something with each chunk of a range, made if need be. */
    private void inRange(Range range, Action action) throws ErrnoException {
        for (long page = range.first; page < range.end;) {
            MapChunk chunk = range.window.chunk(page);
            int from = (int) (page - chunk.firstPage);
            int to = (int) Math.min(range.end - chunk.firstPage, MapChunk.PAGES);
            action.run(chunk, from, to);
            page = chunk.firstPage + to;
        }
    }

    /** As {@link #inRange}, for what cannot fail. */
    private void forRange(Range range, Action action) {
        try {
            inRange(range, action);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something with each run of bytes of a range of the file that is in memory; they are given by their places in the chunk. */
    private void inMemory(long begin, long end, Action action) throws ErrnoException {
        for (MapWindow window : windows) {
            for (MapChunk chunk : window.chunks.subMap(begin / PAGE_SIZE - MapChunk.PAGES, false, pages(end), false).values()) {
                long base = chunk.firstPage * PAGE_SIZE;
                int from = (int) Math.max(begin - base, 0);
                int to = (int) Math.min(end - base, MapMemory.CHUNK_SIZE);
                int last = (int) pages(to);
                for (int page = chunk.next(from / PAGE_SIZE, last, true); page < last;) {
                    int until = chunk.next(page, last, false);
                    action.run(chunk, Math.max(from, page * PAGE_SIZE), Math.min(to, until * PAGE_SIZE));
                    page = chunk.next(until, last, true);
                }
            }
        }
    }
}
