package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Reads and writes the bytes of files. What is written waits in the pages of an inode until a commit; what is read is checked against its
 * checksum, and never returned if that is wrong.
 */
final class Contents {
    /** A write longer than this many pages is done in parts, so that readers of other files get their turn. */
    private static final int PART = 64;
    private static final byte[] ZEROS = new byte[Blocks.SIZE];
    private static final int STRIPES = 64;

    private final Volume volume;
    /** Make reads and writes of one file atomic with respect to each other; files share them. */
    private final ReadWriteLock[] locks = new ReadWriteLock[STRIPES];

    /** Where neighbours are read to; null while somebody does, and who comes meanwhile uses another one. */
    private final AtomicReference<byte[]> together = new AtomicReference<>();

    Contents(Volume volume) {
        this.volume = volume;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantReadWriteLock();
        }
    }

    private ReadWriteLock lock(long number) {
        return locks[(int) (number % STRIPES)];
    }

    // ------------------------------------------------------------------ reading

    int read(long number, long position, ByteBuffer destination) throws ErrnoException {
        ReadWriteLock lock = lock(number);
        lock.readLock().lock();
        try {
            return volume.read(() -> read(volume.inodes.get(number, Errno.ESTALE), position, destination));
        } finally {
            lock.readLock().unlock();
        }
    }

    private int read(Inode inode, long position, ByteBuffer destination) throws ErrnoException {
        int length = (int) Math.clamp(inode.size - position, 0L, destination.remaining());
        boolean inSequence = position == inode.nextRead;
        Extent extent = Extent.hole(0, 0);
        int done = 0;
        try {
            while (done < length) {
                long at = position + done;
                long index = at / Blocks.SIZE;
                int offset = (int) (at % Blocks.SIZE);
                int part = Math.min(length - done, Blocks.SIZE - offset);
                byte[] page = inode.pages.get(index);
                if (page == null && !extent.covers(index)) {
                    extent = volume.extents.find(inode.number, index);
                }
                if (page != null || extent.isHole()) {
                    destination.put(page == null ? ZEROS : page, offset, part);
                } else {
                    int pages = (int) Blocks.ceiling(offset + (long) length - done);
                    load(extent, index, inSequence ? pages + volume.options.readAhead() / Blocks.SIZE : pages, offset, part, destination);
                }
                done += part;
            }
        } catch (ErrnoException e) {
            if (done == 0) {
                throw e;
            }
        }
        inode.nextRead = position + done;
        return done;
    }

    /** Adds a part of a page to a buffer, and reads a few more pages into the cache if it has to be read. */
    private void load(Extent extent, long index, int wanted, int offset, int length, ByteBuffer destination) throws ErrnoException {
        if (volume.pages.copy(extent.block(index), offset, length, destination)) {
            return;
        }
        int count = (int) Math.clamp(extent.end() - index, 1L, Math.min(wanted, volume.pages.capacity() / 2));
        if (count == 1 || !loadSeveral(extent, index, count) || !volume.pages.copy(extent.block(index), offset, length, destination)) {
            byte[] page = volume.pages.take();
            read(extent, index, page, 1);
            Blocks.require(matches(extent, index, page, 0));
            destination.put(page, offset, length);
            volume.pages.give(extent.block(index), page);
        }
    }

    /** Reads neighbours into the cache; false if there is one that nobody may have asked for and that cannot be read. */
    private boolean loadSeveral(Extent extent, long index, int count) {
        byte[] kept = together.getAndSet(null);
        byte[] bytes = kept == null ? new byte[Extent.MAXIMUM * Blocks.SIZE] : kept;
        try {
            read(extent, index, bytes, count);
            for (int i = 0; i < count; i++) {
                if (matches(extent, index + i, bytes, i * Blocks.SIZE)) {
                    volume.pages.put(extent.block(index + i), bytes, i * Blocks.SIZE);
                }
            }
            return true;
        } catch (ErrnoException e) {
            return false;
        } finally {
            together.set(bytes);
        }
    }

    private void read(Extent extent, long index, byte[] bytes, int count) throws ErrnoException {
        volume.device.read(extent.block(index) * Blocks.SIZE, ByteBuffer.wrap(bytes, 0, count * Blocks.SIZE));
    }

    private static boolean matches(Extent extent, long index, byte[] bytes, int offset) {
        return Blocks.checksum(bytes, offset, Blocks.SIZE) == extent.checksum(index);
    }

    // ------------------------------------------------------------------ writing

    int write(long number, long position, ByteBuffer source) throws ErrnoException {
        ReadWriteLock lock = lock(number);
        lock.writeLock().lock();
        try {
            return writeLocked(number, position, source);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns the position after the last byte written. */
    long append(long number, ByteBuffer source) throws ErrnoException {
        ReadWriteLock lock = lock(number);
        lock.writeLock().lock();
        try {
            long end = volume.read(() -> volume.inodes.get(number, Errno.ESTALE).size);
            return end + writeLocked(number, end, source);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private int writeLocked(long number, long position, ByteBuffer source) throws ErrnoException {
        int length = (int) Math.min(source.remaining(), Long.MAX_VALUE - position);
        if (length == 0 && source.hasRemaining()) {
            throw Errno.EFBIG.exception();
        }
        int done = 0;
        while (done < length) {
            try {
                done += writePart(number, position + done, source, length - done);
            } catch (ErrnoException e) {
                if (done == 0) {
                    throw e;
                }
                break;
            }
        }
        return done;
    }

    private int writePart(long number, long position, ByteBuffer source, int most) throws ErrnoException {
        int offset = (int) (position % Blocks.SIZE);
        volume.changes.lock();
        try {
            int pages = (int) Math.min(PART, Blocks.ceiling((long) offset + most));
            pages = makeRoom(pages);
            int length = Math.min(most, pages * Blocks.SIZE - offset);
            return volume.apply(() -> {
                Inode inode = volume.inodes.get(number, Errno.ESTALE);
                long first = position / Blocks.SIZE;
                long last = (position + length - 1) / Blocks.SIZE;
                // What can fail comes before the first change: only the pages at the ends can keep some of what they have.
                byte[] head = pageForWriting(inode, first, position, length);
                byte[] tail = last == first ? head : pageForWriting(inode, last, position, length);
                for (long index = first; index <= last; index++) {
                    byte[] page = index == first ? head : index == last ? tail : pageForWriting(inode, index, position, length);
                    int from = index == first ? offset : 0;
                    int part = (int) Math.min(Blocks.SIZE - from, position + length - (index * Blocks.SIZE + from));
                    source.get(page, from, part);
                    volume.inodes.putPage(inode, index, page);
                }
                inode.size = Math.max(inode.size, position + length);
                long now = volume.options.clock().epochNanos();
                inode.modified = now;
                inode.changed = now;
                return length;
            });
        } finally {
            volume.changes.unlock();
        }
    }

    /** Returns for how many pages there is room, from one up to as many as wanted. */
    private int makeRoom(int wanted) throws ErrnoException {
        for (int pages = wanted; ; pages = pages / 2) {
            try {
                volume.prepare(pages, false);
                return pages;
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOSPC || pages == 1) {
                    throw e;
                }
            }
        }
    }

    /** Returns a page to write a range to: what of it lies outside is what the file has there. */
    private byte[] pageForWriting(Inode inode, long index, long position, long length) throws ErrnoException {
        long begin = index * Blocks.SIZE;
        long end = position + length;
        byte[] page = inode.pages.get(index);
        if (page != null) {
            return page;
        }
        page = volume.pages.take();
        if (position > begin || end - begin < Blocks.SIZE) {
            Extent extent = position <= begin && end >= inode.size ? Extent.hole(index, index + 1) : volume.extents.find(inode.number, index);
            if (extent.isHole()) {
                System.arraycopy(ZEROS, 0, page, 0, Blocks.SIZE);
            } else {
                load(extent, index, 1, 0, Blocks.SIZE, ByteBuffer.wrap(page));
            }
        }
        return page;
    }

    // ------------------------------------------------------------------ length

    void truncate(long number, long size) throws ErrnoException {
        ReadWriteLock lock = lock(number);
        lock.writeLock().lock();
        volume.changes.lock();
        try {
            volume.prepare(1, true);
            volume.apply(() -> {
                Inode inode = volume.inodes.get(number, Errno.ESTALE);
                if (size < inode.size) {
                    cut(inode, size);
                }
                long now = volume.options.clock().epochNanos();
                inode.modified = size == inode.size ? inode.modified : now;
                inode.changed = now;
                inode.size = size;
                volume.inodes.changed(inode);
                return null;
            });
        } finally {
            volume.changes.unlock();
            lock.writeLock().unlock();
        }
    }

    private void cut(Inode inode, long size) throws ErrnoException {
        int offset = (int) (size % Blocks.SIZE);
        long index = size / Blocks.SIZE;
        if (offset != 0 && (inode.pages.containsKey(index) || !volume.extents.find(inode.number, index).isHole())) {
            // What lies beyond the end of a file has to be zero, for when the file grows again.
            byte[] page = pageForWriting(inode, index, index * Blocks.SIZE, 0);
            Arrays.fill(page, offset, Blocks.SIZE, (byte) 0);
            volume.inodes.putPage(inode, index, page);
        }
        free(inode, Blocks.ceiling(size));
    }

    /** Frees everything from a page on. */
    void free(Inode inode, long first) throws ErrnoException {
        volume.inodes.dropPages(inode, first);
        inode.blocks -= volume.extents.remove(inode.number, first, Long.MAX_VALUE);
    }
}
