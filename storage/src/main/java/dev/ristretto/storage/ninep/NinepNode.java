package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Node;

/** A file of any kind: a number that the server knows, and which file that was. Equal to another one for the same file. */
abstract class NinepNode implements Node {
    private final NinepFileSystem fileSystem;
    private final Fid fid;
    private final long number;

    NinepNode(NinepFileSystem fileSystem, Fid fid, Qid qid) {
        this.fileSystem = fileSystem;
        this.fid = fid;
        this.number = FileCalls.number(qid);
    }

    final Fid fid() {
        return fid;
    }

    /** The inode number. */
    final long number() {
        return number;
    }

    final NinepFileSystem files() {
        return fileSystem;
    }

    final NinepSession session() {
        return fileSystem.session();
    }

    @Override
    public final FileSystem fileSystem() {
        return fileSystem;
    }

    @Override
    public Attributes attributes() throws ErrnoException {
        return attributesByName();
    }

    /** What the server knows; {@code ENOENT} if the file is gone, and perhaps another one has its name. */
    final Attributes attributesByName() throws ErrnoException {
        Attributes attributes = FileCalls.attributes(session(), fid);
        if (attributes.number() != number) {
            throw Errno.ENOENT.exception();
        }
        return attributes;
    }

    @Override
    public void setPermissions(int permissions) throws ErrnoException {
        requireChangeable();
        FileCalls.set(session(), fid, MessageTypes.SET_MODE, permissions, 0, 0, 0);
    }

    @Override
    public void setOwner(int owner, int group) throws ErrnoException {
        requireChangeable();
        FileCalls.set(session(), fid, (owner == -1 ? 0 : MessageTypes.SET_UID) | (group == -1 ? 0 : MessageTypes.SET_GID), 0, owner, group, 0);
    }

    @Override
    public void setTimes(long accessed, long modified) throws ErrnoException {
        requireChangeable();
        int valid = (accessed == KEEP_TIME ? 0 : MessageTypes.SET_ATIME | MessageTypes.SET_ATIME_GIVEN)
                | (modified == KEEP_TIME ? 0 : MessageTypes.SET_MTIME | MessageTypes.SET_MTIME_GIVEN);
        if (valid != 0) {
            FileCalls.setTimes(session(), fid, valid, accessed, modified);
        }
    }

    /** What follows goes by the name, so it must not be another file's by now. */
    private void requireChangeable() throws ErrnoException {
        fileSystem.requireWritable();
        attributesByName();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof NinepNode node && node.number == number && node.fileSystem == fileSystem;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(number);
    }
}
