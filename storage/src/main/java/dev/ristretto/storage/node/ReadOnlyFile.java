package dev.ristretto.storage.node;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** A regular file of a file system that refuses every change: its content stays as it is, and needs no holding. */
public interface ReadOnlyFile extends ReadOnlyNode, FileNode {
    @Override
    default int write(long position, ByteBuffer source) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    default long append(ByteBuffer source) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    default void truncate(long size) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    default void sync(boolean metadata) {
        // There is nothing that could be lost.
    }

    @Override
    default void hold() {
        // The content stays for ever.
    }

    @Override
    default void drop() {
        // The content stays for ever.
    }
}
