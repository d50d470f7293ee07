package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** An open directory: a base for relative paths, and a list of names. */
final class OpenDirectory extends OpenFile {
    private final DirectoryNode directory;
    private final long device;
    private final ReentrantLock lock = new ReentrantLock();

    /** Made with the first name that is asked for: many directories are opened only as a base. */
    private DirectoryCursor cursor;

    OpenDirectory(DirectoryNode directory, long device) {
        this.directory = directory;
        this.device = device;
    }

    @Override
    public int read(ByteBuffer destination) throws ErrnoException {
        throw Errno.EISDIR.exception();
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        throw Errno.EISDIR.exception();
    }

    @Override
    public int write(ByteBuffer source) throws ErrnoException {
        throw Errno.EBADF.exception();
    }

    @Override
    public Status status() throws ErrnoException {
        return new Status(device, directory.attributes());
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        directory.sync();
    }

    @Override
    public Node node() {
        return directory;
    }

    @Override
    public DirectoryNode directory() {
        return directory;
    }

    @Override
    public String nextName() throws ErrnoException {
        lock.lock();
        try {
            if (cursor == null) {
                cursor = directory.entries();
            }
            return cursor.next();
        } finally {
            lock.unlock();
        }
    }
}
