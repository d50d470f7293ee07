package dev.ristretto.storage.node;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/**
 * A directory of a file system that refuses every change. What is there already is reported as such, as Linux does: {@code mkdir -p} relies
 * on it; and so is what is not there to be removed.
 */
public interface ReadOnlyDirectory extends ReadOnlyNode, DirectoryNode {
    @Override
    default FileNode createFile(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    default DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    default SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    default void link(String name, Node file) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    default void unlink(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    default void removeDirectory(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    default void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        throw refuseChange(name);
    }

    private ErrnoException refuseNew(String name) throws ErrnoException {
        return (lookup(name) != null ? Errno.EEXIST : Errno.EROFS).exception();
    }

    private ErrnoException refuseChange(String name) throws ErrnoException {
        return (lookup(name) != null ? Errno.EROFS : Errno.ENOENT).exception();
    }
}
