package dev.ristretto.storage.map;

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

    private final FileNode node;
    private final MappedFiles files;

    /** Guards all that follows, and makes what is done to file and pages one step. */
    private final ReentrantLock lock = new ReentrantLock();
    private final MapWindows windows;
    private final MapTransfer transfer;
    private final Map<MapRange, Users> maps = new HashMap<>();
    /** Maps that the program has done with, but whose changes are not in the file yet. */
    private final List<Ended> unsaved = new ArrayList<>();
    private boolean held;
    private boolean gone;

    private record Ended(MapRange range, boolean writable) {
    }

    /** How many maps there are of one range. */
    private static final class Users {
        int readers;
        int writers;
    }

    MappedFile(FileNode node, MappedFiles files) {
        this.node = node;
        this.files = files;
        windows = new MapWindows(this, files);
        transfer = new MapTransfer(node, files);
    }

    FileNode node() {
        return node;
    }

    /** How many pages there are in so many bytes, the last one perhaps in part. */
    static long pages(long bytes) {
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
                MapRange range = new MapRange(windows.forMap(first, end), first, end);
                transfer.load(range, writable);
                Users users = maps.computeIfAbsent(range, none -> new Users());
                users.readers += writable ? 0 : 1;
                users.writers += writable ? 1 : 0;
                done = true;
                return range.window().addressOf(first);
            } finally {
                if (!done && maps.isEmpty() && unsaved.isEmpty()) {
                    end();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a map. What was changed by way of it is in the file afterwards, or waits for {@link #saveEnded}. */
    void unmap(MapWindow window, long address, long length) {
        lock.lock();
        try {
            long first = window.pageAt(address);
            MapRange range = new MapRange(window, first, first + pages(length));
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
                transfer.release(ended.range, ended.writable);
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

    private void end() {
        gone = true;
        windows.free();
        files.remove(this);
        if (held) {
            node.drop();
        }
    }

    // ------------------------------------------------------------------ bringing changes into the file

    /** Writes what was changed by way of maps. */
    void save() throws ErrnoException {
        saveEnded();
        List<MapRange> chunks;
        lock.lock();
        try {
            chunks = windows.chunks();
        } finally {
            lock.unlock();
        }
        for (MapRange chunk : chunks) {
            save(chunk);
        }
    }

    /** Writes what was changed by way of maps between two addresses. */
    void save(MapWindow window, long address, long length) throws ErrnoException {
        long first = window.pageAt(address);
        save(new MapRange(window, first, first + pages(length)));
    }

    /** Writes what was changed in a range; others get at the file between chunks. */
    private void save(MapRange range) throws ErrnoException {
        for (long page = range.first(); page < range.end();) {
            lock.lock();
            try {
                MapChunk chunk = range.window().chunkFrom(page);
                if (chunk == null) {
                    return;
                }
                int from = (int) Math.max(page - chunk.firstPage, 0);
                int to = Math.clamp(Math.min(range.end(), pages(node.size())) - chunk.firstPage, from, MapChunk.PAGES);
                transfer.save(chunk, from, to);
                page = chunk.firstPage + MapChunk.PAGES;
            } finally {
                lock.unlock();
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
                MapChunk chunk = windows.with(at / PAGE_SIZE);
                if (chunk != null) {
                    int page = (int) (at / PAGE_SIZE - chunk.firstPage);
                    int until = chunk.next(page, (int) Math.min(pages(end) - chunk.firstPage, MapChunk.PAGES), false);
                    int length = (int) (Math.min(position(chunk, until), end) - at);
                    destination.put(destination.position(), chunk.memory, (int) (at - chunk.firstPage * PAGE_SIZE), length);
                    destination.position(destination.position() + length);
                    at += length;
                } else {
                    int length = (int) (windows.nextInMemory(at, end) - at);
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
                windows.inMemory(size, size + 1, (chunk, begin, end) -> chunk.forget(begin / PAGE_SIZE, begin / PAGE_SIZE + 1));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes zeros of what the file lost or got, up to the end of the last page. */
    private void clear(long begin, long end) throws ErrnoException {
        windows.inMemory(begin, pages(end) * PAGE_SIZE, transfer::clear);
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
            windows.inMemory(begin, end, transfer::refresh);
        } finally {
            lock.unlock();
        }
    }
}
