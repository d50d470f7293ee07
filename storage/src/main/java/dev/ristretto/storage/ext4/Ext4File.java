package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.ReadOnlyFile;
import java.nio.ByteBuffer;

/** A regular file. */
final class Ext4File extends Ext4Node implements ReadOnlyFile {
    Ext4File(Ext4 fileSystem, Inode inode) {
        super(fileSystem, inode);
    }

    @Override
    public long size() {
        return inode.size;
    }

    /** Returns less than asked for also if what comes next cannot be read; the next call fails with {@code EIO} then. */
    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        return fileSystem.contents.read(inode, position, destination);
    }
}
