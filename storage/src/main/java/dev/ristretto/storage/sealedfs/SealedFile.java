package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;

/** A file of a sealed tree. */
final class SealedFile extends SealedNode implements FileNode {
    private final Content content;

    SealedFile(Identity identity, Content content) {
        super(identity, FileType.REGULAR, 0444, content.size(), 0);
        this.content = content;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        return content.read(position, destination);
    }

    @Override
    public ByteBuffer view(long position, long length) {
        return content.view(position, length);
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    public long append(ByteBuffer source) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    public void sync(boolean metadata) {
        // There is nothing that could be lost.
    }

    @Override
    public void hold() {
        // The content stays for ever.
    }

    @Override
    public void drop() {
        // The content stays for ever.
    }
}
