package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;

/**
 * A directory. Names are single components, never empty, {@code "."} or {@code ".."}, without a slash, checked by the caller with
 * {@link Names#check}. Every method is atomic with respect to every other one of the same file system.
 * <p>
 * All methods that change something throw {@code EROFS} on a read-only file system, and {@code ENOENT} on a directory that has
 * been removed while something still referred to it.
 */
public interface DirectoryNode extends Node {
    /** Returns the directory that this one is in; the root is its own parent. */
    DirectoryNode parent();

    /** Returns the file of that name, or {@code null} if there is none. */
    Node lookup(String name) throws ErrnoException;

    /** Returns a cursor over the names as they are at this moment. */
    DirectoryCursor entries() throws ErrnoException;

    /** Returns when its names would survive a loss of power, as far as anything on this file system does. */
    default void sync() throws ErrnoException {
        // Nothing here survives one, or nothing ever changes.
    }

    /**
     * Creates an empty file.
     *
     * @throws ErrnoException {@code EEXIST}, {@code ENOSPC}
     */
    FileNode createFile(String name, int permissions) throws ErrnoException;

    /**
     * Creates an empty directory.
     *
     * @throws ErrnoException {@code EEXIST}, {@code ENOSPC}, {@code EMLINK}
     */
    DirectoryNode createDirectory(String name, int permissions) throws ErrnoException;

    /**
     * Creates a symbolic link.
     *
     * @param target any text of one byte of UTF-8 or more; need not name anything
     * @throws ErrnoException {@code EEXIST}, {@code ENOSPC}
     */
    SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException;

    /**
     * Gives a file of this file system another name.
     *
     * @throws ErrnoException {@code EEXIST}, {@code ENOSPC}, {@code EMLINK}, {@code EPERM} for a directory, {@code ENOENT} if
     *                        the file has lost its last name meanwhile
     */
    void link(String name, Node file) throws ErrnoException;

    /**
     * Removes the name of something that is not a directory. A file that has lost its last name keeps its content until nobody
     * {@linkplain FileNode#hold() holds} it any longer.
     *
     * @throws ErrnoException {@code ENOENT}, {@code EISDIR}
     */
    void unlink(String name) throws ErrnoException;

    /**
     * Removes an empty directory.
     *
     * @throws ErrnoException {@code ENOENT}, {@code ENOTDIR}, {@code ENOTEMPTY}
     */
    void removeDirectory(String name) throws ErrnoException;

    /**
     * Moves a file to another name, replacing what has that name now; nobody can observe the new name absent meanwhile.
     * Nothing happens if both names are the same file.
     *
     * @param target directory of the same file system, possibly this one
     * @throws ErrnoException {@code ENOENT}; {@code EISDIR} for a file onto a directory; {@code ENOTDIR} for a directory onto
     *                        something else; {@code ENOTEMPTY}; {@code EINVAL} for a directory into itself; {@code EMLINK}
     */
    void rename(String name, DirectoryNode target, String targetName) throws ErrnoException;
}
