package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.map.MappedFiles;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** An open regular file. */
final class OpenRegularFile extends OpenFile {
    private final FileNode file;
    private final MappedFiles maps;
    private final long device;
    private final int flags;

    /** Guards the position, and makes operations that use it atomic with respect to each other. */
    private final ReentrantLock cursor = new ReentrantLock();
    private long position;

    /**
     * @param file already held; {@link #released} drops it
     * @param maps what it may be mapped by: all access to its content goes through there
     */
    OpenRegularFile(FileNode file, MappedFiles maps, long device, int flags) {
        this.file = file;
        this.maps = maps;
        this.device = device;
        this.flags = flags;
    }

    @Override
    public int read(ByteBuffer destination) throws ErrnoException {
        checkReadable();
        cursor.lock();
        try {
            int length = maps.read(file, position, destination);
            position += length;
            return length;
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public int write(ByteBuffer source) throws ErrnoException {
        checkWritable();
        cursor.lock();
        try {
            int start = source.position();
            if (appends()) {
                position = maps.append(file, source);
            } else {
                position += maps.write(file, position, source);
            }
            syncIfAsked();
            return source.position() - start;
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] destinations) throws ErrnoException {
        cursor.lock();
        try {
            return super.read(destinations);
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] sources) throws ErrnoException {
        cursor.lock();
        try {
            return super.write(sources);
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public int read(long from, ByteBuffer destination) throws ErrnoException {
        checkReadable();
        checkPlace(from, destination);
        return maps.read(file, from, destination);
    }

    @Override
    public int write(long to, ByteBuffer source) throws ErrnoException {
        checkWritable();
        checkPlace(to, source);
        int start = source.position();
        if (appends()) {
            maps.append(file, source);
        } else {
            maps.write(file, to, source);
        }
        syncIfAsked();
        return source.position() - start;
    }

    @Override
    public long position() {
        cursor.lock();
        try {
            return position;
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public void seek(long newPosition) throws ErrnoException {
        checkNotNegative(newPosition);
        cursor.lock();
        try {
            position = newPosition;
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public long skip(long distance) throws ErrnoException {
        cursor.lock();
        try {
            long newPosition = position + distance;
            if (newPosition < 0) {
                throw Errno.EINVAL.exception();
            }
            position = newPosition;
            return newPosition;
        } finally {
            cursor.unlock();
        }
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        if (!OpenFlags.writable(flags) || size < 0) {
            throw Errno.EINVAL.exception();
        }
        maps.truncate(file, size);
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        maps.sync(file, metadata);
    }

    @Override
    public long available() throws ErrnoException {
        return Math.max(0, file.size() - position());
    }

    @Override
    public Status status() throws ErrnoException {
        return new Status(device, file.attributes());
    }

    @Override
    public Node node() {
        return file;
    }

    @Override
    protected void released() {
        file.drop();
    }

    private boolean appends() {
        return (flags & OpenFlags.O_APPEND) != 0;
    }

    private void syncIfAsked() throws ErrnoException {
        if ((flags & OpenFlags.O_DSYNC) != 0) {
            maps.sync(file, (flags & OpenFlags.O_SYNC) == OpenFlags.O_SYNC);
        }
    }

    private void checkReadable() throws ErrnoException {
        if (!OpenFlags.readable(flags)) {
            throw Errno.EBADF.exception();
        }
    }

    private void checkWritable() throws ErrnoException {
        if (!OpenFlags.writable(flags)) {
            throw Errno.EBADF.exception();
        }
    }

    /** Linux wants the end to be a position as well ({@code rw_verify_area} in {@code fs/read_write.c}). */
    private static void checkPlace(long place, ByteBuffer buffer) throws ErrnoException {
        checkNotNegative(place);
        checkNotNegative(place + buffer.remaining());
    }

    private static void checkNotNegative(long place) throws ErrnoException {
        if (place < 0) {
            throw Errno.EINVAL.exception();
        }
    }
}
