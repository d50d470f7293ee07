package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;

/** A file of any kind, apart from the names it has. */
public interface Node {
    /** Passed to {@link #setTimes} for a time that shall stay as it is. */
    long KEEP_TIME = Long.MIN_VALUE;

    /** Returns the file system that this node belongs to. */
    FileSystem fileSystem();

    /** Returns what is known about the file now. */
    Attributes attributes() throws ErrnoException;

    /**
     * Sets the permission bits.
     *
     * @param permissions bits within {@link Attributes#PERMISSION_BITS}
     * @throws ErrnoException {@code EROFS}
     */
    void setPermissions(int permissions) throws ErrnoException;

    /**
     * Sets owner and group; {@code -1} leaves one as it is.
     *
     * @throws ErrnoException {@code EROFS}
     */
    void setOwner(int owner, int group) throws ErrnoException;

    /**
     * Sets the times of last access and modification, in nanoseconds since the epoch; {@link #KEEP_TIME} leaves one as it is.
     *
     * @throws ErrnoException {@code EROFS}
     */
    void setTimes(long accessed, long modified) throws ErrnoException;
}
