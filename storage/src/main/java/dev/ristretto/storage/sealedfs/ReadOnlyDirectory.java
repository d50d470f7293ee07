package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;

/** A directory that refuses every change. */
abstract class ReadOnlyDirectory extends SealedNode implements DirectoryNode {
    private final DirectoryNode parent;

    /** @param parent the directory this one is in; null for the root */
    ReadOnlyDirectory(Identity identity, DirectoryNode parent) {
        super(identity, FileType.DIRECTORY, 0555, 0, 0);
        this.parent = parent == null ? this : parent;
    }

    @Override
    public final DirectoryNode parent() {
        return parent;
    }

    @Override
    public final FileNode createFile(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public final DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public final SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public final void link(String name, Node file) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public final void unlink(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    public final void removeDirectory(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    public final void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        throw refuseChange(name);
    }

    /** What is there already is reported as such, as Linux does: {@code mkdir -p} relies on it. */
    private ErrnoException refuseNew(String name) throws ErrnoException {
        return (lookup(name) != null ? Errno.EEXIST : Errno.EROFS).exception();
    }

    private ErrnoException refuseChange(String name) throws ErrnoException {
        return (lookup(name) != null ? Errno.EROFS : Errno.ENOENT).exception();
    }
}
