package dev.ristretto.storage.block;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A disk that fails as real ones do, for tests of what stands on it. It keeps writes in a cache of its own until a flush; a power cut
 * leaves each sector in it kept or lost, overlapping writes in any order. Reads and writes can be made to fail, and bits to flip.
 * All chance comes from the generator given, so that the same calls fail in the same way.
 */
public final class FaultyBlockDevice implements BlockDevice {
    private record Write(long position, byte[] bytes) {
    }

    private final BlockDevice durable;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Write> cache = new ArrayList<>();
    private double readErrors;
    private double writeErrors;
    private double bitFlips;
    private long writesLeft = Long.MAX_VALUE;
    private boolean off;

    /**
     * @param durable what survives power cuts; only this device may use it meanwhile
     * @param random  the source of all chance
     */
    public FaultyBlockDevice(BlockDevice durable, RandomGenerator random) {
        this.durable = durable;
        this.random = random;
    }

    /** Makes this share of the reads fail with {@code EIO}, from 0 to 1. */
    public void setReadErrors(double share) {
        readErrors = share;
    }

    /** Makes this share of the writes and flushes fail with {@code EIO}, from 0 to 1; a failed write leaves any of its sectors changed. */
    public void setWriteErrors(double share) {
        writeErrors = share;
    }

    /** Makes this share of the reads return one bit that is wrong, from 0 to 1. */
    public void setBitFlips(double share) {
        bitFlips = share;
    }

    /** Cuts the power by itself in the middle of a write, after this many more writes. */
    public void cutPowerAfter(long writes) {
        writesLeft = writes;
    }

    /** Loses, tears and reorders what has not been flushed. Everything fails with {@code EIO} until {@link #powerOn}. */
    public void cutPower() {
        lock.lock();
        try {
            off = true;
            List<Write> left = new ArrayList<>(cache);
            cache.clear();
            // A mood for the whole cut: everything survives, nothing does, or anything in between.
            int mood = random.nextInt(4);
            double kept = mood == 0 ? 0 : mood == 1 ? 1 : random.nextDouble();
            while (!left.isEmpty()) {
                apply(left.remove(random.nextInt(left.size())), kept);
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("the disk below failed", e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a power cut. */
    public void powerOn() {
        off = false;
        writesLeft = Long.MAX_VALUE;
    }

    private void apply(Write write, double kept) throws ErrnoException {
        int sector = sectorSize();
        for (int at = 0; at < write.bytes.length; at += sector) {
            if (random.nextDouble() < kept) {
                durable.write(write.position + at, ByteBuffer.wrap(write.bytes, at, sector));
            }
        }
    }

    @Override
    public int sectorSize() {
        return durable.sectorSize();
    }

    @Override
    public long size() {
        return durable.size();
    }

    @Override
    public boolean isReadOnly() {
        return durable.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer destination) throws ErrnoException {
        lock.lock();
        try {
            checkRange(position, destination.remaining());
            failIf(off || happens(readErrors));
            byte[] bytes = new byte[destination.remaining()];
            durable.read(position, ByteBuffer.wrap(bytes));
            for (Write write : cache) {
                long from = Math.max(position, write.position);
                long to = Math.min(position + bytes.length, write.position + write.bytes.length);
                if (from < to) {
                    System.arraycopy(write.bytes, (int) (from - write.position), bytes, (int) (from - position), (int) (to - from));
                }
            }
            if (bytes.length > 0 && happens(bitFlips)) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            destination.put(bytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        lock.lock();
        try {
            checkRange(position, source.remaining());
            failIf(off);
            if (isReadOnly()) {
                throw Errno.EROFS.exception();
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            Write write = new Write(position, bytes);
            if (happens(writeErrors)) {
                apply(write, random.nextDouble());
                failIf(true);
            }
            cache.add(write);
            if (writesLeft-- <= 0) {
                cutPower();
                failIf(true);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws ErrnoException {
        lock.lock();
        try {
            failIf(off || happens(writeErrors));
            for (Write write : cache) {
                durable.write(write.position, ByteBuffer.wrap(write.bytes));
            }
            cache.clear();
            durable.flush();
        } finally {
            lock.unlock();
        }
    }

    private boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private static void failIf(boolean condition) throws ErrnoException {
        if (condition) {
            throw Errno.EIO.exception();
        }
    }
}
