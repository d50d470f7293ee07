package dev.ristretto.storage.block;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A disk on the Java heap, which takes memory only where something was written. Several threads may use it; what one of them reads while
 * another one writes the same place is any mixture of old and new.
 */
public final class MemoryBlockDevice implements BlockDevice {
    private static final int CHUNK = 1 << 16;

    private final int sectorSize;
    private final long size;
    private final AtomicReferenceArray<byte[]> chunks;
    private volatile boolean readOnly;

    /**
     * Makes a disk full of zeros.
     *
     * @param size       bytes, a multiple of the sector size, below 128 TiB
     * @param sectorSize a power of two from 512 to 4096
     */
    public MemoryBlockDevice(long size, int sectorSize) {
        if (sectorSize < 512 || sectorSize > 4096 || Integer.bitCount(sectorSize) != 1 || size < 0 || size % sectorSize != 0) {
            throw new IllegalArgumentException("no disk: " + size + " bytes in sectors of " + sectorSize);
        }
        this.size = size;
        this.sectorSize = sectorSize;
        this.chunks = new AtomicReferenceArray<>(Math.toIntExact((size + CHUNK - 1) / CHUNK));
    }

    /** Makes a disk of 512-byte sectors with a copy of some content, whose length is a multiple of 512. */
    public MemoryBlockDevice(byte[] content) {
        this(content.length, 512);
        try {
            write(0, ByteBuffer.wrap(content));
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the disk refuse changes from now on, or take them again. */
    public void setReadOnly(boolean newReadOnly) {
        readOnly = newReadOnly;
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        checkRange(position, destination.remaining());
        long at = position;
        while (destination.hasRemaining()) {
            int offset = (int) (at % CHUNK);
            int part = Math.min(destination.remaining(), CHUNK - offset);
            byte[] chunk = chunks.get((int) (at / CHUNK));
            if (chunk != null) {
                destination.put(chunk, offset, part);
            } else {
                for (int i = 0; i < part; i++) {
                    destination.put((byte) 0);
                }
            }
            at += part;
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        if (readOnly) {
            throw Errno.EROFS.exception();
        }
        checkRange(position, source.remaining());
        long at = position;
        while (source.hasRemaining()) {
            int offset = (int) (at % CHUNK);
            int part = Math.min(source.remaining(), CHUNK - offset);
            int index = (int) (at / CHUNK);
            if (chunks.get(index) == null) {
                chunks.compareAndSet(index, null, new byte[CHUNK]);
            }
            source.get(chunks.get(index), offset, part);
            at += part;
        }
    }

    @Override
    public void flush() {
        // Memory loses everything or nothing.
    }
}
