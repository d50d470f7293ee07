package dev.ristretto.devices.block;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;

/**
 * A file as a disk, in sectors of 512 bytes; an incomplete one at the end does not count. Without a thread: whoever calls does the work.
 * Long reads and writes are done a piece at a time, so that other threads get their turn in between.
 */
public final class FileDisk implements BlockDevice {
    private static final int SECTOR = 512;
    private static final int PIECE = 256 << 10;

    private final FileAccess file;
    private final long size;
    private volatile boolean clears = true;

    /** A disk that is the only one to use {@code file}. */
    public FileDisk(FileAccess file) {
        this.file = file;
        size = file.size() / SECTOR * SECTOR;
    }

    @Override
    public int sectorSize() {
        return SECTOR;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isReadOnly() {
        return file.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        checkRange(position, destination.remaining());
        byte[] own = destination.hasArray() ? null : new byte[Math.min(destination.remaining(), PIECE)];
        for (long at = position; destination.hasRemaining();) {
            int length = Math.min(destination.remaining(), PIECE);
            int count = own == null ? file.read(at, destination.array(), destination.arrayOffset() + destination.position(), length)
                    : file.read(at, own, 0, length);
            if (count <= 0 || count > length) {
                throw Errno.EIO.exception(); // failed, or cut off by somebody who does not mind locks
            }
            if (own == null) {
                destination.position(destination.position() + count);
            } else {
                destination.put(own, 0, count);
            }
            at += count;
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        requireWritable();
        checkRange(position, source.remaining());
        byte[] own = source.hasArray() ? null : new byte[Math.min(source.remaining(), PIECE)];
        for (long at = position; source.hasRemaining();) {
            int length = Math.min(source.remaining(), PIECE);
            if (own != null) {
                source.get(source.position(), own, 0, length);
            }
            int count = own == null ? file.write(at, source.array(), source.arrayOffset() + source.position(), length) : file.write(at, own, 0, length);
            if (count <= 0 || count > length) {
                throw (count == FileAccess.FULL ? Errno.ENOSPC : Errno.EIO).exception();
            }
            source.position(source.position() + count);
            at += count;
        }
    }

    private void requireWritable() throws ErrnoException {
        if (isReadOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    @Override
    public void flush() throws ErrnoException {
        if (!isReadOnly() && file.flush() != 0) {
            throw Errno.EIO.exception();
        }
    }

    @Override
    public void discard(long position, long length) throws ErrnoException {
        requireWritable();
        checkRange(position, length);
        clear(position, length);
    }

    @Override
    public void writeZeroes(long position, long length) throws ErrnoException {
        requireWritable();
        checkRange(position, length);
        if (!clear(position, length)) {
            BlockDevice.super.writeZeroes(position, length);
        }
    }

    /** False if the file cannot have holes. */
    private boolean clear(long position, long length) throws ErrnoException {
        int result = !clears ? FileAccess.UNSUPPORTED : length == 0 ? 0 : file.clear(position, length);
        if (result == FileAccess.UNSUPPORTED) {
            clears = false;
        } else if (result != 0) {
            throw (result == FileAccess.FULL ? Errno.ENOSPC : Errno.EIO).exception();
        }
        return result == 0;
    }
}
