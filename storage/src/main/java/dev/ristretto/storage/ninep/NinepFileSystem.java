package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Statistics;

/**
 * A tree of files that a server has, and that others may change at any time. Made by {@link NinepSession#attach}.
 * <p>
 * What deviates from other file systems: no operation is atomic with respect to what others do to the same files. A file that somebody else
 * removes while it is open keeps the attributes that it had last. Pipes, sockets and devices of the server are there as devices that
 * cannot be opened ({@code ENXIO}). Names that are no text are left out of lists, and cannot be asked for.
 */
public final class NinepFileSystem implements FileSystem {
    private final NinepSession session;
    private final NinepDirectory root;
    private final boolean readOnly;
    private final OpenedFiles opened;

    NinepFileSystem(NinepSession session, Fid root, Qid qid, boolean readOnly) {
        this.session = session;
        this.readOnly = readOnly;
        opened = new OpenedFiles(session);
        this.root = new NinepDirectory(this, null, root, qid);
    }

    NinepSession session() {
        return session;
    }

    OpenedFiles opened() {
        return opened;
    }

    void requireWritable() throws ErrnoException {
        if (readOnly) {
            throw Errno.EROFS.exception();
        }
    }

    @Override
    public DirectoryNode root() {
        return root;
    }

    @Override
    public String type() {
        return "9p";
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public Statistics statistics() throws ErrnoException {
        return session.call(MessageTypes.STATFS, message -> message.put32(root.fid().number()), message -> {
            message.take32();
            long blockSize = Integer.toUnsignedLong(message.take32());
            long blocks = message.take64();
            message.take64();
            long free = message.take64(); // those that are for this user
            long nodes = message.take64();
            long freeNodes = message.take64();
            message.take64();
            message.take32();
            if (blockSize == 0 || blocks < 0 || blocks > Long.MAX_VALUE / blockSize || free < 0 || free > blocks) {
                throw Errno.EIO.exception();
            }
            return new Statistics(blockSize, blocks, free, Math.max(0, nodes), Math.max(0, freeNodes), Names.MAXIMUM);
        });
    }
}
