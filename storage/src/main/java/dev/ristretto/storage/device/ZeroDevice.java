package dev.ristretto.storage.device;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.CharacterDevice;
import java.nio.ByteBuffer;

/** {@code /dev/zero}, an endless supply of zeros that takes whatever is written, and {@code /dev/full}, which is always full. */
public final class ZeroDevice implements CharacterDevice {
    private static final byte[] ZEROS = new byte[1024];

    private final boolean isFull;

    /** @param isFull whether writing fails with {@code ENOSPC}, as for {@code /dev/full} */
    public ZeroDevice(boolean isFull) {
        this.isFull = isFull;
    }

    @Override
    public int read(ByteBuffer destination) {
        int length = destination.remaining();
        while (destination.hasRemaining()) {
            destination.put(ZEROS, 0, Math.min(ZEROS.length, destination.remaining()));
        }
        return length;
    }

    @Override
    public int write(ByteBuffer source) throws ErrnoException {
        int length = source.remaining();
        if (isFull && length > 0) {
            throw Errno.ENOSPC.exception();
        }
        source.position(source.limit());
        return length;
    }
}
