package dev.ristretto.storage.map;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A file that says what is done to it, and fails when asked to. */
final class WatchedFile implements FileNode {
    private final FileNode file;
    final AtomicInteger bytesWritten = new AtomicInteger();
    final AtomicInteger holds = new AtomicInteger();
    int syncs;
    /** Happens within the next write. */
    Runnable duringWrite;
    /** Writes fail after so many bytes. */
    int room = Integer.MAX_VALUE;
    boolean unreadable;

    WatchedFile(FileNode file) {
        this.file = file;
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        Runnable action = duringWrite;
        duringWrite = null;
        if (action != null) {
            action.run();
        }
        int length = Math.min(source.remaining(), room);
        if (length == 0) {
            throw Errno.ENOSPC.exception();
        }
        room -= room == Integer.MAX_VALUE ? 0 : length;
        int limit = source.limit();
        int count = file.write(position, source.limit(source.position() + length));
        source.limit(limit);
        bytesWritten.addAndGet(count);
        return count;
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        if (unreadable) {
            throw Errno.EIO.exception();
        }
        return file.read(position, destination);
    }

    @Override
    public long append(ByteBuffer source) throws ErrnoException {
        return file.append(source);
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        file.truncate(size);
    }

    @Override
    public void sync(boolean metadata) {
        syncs++;
    }

    @Override
    public void hold() {
        holds.incrementAndGet();
    }

    @Override
    public void drop() {
        holds.decrementAndGet();
    }

    @Override
    public long size() throws ErrnoException {
        return file.size();
    }

    @Override
    public FileSystem fileSystem() {
        return file.fileSystem();
    }

    @Override
    public Attributes attributes() throws ErrnoException {
        return file.attributes();
    }

    @Override
    public void setPermissions(int permissions) throws ErrnoException {
        file.setPermissions(permissions);
    }

    @Override
    public void setOwner(int owner, int group) throws ErrnoException {
        file.setOwner(owner, group);
    }

    @Override
    public void setTimes(long accessed, long modified) throws ErrnoException {
        file.setTimes(accessed, modified);
    }
}
