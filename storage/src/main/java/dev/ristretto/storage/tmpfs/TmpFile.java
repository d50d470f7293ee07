package dev.ristretto.storage.tmpfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** A regular file: pages on the heap, holes where nothing was written. */
final class TmpFile extends TmpNode implements FileNode {
    private static final int PAGE_SIZE = Tmpfs.PAGE_SIZE;
    private static final byte[] ZEROS = new byte[PAGE_SIZE];

    /** Guards {@link #pages} and changes of {@link #size}. In a page, whatever lies beyond the size is zero. */
    private final ReentrantLock content = new ReentrantLock();
    private final PageTree pages = new PageTree();
    private volatile long size;

    /** How many hold the content; guarded by {@link Tmpfs#nameSpace}. */
    private int holds;

    TmpFile(Tmpfs fileSystem, int permissions) {
        super(fileSystem, FileType.REGULAR, permissions, 1);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    long allocatedBytes() {
        content.lock();
        try {
            return pages.bytes();
        } finally {
            content.unlock();
        }
    }

    @Override
    public int read(long position, ByteBuffer destination) {
        content.lock();
        try {
            int length = (int) Math.clamp(size - position, 0, destination.remaining());
            if (length == 0) {
                return 0;
            }
            touchAccess();
            long at = position;
            for (int left = length; left > 0; ) {
                int offset = (int) (at % PAGE_SIZE);
                int part = Math.min(left, PAGE_SIZE - offset);
                byte[] page = pages.get(at / PAGE_SIZE);
                destination.put(page == null ? ZEROS : page, offset, part);
                at += part;
                left -= part;
            }
            return length;
        } finally {
            content.unlock();
        }
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        content.lock();
        try {
            return writeLocked(position, source);
        } finally {
            content.unlock();
        }
    }

    @Override
    public long append(ByteBuffer source) throws ErrnoException {
        content.lock();
        try {
            long position = size;
            return position + writeLocked(position, source);
        } finally {
            content.unlock();
        }
    }

    private int writeLocked(long position, ByteBuffer source) throws ErrnoException {
        if (!source.hasRemaining()) {
            return 0;
        }
        int length = (int) Math.min(source.remaining(), Long.MAX_VALUE - position);
        if (length == 0) {
            throw Errno.EFBIG.exception();
        }
        int written = 0;
        while (written < length) {
            long at = position + written;
            byte[] page = pageForWriting(at / PAGE_SIZE);
            if (page == null) {
                break;
            }
            int offset = (int) (at % PAGE_SIZE);
            int part = Math.min(length - written, PAGE_SIZE - offset);
            source.get(page, offset, part);
            written += part;
        }
        if (written == 0) {
            throw Errno.ENOSPC.exception();
        }
        size = Math.max(size, position + written);
        touchContent();
        return written;
    }

    /** Returns the page of that index, a new one if there was a hole, or null if the file system is full. */
    private byte[] pageForWriting(long index) {
        byte[] page = pages.get(index);
        if (page != null) {
            return page;
        }
        long cost = pages.cost(index);
        if (!fileSystem.pages.take(cost)) {
            return null;
        }
        boolean done = false;
        try {
            page = new byte[PAGE_SIZE];
            pages.put(index, page);
            done = true;
            return page;
        } finally {
            if (!done) {
                // The Java heap is exhausted before the file system is: the error goes to whoever writes.
                fileSystem.pages.give(cost);
            }
        }
    }

    @Override
    public void truncate(long newSize) {
        content.lock();
        try {
            if (newSize < size) {
                cut(newSize);
            }
            if (newSize != size) {
                size = newSize;
                touchContent();
            } else {
                touchAttributes();
            }
        } finally {
            content.unlock();
        }
    }

    private void cut(long newSize) {
        long before = pages.bytes();
        pages.cut((newSize + PAGE_SIZE - 1) / PAGE_SIZE);
        fileSystem.pages.give(before - pages.bytes());
        int offset = (int) (newSize % PAGE_SIZE);
        byte[] last = offset == 0 ? null : pages.get(newSize / PAGE_SIZE);
        if (last != null) {
            Arrays.fill(last, offset, PAGE_SIZE, (byte) 0);
        }
    }

    @Override
    public void sync(boolean metadata) {
        // Nothing in memory survives a loss of power, so there is nothing to wait for.
    }

    @Override
    public void hold() throws ErrnoException {
        fileSystem.nameSpace.lock();
        try {
            if (links == 0 && holds == 0) {
                throw Errno.ESTALE.exception();
            }
            holds++;
        } finally {
            fileSystem.nameSpace.unlock();
        }
    }

    @Override
    public void drop() {
        fileSystem.nameSpace.lock();
        try {
            holds--;
            freeIfUnused();
        } finally {
            fileSystem.nameSpace.unlock();
        }
    }

    /** Gives the content's space back if no name and no holder is left; called with {@link Tmpfs#nameSpace} locked. */
    void freeIfUnused() {
        if (links == 0 && holds == 0) {
            content.lock();
            try {
                cut(0);
                size = 0;
            } finally {
                content.unlock();
            }
        }
    }
}
