package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;

/** A regular file. */
final class CowFile extends CowNode implements FileNode {
    CowFile(Cowfs fileSystem, long number) {
        super(fileSystem, number);
    }

    @Override
    public long size() throws ErrnoException {
        return volume().read(() -> inode().size);
    }

    /** Returns less than asked for also if what comes next cannot be read; the next call fails with {@code EIO} then. */
    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        int length = fileSystem.contents.read(number, position, destination);
        if (length > 0) {
            touchAccess();
        }
        return length;
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        return source.hasRemaining() ? fileSystem.contents.write(number, position, source) : 0;
    }

    @Override
    public long append(ByteBuffer source) throws ErrnoException {
        return source.hasRemaining() ? fileSystem.contents.append(number, source) : size();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        fileSystem.contents.truncate(number, size);
    }

    /** Makes the whole file system last, whatever is asked for: there is only one kind of commit. */
    @Override
    public void sync(boolean metadata) throws ErrnoException {
        volume().sync();
    }

    @Override
    public void hold() throws ErrnoException {
        if (!volume().read(() -> volume().inodes.hold(number))) {
            throw Errno.ESTALE.exception();
        }
    }

    @Override
    public void drop() {
        try {
            if (volume().read(() -> volume().inodes.drop(number))) {
                fileSystem.names.destroyOrphan(number);
            }
        } catch (ErrnoException e) {
            // It stays on the list of files without names, and goes at the next mount.
        }
    }
}
