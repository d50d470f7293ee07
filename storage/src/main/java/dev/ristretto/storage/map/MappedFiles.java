package dev.ristretto.storage.map;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The files of a name space that are mapped, and all access to files that may be: the package says how it works. Callable by any thread. */
public final class MappedFiles {
    private static final int PAGE_SIZE = MapMemory.PAGE_SIZE;
    /** Windows have the smallest of these sizes, each 16 times the one before, that has room for a file four times as large. */
    private static final long SMALLEST_WINDOW = 16 << 20;
    private static final long LARGEST_WINDOW = 64L << 30;
    private static final int WINDOW_STEP = 16;
    private static final int ROOM_TO_GROW = 4;
    /** A map that lies in two windows of this size is refused. */
    private static final long ADDRESSES = 1L << 46;

    final MapMemory memory;

    private final Consumer<byte[]> random;
    private final Map<FileNode, MappedFile> files = new ConcurrentHashMap<>();
    private final Set<MappedFile> unsaved = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Long, MapWindow> windows = new ConcurrentSkipListMap<>();
    /** Null while somebody uses it, and who comes meanwhile uses another one. */
    private final AtomicReference<PageCopies> copies = new AtomicReference<>();
    private final ReentrantLock hashLock = new ReentrantLock();
    private volatile PageHash hash;

    /**
     * @param memory for the maps
     * @param random fills an array with bytes that nobody can predict; asked when the first file is mapped for writing
     */
    public MappedFiles(MapMemory memory, Consumer<byte[]> random) {
        this.memory = memory;
        this.random = random;
    }

    // ------------------------------------------------------------------ maps

    /**
     * Maps part of a file.
     *
     * @param position where the part begins, in bytes: a multiple of {@link MapMemory#PAGE_SIZE}
     * @param length   its length in bytes, positive; what lies beyond the end of the file is zeros, and does not get into the file
     * @param writable whether what the program changes there belongs into the file
     * @return its address
     * @throws ErrnoException {@code ENOMEM} if there is not enough memory; {@code EBUSY} if it overlaps a map of the file where it cannot share memory
     *                        with it; {@code EOVERFLOW} next to the largest position that there is; and if the file cannot be read
     */
    public long map(FileNode file, long position, long length, boolean writable) throws ErrnoException {
        if (position % PAGE_SIZE != 0 || position < 0 || length <= 0) {
            throw Errno.EINVAL.exception();
        }
        if (length > Long.MAX_VALUE - MapMemory.CHUNK_SIZE - position) {
            throw Errno.EOVERFLOW.exception();
        }
        unsaved.forEach(MappedFile::saveEnded);
        long address = 0;
        while (address == 0) {
            address = files.computeIfAbsent(file, node -> new MappedFile(node, this)).map(position, length, writable);
        }
        return address;
    }

    /**
     * Ends a map; what was changed by way of it goes to the file now, or as soon as that is possible.
     *
     * @param address what {@link #map} returned
     * @param length  what it was given
     * @return false if there is no map at that address
     */
    public boolean unmap(long address, long length) {
        MapWindow window = window(address);
        if (window == null) {
            return false;
        }
        window.file.unmap(window, address, length);
        return true;
    }

    /**
     * Brings what was changed in part of a map to the file, and returns when it would survive a loss of power; does nothing at an address that is
     * none of a map.
     *
     * @param address a multiple of {@link MapMemory#PAGE_SIZE}
     * @param length  in bytes
     */
    public void force(long address, long length) throws ErrnoException {
        MapWindow window = window(address);
        if (window != null) {
            window.file.save(window, address, length);
            window.file.node().sync(true);
        }
    }

    private MapWindow window(long address) {
        Map.Entry<Long, MapWindow> below = windows.floorEntry(address);
        return below != null && address - below.getKey() < below.getValue().bytes ? below.getValue() : null;
    }

