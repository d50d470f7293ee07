package dev.ristretto.storage.block;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A disk: bytes that are read and written in whole sectors. Positions and lengths are in bytes and multiples of the sector size.
 * <p>
 * Every call returns when the device has done it. Any number of threads may call at a time; calls for overlapping ranges that run at the
 * same time happen in an order nobody knows. A buffer may be a heap or a direct one, belongs to the device until the call returns, and has
 * no bytes remaining after a call that succeeded; after one that failed, its content and position mean nothing.
 * <p>
 * A write survives a loss of power for certain only once a {@link #flush} that began after it ended has returned. Until then each of its
 * sectors may be there or not, whatever became of other writes; a sector is never a mixture (virtio 1.2 §5.2.6.2 and ATA promise the
 * same). A failed write may have changed any sector in its range.
 * <p>
 * Errors: {@code EIO} if the device fails, {@code EROFS} for a change to a read-only device, {@code ENOSPC} if the storage behind it is
 * exhausted, {@code EINVAL} for a range that is not in whole sectors or not within the device.
 */
public interface BlockDevice {
    /**
     * Something to be written.
     *
     * @param position where
     * @param content  what is left in this buffer is written
     */
    record Piece(long position, ByteBuffer content) {
    }

    /** Returns bytes per sector: a power of two from 512 to 4096, always the same. */
    int sectorSize();

    /** Returns the number of bytes, a multiple of the sector size; may change while in use. */
    long size();

    /** Tells whether every change is refused with {@code EROFS}. */
    boolean isReadOnly();

    /** Fills what is left in the buffer from a position on. */
    void read(long position, ByteBuffer destination) throws ErrnoException;

    /** Writes what is left in the buffer, from a position on. */
    void write(long position, ByteBuffer source) throws ErrnoException;

    /**
     * Writes pieces that do not overlap, given in the order of their positions, in an order nobody knows, and many at the same time where the
     * device can do that: whoever writes in many places then waits once. Neighbours are written together, up to 256 KiB. After a call that
     * failed, any of them may have been written.
     */
    default void writeAll(List<Piece> pieces) throws ErrnoException {
        byte[] joined = new byte[(int) Math.min(pieces.stream().mapToLong(piece -> piece.content().remaining()).sum(), 256 << 10)];
        int from = 0;
        while (from < pieces.size()) {
            long position = pieces.get(from).position();
            int length = 0;
            int to = from;
            while (to < pieces.size() && pieces.get(to).position() == position + length && pieces.get(to).content().remaining() <= joined.length - length) {
                int part = pieces.get(to).content().remaining();
                pieces.get(to++).content().get(joined, length, part);
                length += part;
            }
            if (length > 0) {
                write(position, ByteBuffer.wrap(joined, 0, length));
            } else if (to == from) { // longer than what is written together
                write(position, pieces.get(to++).content());
            }
            from = to;
        }
    }

    /** Returns when everything written before the call would survive a loss of power. */
    void flush() throws ErrnoException;

    /**
     * Says that the content of a range does not matter any longer. Reads of it return anything, until it is written again.
     * A device that cannot make use of this does nothing.
     */
    default void discard(long position, long length) throws ErrnoException {
        checkRange(position, length);
    }

    /** Writes zeros; by ordinary writes, unless the device has something better. */
    default void writeZeroes(long position, long length) throws ErrnoException {
        checkRange(position, length);
        byte[] zeros = new byte[(int) Math.min(length, 1 << 16)];
        for (long done = 0; done < length; done += zeros.length) {
            write(position + done, ByteBuffer.wrap(zeros, 0, (int) Math.min(zeros.length, length - done)));
        }
    }

    /** For implementations: throws {@code EINVAL} unless a range is in whole sectors and within the device. */
    default void checkRange(long position, long length) throws ErrnoException {
        int mask = sectorSize() - 1;
        if (position < 0 || length < 0 || ((position | length) & mask) != 0 || length > size() - position) {
            throw Errno.EINVAL.exception();
        }
    }
}
