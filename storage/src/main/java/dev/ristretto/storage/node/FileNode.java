package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/**
 * A regular file. Positions are bytes from 0 to {@link Long#MAX_VALUE}, never negative: the caller checks. Reads and writes of one
 * file are atomic with respect to each other.
 */
public interface FileNode extends Node {
    /** Returns the length in bytes. */
    long size() throws ErrnoException;

    /**
     * Reads what is there, up to the space left in the buffer.
     *
     * @return the number of bytes read; less than asked for only at the end of the file, where it is 0
     */
    int read(long position, ByteBuffer destination) throws ErrnoException;

    /**
     * Returns part of the content where it lies in memory, for reading, if it stays there unchanged for ever. Zeros follow up to the next
     * multiple of 4096 bytes of the file, as after the end of a file that is mapped.
     *
     * @param position a multiple of 4096
     * @param length   in bytes, positive
     * @return a direct buffer whose address is a multiple of 4096 and which begins with the first byte, or {@code null} where there is none
     * @throws ErrnoException {@code EIO}
     */
    default ByteBuffer view(long position, long length) throws ErrnoException {
        return null;
    }

    /**
     * Writes what is left in the buffer; a gap between the end of the file and the position reads as zeros afterwards.
     *
     * @return the number of bytes written; less than asked for only if the file system became full
     * @throws ErrnoException {@code ENOSPC} and {@code EFBIG} if not even one byte could be written; {@code EROFS}
     */
    int write(long position, ByteBuffer source) throws ErrnoException;

    /**
     * Writes at the end of the file, wherever that is at this moment.
     *
     * @return the position after the last byte written
     * @throws ErrnoException as for {@link #write}
     */
    long append(ByteBuffer source) throws ErrnoException;

    /**
     * Sets the length; what is added reads as zeros.
     *
     * @throws ErrnoException {@code EROFS}, {@code EFBIG}
     */
    void truncate(long size) throws ErrnoException;

    /**
     * Returns when everything written so far would survive a loss of power.
     *
     * @param metadata whether times and permissions shall survive too
     */
    void sync(boolean metadata) throws ErrnoException;

    /**
     * Keeps the content although the last name may go, until {@link #drop()} has been called as often as this.
     *
     * @throws ErrnoException {@code ESTALE} if the last name is gone already and so is the content
     */
    void hold() throws ErrnoException;

    /**
     * Called by who holds the file and is going to write to it.
     *
     * @throws ErrnoException {@code EACCES} and others if whoever keeps the file does not let this machine write to it
     */
    default void requireWritable() throws ErrnoException {
        // Everything in an image runs as one user who may do everything.
    }

    /** Ends what one {@link #hold()} began. */
    void drop();
}
