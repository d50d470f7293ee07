package dev.ristretto.storage.ext4;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockCache;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The blocks of a file system as its journal left them, some of which are kept. A block outside of the file system is {@code EIO}. */
final class Blocks {
    /** Says whether a block is what was written, by its checksum. */
    interface Check {
        boolean isWhole(ByteBuffer block);
    }

    /** Content of a block, for reading at absolute positions; and for whom it was found whole. */
    private static final class Kept {
        private final ByteBuffer bytes;
        private volatile long checkedFor;

        Kept(ByteBuffer bytes) {
            this.bytes = bytes;
        }
    }

    private static final byte[] ZEROS = new byte[4096];

    private final BlockDevice device;
    private final Superblock superblock;
    private final Journal journal;
    private final BlockCache<Kept> cache;

    /**
     * @param journal    what lies elsewhere than in its place
     * @param cacheBytes memory for blocks that may be wanted again
     */
    Blocks(BlockDevice device, Superblock superblock, Journal journal, int cacheBytes) {
        this.device = device;
        this.superblock = superblock;
        this.journal = journal;
        this.cache = new BlockCache<>(Math.max(4, cacheBytes / superblock.blockSize));
    }

    /** Says that what was read cannot be right. */
    static void require(boolean condition) throws ErrnoException {
        if (!condition) {
            throw Errno.EIO.exception();
        }
    }

    int size() {
        return superblock.blockSize;
    }

    /** Returns how many there are. */
    long count() {
        return superblock.blocks;
    }

    /** Fails unless all of so many blocks may hold files or what is known about them. */
    void checkRange(long block, long count) throws ErrnoException {
        require(block > 0 && block >= superblock.firstDataBlock && count <= superblock.blocks && block <= superblock.blocks - count);
    }

    /** Fills what is left in the buffer, which is whole blocks, in as few requests as possible. */
    void read(long block, ByteBuffer destination) throws ErrnoException {
        int limit = destination.limit();
        long at = block;
        checkRange(at, destination.remaining() / size());
        try {
            while (destination.position() < limit) {
                int left = (limit - destination.position()) / size();
                int inPlace = (int) Math.min(left, journal.next(at) - at);
                if (inPlace > 0) {
                    destination.limit(destination.position() + inPlace * size());
                    device.read(at * size(), destination);
                    at += inPlace;
                } else {
                    destination.limit(destination.position() + size());
                    journal.read(at, destination);
                    at++;
                }
            }
        } finally {
            destination.limit(limit);
        }
    }

    /** Returns a block, for reading at absolute positions. */
    ByteBuffer get(long block) throws ErrnoException {
        return kept(block).bytes;
    }

    /**
     * Returns a block that is whole.
     *
     * @param owner whose block it should be; a check by another owner does not count for this one
     * @throws ErrnoException {@code EIO} if it is not
     */
    ByteBuffer get(long block, long owner, Check check) throws ErrnoException {
        Kept kept = kept(block);
        if (kept.checkedFor != owner) {
            require(check.isWhole(kept.bytes));
            kept.checkedFor = owner;
        }
        return kept.bytes;
    }

    private Kept kept(long block) throws ErrnoException {
        Kept kept = cache.get(block);
        if (kept == null) {
            ByteBuffer bytes = ByteBuffer.allocate(size());
            read(block, bytes);
            kept = new Kept(bytes.order(ByteOrder.LITTLE_ENDIAN));
            cache.put(block, kept);
        }
        return kept;
    }

    /** Puts so many zeros. */
    static void putZeros(ByteBuffer destination, int count) {
        for (int left = count; left > 0; left -= ZEROS.length) {
            destination.put(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }
}
