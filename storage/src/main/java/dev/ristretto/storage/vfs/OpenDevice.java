package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.CharacterDevice;
import dev.ristretto.storage.node.DeviceNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;

/**
 * An open device. It has no position, but like the memory devices of Linux it lets programs believe that it has, always 0; only a
 * terminal refuses to seek.
 */
final class OpenDevice extends OpenFile {
    private final DeviceNode node;
    private final CharacterDevice device;
    private final long fileSystemDevice;
    private final int flags;

    OpenDevice(DeviceNode node, long fileSystemDevice, int flags) {
        this.node = node;
        this.device = node.device();
        this.fileSystemDevice = fileSystemDevice;
        this.flags = flags;
    }

    @Override
    public int read(ByteBuffer destination) throws ErrnoException {
        if (!OpenFlags.readable(flags)) {
            throw Errno.EBADF.exception();
        }
        return destination.hasRemaining() ? device.read(destination) : 0;
    }

    @Override
    public int write(ByteBuffer source) throws ErrnoException {
        if (!OpenFlags.writable(flags)) {
            throw Errno.EBADF.exception();
        }
        return device.write(source);
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        checkSeekable(position);
        return read(destination);
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        checkSeekable(position);
        return write(source);
    }

    @Override
    public long position() throws ErrnoException {
        checkSeekable(0);
        return 0;
    }

    @Override
    public void seek(long position) throws ErrnoException {
        checkSeekable(position);
    }

    @Override
    public long skip(long distance) throws ErrnoException {
        checkSeekable(0);
        return 0;
    }

    @Override
    public long available() {
        return device.available();
    }

    @Override
    public Status status() throws ErrnoException {
        return new Status(fileSystemDevice, node.attributes());
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean isTerminal() {
        return device.isTerminal();
    }

    private void checkSeekable(long position) throws ErrnoException {
        if (device.isTerminal()) {
            throw Errno.ESPIPE.exception();
        }
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
    }
}
