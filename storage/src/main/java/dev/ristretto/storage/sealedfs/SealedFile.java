package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.ReadOnlyFile;
import java.nio.ByteBuffer;

/** A file of a sealed tree. */
final class SealedFile extends SealedNode implements ReadOnlyFile {
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
}
