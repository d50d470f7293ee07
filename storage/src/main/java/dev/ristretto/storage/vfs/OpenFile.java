package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;

/**
 * Something that was opened (POSIX calls it an open file description): what it is and how it may be used, and for a file with a
 * position, where the next read or write goes. Several descriptors can share one. Other layers extend this for what is no file but
 * has a descriptor, such as a socket or a pipe; what such a thing cannot do keeps the refusal that stands here.
 */
public abstract class OpenFile {
    /** How many descriptors there are for this; guarded by the lock of the {@link DescriptorTable}. */
    int descriptors;

    /**
     * Reads at the position and moves it.
     *
     * @return the number of bytes read, 0 at the end of input or if the buffer is full
     * @throws ErrnoException {@code EBADF} if not open for reading, {@code EISDIR}, {@code EIO}
     */
    public abstract int read(ByteBuffer destination) throws ErrnoException;

    /**
     * Writes at the position, or at the end of a file open for appending, and moves the position.
     *
     * @return the number of bytes written, less than asked for only if there was no room for more
     * @throws ErrnoException {@code EBADF} if not open for writing, {@code ENOSPC}, {@code EFBIG}, {@code EIO}
     */
    public abstract int write(ByteBuffer source) throws ErrnoException;

    /** Returns what {@code fstat(2)} tells. */
    public abstract Status status() throws ErrnoException;

    /** Reads into one buffer after the other, as one operation. Returns the number of bytes read, 0 at the end of input. */
    public long read(ByteBuffer[] destinations) throws ErrnoException {
        long sum = 0;
        for (ByteBuffer destination : destinations) {
            if (!destination.hasRemaining()) {
                continue;
            }
            int length = read(destination);
            sum += length;
            if (length == 0 || destination.hasRemaining()) {
                break;
            }
        }
        return sum;
    }

    /** Writes one buffer after the other, as one operation. Returns the number of bytes written. */
    public long write(ByteBuffer[] sources) throws ErrnoException {
        long sum = 0;
        for (ByteBuffer source : sources) {
            if (!source.hasRemaining()) {
                continue;
            }
            try {
                sum += write(source);
            } catch (ErrnoException e) {
                // What has been written stays written; the error will come again with the next attempt.
                if (sum == 0) {
                    throw e;
                }
                break;
            }
            if (source.hasRemaining()) {
                break;
            }
        }
        return sum;
    }

    /** Reads from a place without moving the position; {@code ESPIPE} where there is none, {@code EINVAL} if negative. */
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /**
     * Writes to a place without moving the position; {@code ESPIPE} where there is none, {@code EINVAL} if negative. As on Linux, a
     * file open for appending is appended to whatever the place.
     */
    public int write(long position, ByteBuffer source) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /** Returns the position in bytes; {@code ESPIPE} if there is none. */
    public long position() throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /** Sets the position, which may lie beyond the end; {@code ESPIPE} if there is none, {@code EINVAL} if negative. */
    public void seek(long position) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /** Moves the position by a distance and returns the new one; {@code EINVAL} if that would be negative or too large. */
    public long skip(long distance) throws ErrnoException {
        throw Errno.ESPIPE.exception();
    }

    /** Sets the length; {@code EINVAL} if this is no regular file open for writing, or the length is negative. */
    public void truncate(long size) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /** Returns when everything written would survive a loss of power; {@code EINVAL} if this cannot store anything. */
    public void sync(boolean metadata) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /** Returns how many bytes can be read without waiting, or a lower bound of it. */
    public long available() throws ErrnoException {
        return 0;
    }

    /** Returns the file that was opened; {@code EINVAL} if this is no file. */
    public Node node() throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /** Returns the directory that was opened; {@code ENOTDIR} if this is none. */
    public DirectoryNode directory() throws ErrnoException {
        throw Errno.ENOTDIR.exception();
    }

    /** Returns the next name in the directory, or null after the last; {@code ENOTDIR} if this is no directory. */
    public String nextName() throws ErrnoException {
        throw Errno.ENOTDIR.exception();
    }

    /** Tells whether a person may be at the other end, as {@code isatty(3)} does. */
    public boolean isTerminal() {
        return false;
    }

    /** Called once, when the last descriptor goes. */
    protected void released() {
    }
}
