package dev.ristretto.storage.node;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/** A file of a file system that refuses every change. */
public interface ReadOnlyNode extends Node {
    @Override
    default void setPermissions(int permissions) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    default void setOwner(int owner, int group) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    default void setTimes(long accessed, long modified) throws ErrnoException {
        throw Errno.EROFS.exception();
    }
}