    /**
     * Brings what was changed by way of maps to the files of a file system.
     *
     * @throws ErrnoException of the first file that could not be written; the others have been
     */
    public void writeBack(FileSystem fileSystem) throws ErrnoException {
        ErrnoException failure = null;
        for (MappedFile file : files.values()) {
            if (file.node().fileSystem() == fileSystem) {
                try {
                    file.save();
                } catch (ErrnoException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    // ------------------------------------------------------------------ access to files

    private MappedFile of(FileNode file) {
        return files.isEmpty() ? null : files.get(file);
    }

    /** As {@link FileNode#read}, but sees what maps have changed. */
    public int read(FileNode file, long position, ByteBuffer destination) throws ErrnoException {
        MappedFile mapped = of(file);
        return mapped == null ? file.read(position, destination) : mapped.read(position, destination);
    }

    /** As {@link FileNode#write}, seen by maps. */
    public int write(FileNode file, long position, ByteBuffer source) throws ErrnoException {
        MappedFile mapped = of(file);
        int count = mapped == null ? file.write(position, source) : mapped.write(position, source);
        refreshOther(mapped, file, position, position + count);
        return count;
    }

    /** As {@link FileNode#append}, seen by maps. */
    public long append(FileNode file, ByteBuffer source) throws ErrnoException {
        MappedFile mapped = of(file);
        int start = source.position();
        long end = mapped == null ? file.append(source) : mapped.append(source);
        refreshOther(mapped, file, end - (source.position() - start), end);
        return end;
    }

    /** As {@link FileNode#truncate}, seen by maps. */
    public void truncate(FileNode file, long size) throws ErrnoException {
        MappedFile mapped = of(file);
        if (mapped == null) {
            file.truncate(size);
        } else {
            mapped.truncate(size);
        }
        refreshOther(mapped, file, size, Long.MAX_VALUE);
    }

    /**
     * A file that was mapped for the first time, or anew, while it was being changed, may have been read before. A map that is not seen here was
     * made later, and its pages were read later still.
     */
    private void refreshOther(MappedFile known, FileNode file, long begin, long end) throws ErrnoException {
        MappedFile now = of(file);
        if (now != null && now != known) {
            now.refresh(begin, end);
        }
    }

    /** As {@link FileNode#sync}, with what maps have changed. */
    public void sync(FileNode file, boolean metadata) throws ErrnoException {
        MappedFile mapped = of(file);
        if (mapped != null) {
            mapped.save();
        }
        file.sync(metadata);
    }

    // ------------------------------------------------------------------ for mapped files

    /** Makes a window for a map of a file: with room to grow, or if there are few addresses left without. */
    MapWindow newWindow(MappedFile file, long first, long end, long filePages) throws ErrnoException {
        long most = Math.max(filePages, end);
        long size = SMALLEST_WINDOW;
        while (size < LARGEST_WINDOW && size / PAGE_SIZE / ROOM_TO_GROW < most) {
            size *= WINDOW_STEP;
        }
        MapWindow window = windowOf(size, file, first, end);
        window = window == null && size > SMALLEST_WINDOW ? windowOf(SMALLEST_WINDOW, file, first, end) : window;
        if (window == null) {
            throw Errno.ENOMEM.exception();
        }
        windows.put(window.address, window);
        return window;
    }

    /** Windows begin at multiples of their sizes in a file, so that they rarely overlap. */
    private MapWindow windowOf(long least, MappedFile file, long first, long end) {
        long size = least;
        while (size < ADDRESSES && first / (size / PAGE_SIZE) != (end - 1) / (size / PAGE_SIZE)) {
            size *= WINDOW_STEP;
        }
        long address = size < ADDRESSES ? memory.reserve(size) : 0;
        return address == 0 ? null : new MapWindow(file, memory, address, first - first % (size / PAGE_SIZE), size);
    }

    void freeWindow(MapWindow window) {
        windows.remove(window.address);
        window.chunks.clear();
        memory.release(window.address, window.bytes);
    }

    void remove(MappedFile file) {
        unsaved.remove(file);
        files.remove(file.node(), file);
    }

    void setUnsaved(MappedFile file, boolean is) {
        if (is) {
            unsaved.add(file);
        } else {
            unsaved.remove(file);
        }
    }

    PageHash hash() {
        PageHash made = hash;
        if (made != null) {
            return made;
        }
        hashLock.lock();
        try {
            if (hash == null) {
                hash = new PageHash(random);
            }
            return hash;
        } finally {
            hashLock.unlock();
        }
    }

    PageCopies takeCopies() {
        PageCopies kept = copies.getAndSet(null);
        return kept == null ? new PageCopies() : kept;
    }

    void giveCopies(PageCopies done) {
        copies.set(done);
    }
}
