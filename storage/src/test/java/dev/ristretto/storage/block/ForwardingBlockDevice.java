package dev.ristretto.storage.block;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** Passes on what every device must do; tests watch or change some of it. The rest is as the contract has it by default: by way of these. */
public class ForwardingBlockDevice implements BlockDevice {
    protected final BlockDevice below;

    public ForwardingBlockDevice(BlockDevice below) {
        this.below = below;
    }

    @Override
    public int sectorSize() {
        return below.sectorSize();
    }

    @Override
    public long size() {
        return below.size();
    }

    @Override
    public boolean isReadOnly() {
        return below.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        below.read(position, destination);
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        below.write(position, source);
    }

    @Override
    public void flush() throws ErrnoException {
        below.flush();
    }
}
