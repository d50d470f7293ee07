package dev.ristretto.storage.host;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file as a disk, in sectors of 512 bytes; an incomplete sector at the end of the file does not count. The file is locked while it is
 * open, so that two programs that mean well do not write to it at the same time.
 */
public final class FileBlockDevice implements BlockDevice, Closeable {
    private static final int SECTOR = 512;

    private final FileChannel channel;
    private final boolean readOnly;

    private FileBlockDevice(FileChannel channel, boolean readOnly) {
        this.channel = channel;
        this.readOnly = readOnly;
    }

    /**
     * Opens a file. One that this program may not write to is opened for reading, whatever was asked for: {@link #isReadOnly} tells.
     *
     * @throws FileSystemException if another program has it open, and as {@link FileChannel#open} does
     */
    public static FileBlockDevice open(Path file, boolean readOnly) throws IOException {
        // Also for reading, opened for writing where that may be done: only so is it known that nobody else writes meanwhile.
        boolean writable = Files.isWritable(file);
        return locked(file, writable ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.READ), readOnly || !writable, !writable);
    }

    /** Creates a file full of zeros that take no space; fails if it exists. */
    public static FileBlockDevice create(Path file, long size) throws IOException {
        FileBlockDevice device = locked(file,
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE), false, false);
        try {
            device.grow(size);
            return device;
        } catch (IOException e) {
            device.close();
            Files.deleteIfExists(file); // too large for its file system, for instance
            throw e;
        }
    }

    private static FileBlockDevice locked(Path file, FileChannel channel, boolean readOnly, boolean shared) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            // This program has it open itself: the same thing.
        }
        if (lock == null) {
            channel.close();
            throw new FileSystemException(file.toString(), null, "in use by another program");
        }
        return new FileBlockDevice(channel, readOnly);
    }

    /** Makes the file longer; what is added is zeros. Does nothing if it is as long already. */
    public void grow(long size) throws IOException {
        if (size > channel.size()) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** Cuts the file off. */
    public void shrink(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public int sectorSize() {
        return SECTOR;
    }

    @Override
    public long size() {
        try {
            return channel.size() / SECTOR * SECTOR;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        checkRange(position, destination.remaining());
        try {
            long at = position;
            while (destination.hasRemaining()) {
                int length = channel.read(destination, at);
                if (length < 0) {
                    throw Errno.EIO.exception();
                }
                at += length;
            }
        } catch (IOException e) {
            throw Errno.EIO.exception();
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        if (readOnly) {
            throw Errno.EROFS.exception();
        }
        checkRange(position, source.remaining());
        try {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        } catch (IOException e) {
            // The only reason that Java tells is a text; this one is the same in every locale that a C library was given by Java.
            throw (String.valueOf(e.getMessage()).contains(Errno.ENOSPC.message()) ? Errno.ENOSPC : Errno.EIO).exception();
        }
    }

    @Override
    public void flush() throws ErrnoException {
        if (readOnly) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw Errno.EIO.exception();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
