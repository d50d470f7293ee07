package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;

/** A tree of files that can be mounted. */
public interface FileSystem {
    /** Returns the directory at the top; always the same node, whose parent is itself. */
    DirectoryNode root();

    /** Returns the type's name as {@code mount(8)} prints it, such as {@code tmpfs}. */
    String type();

    /** Tells whether every change is refused with {@code EROFS}; writing to devices is not a change. */
    boolean isReadOnly();

    /** Returns how full it is. */
    Statistics statistics() throws ErrnoException;
}
