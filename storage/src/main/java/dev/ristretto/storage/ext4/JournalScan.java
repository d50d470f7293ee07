package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a journal (JBD2) from its begin to the last transaction that was committed. It is a ring of transactions numbered in sequence:
 * descriptors, each followed by the blocks that it names; lists of blocks whose copies up to here no longer count ("revoked"); and a commit.
 * A transaction without its commit has not happened; one with it that is not whole is damage. Numbers in a journal are big-endian.
 */
final class JournalScan {
    private static final int DESCRIPTOR = 1;
    private static final int COMMIT = 2;
    private static final int SUPERBLOCK = 4;
    private static final int REVOKE = 5;

    private static final int FEATURE_REVOKE = 1;
    private static final int FEATURE_64BIT = 2;
    private static final int FEATURE_CHECKSUM_V2 = 8;
    private static final int FEATURE_CHECKSUM_V3 = 0x10;
    private static final int KNOWN = FEATURE_REVOKE | FEATURE_64BIT | FEATURE_CHECKSUM_V2 | FEATURE_CHECKSUM_V3;

    private static final int TAG_ESCAPED = 1;
    private static final int TAG_SAME_UUID = 2;
    private static final int TAG_LAST = 8;

    private static final int HEADER = 12;
    private static final int SUPERBLOCK_SIZE = 1024;
    private static final int SUPERBLOCK_CHECKSUM_AT = 0xFC;
    private static final int COMMIT_CHECKSUM_AT = 16;
    private static final int COMMIT_SECONDS_AT = 48;
    private static final int REVOKED_AT = 16;
    private static final int UUID_SIZE = 16;
    /** As many as a journal of a GiB has, with a block of 4 KiB each. */
    private static final int MOST_COPIES = 1 << 18;

    private final Blocks raw;
    private final Inode file;
    private final BlockMap map;
    private final TreeMap<Long, Journal.Copy> copies = new TreeMap<>();

    private int features;
    private int seed;
    private long first;
    private long end;
    private int tagSize;

    private JournalScan(Blocks raw, Inode file, BlockMap map) {
        this.raw = raw;
        this.file = file;
        this.map = map;
    }

    /**
     * Returns what is to be seen in place of what lies on the device.
     *
     * @param raw  the file system as it lies there
     * @param file the journal
     * @throws Ext4Exception  if it cannot be replayed here
     * @throws ErrnoException {@code EIO}
     */
    static Journal read(Blocks raw, Inode file, BlockMap map) throws Ext4Exception, ErrnoException {
        JournalScan scan = new JournalScan(raw, file, map);
        ByteBuffer superblock = scan.block(0);
        scan.readSuperblock(superblock);
        long start = Integer.toUnsignedLong(superblock.getInt(0x1C));
        if (start != 0) {
            scan.require(start >= scan.first && start < scan.end);
            scan.readTransactions(start, superblock.getInt(0x18));
        }
        int mask = scan.has(FEATURE_CHECKSUM_V3) ? -1 : scan.has(FEATURE_CHECKSUM_V2) ? 0xFFFF : 0;
        return new Journal(scan.copies, raw, scan.seed, mask);
    }

    private static Ext4Exception unsupported(String what) {
        return new Ext4Exception(Problem.UNSUPPORTED, "its ext4 file system was not unmounted, and " + what);
    }

    private void require(boolean condition) throws Ext4Exception {
        if (!condition) {
            throw new Ext4Exception(Problem.DAMAGED, "its ext4 file system was not unmounted, and its journal is damaged");
        }
    }

    private boolean has(int feature) {
        return (features & feature) != 0;
    }

    private boolean hasChecksums() {
        return has(FEATURE_CHECKSUM_V2 | FEATURE_CHECKSUM_V3);
    }

    private void readSuperblock(ByteBuffer superblock) throws Ext4Exception {
        require(superblock.getInt(0) == Journal.MAGIC && superblock.getInt(4) == SUPERBLOCK && superblock.getInt(0xC) == raw.size());
        features = superblock.getInt(0x28);
        int unknown = features & ~KNOWN;
        if (unknown != 0) {
            throw unsupported(switch (Integer.lowestOneBit(unknown)) {
                case 0x4 -> "its journal was written with journal_async_commit, which is not supported here";
                case 0x20 -> "its journal has fast commits, which are not supported here";
                default -> "its journal has the feature FEATURE_I" + Integer.numberOfTrailingZeros(unknown) + ", which is not supported here";
            });
        }
        byte[] uuid = new byte[UUID_SIZE];
        superblock.get(0x30, uuid);
        seed = Checksums.crc32c(Checksums.START, uuid);
        require(!hasChecksums() || isWhole(superblock, SUPERBLOCK_CHECKSUM_AT, SUPERBLOCK_SIZE, Checksums.START));
        end = Math.min(Integer.toUnsignedLong(superblock.getInt(0x10)), file.size / raw.size());
        first = Integer.toUnsignedLong(superblock.getInt(0x14));
        // One that is longer than the device is a forgery, and would keep whoever mounts it busy.
        require(first > 0 && first < end && end <= raw.count());
        tagSize = has(FEATURE_CHECKSUM_V3) ? 16 : (has(FEATURE_64BIT) ? 12 : 8) + (has(FEATURE_CHECKSUM_V2) ? 2 : 0);
    }

    /** Compares the checksum at a place with that of all the rest, its own bytes being taken as zeros. */
    private static boolean isWhole(ByteBuffer block, int checksumAt, int size, int seed) {
        int checksum = Checksums.crc32c(seed, block, 0, checksumAt);
        checksum = Checksums.crc32c(checksum, 0, ByteOrder.BIG_ENDIAN);
        return Checksums.crc32c(checksum, block, checksumAt + 4, size - checksumAt - 4) == block.getInt(checksumAt);
    }

    private void readTransactions(long start, int firstSequence) throws Ext4Exception, ErrnoException {
        Map<Long, Journal.Copy> pending = new HashMap<>();
        List<Long> revoked = new ArrayList<>();
        boolean isWhole = true;
        long lastSeconds = 0;
        int sequence = firstSequence;
        long at = start;
        // Each block of the ring counts once at most.
        for (long steps = end - first; steps > 0; steps--) {
            ByteBuffer block = block(at);
            if (block.getInt(0) != Journal.MAGIC || block.getInt(8) != sequence) {
                return;
            }
            at = after(at);
            int kind = block.getInt(4);
            isWhole &= !hasChecksums() || isWhole(block, kind == COMMIT ? COMMIT_CHECKSUM_AT : raw.size() - 4, raw.size(), seed);
            switch (kind) {
                case DESCRIPTOR -> {
                    long next = readDescriptor(block, at, sequence, pending);
                    steps -= (next - at + end - first) % (end - first);
                    at = next;
                }
                case REVOKE -> readRevoked(block, revoked);
                case COMMIT -> {
                    long seconds = block.getLong(COMMIT_SECONDS_AT);
                    if (!isWhole && seconds < lastSeconds) {
                        // Of an older file system on this device, which came as far in its numbers.
                        return;
                    }
                    require(isWhole);
                    lastSeconds = seconds;
                    copies.putAll(pending);
                    revoked.forEach(copies::remove);
                    pending.clear();
                    revoked.clear();
                    sequence++;
                }
                default -> {
                    return;
                }
            }
            if (copies.size() + pending.size() > MOST_COPIES || revoked.size() > MOST_COPIES) {
                throw unsupported("there is too much in its journal to be kept in memory");
            }
        }
    }

    private long after(long block) {
        return block + 1 == end ? first : block + 1;
    }

    /** Takes down what a descriptor names; returns where the next block is that is not one of these. */
    private long readDescriptor(ByteBuffer block, long dataAt, int sequence, Map<Long, Journal.Copy> pending) throws Ext4Exception, ErrnoException {
        int limit = raw.size() - (hasChecksums() ? 4 : 0);
        long data = dataAt;
        int at = HEADER;
        while (at + tagSize <= limit) {
            boolean v3 = has(FEATURE_CHECKSUM_V3);
            int flags = v3 ? block.getInt(at + 4) : block.getShort(at + 6) & 0xFFFF;
            int checksum = v3 ? block.getInt(at + 12) : block.getShort(at + 4) & 0xFFFF;
            long target = Integer.toUnsignedLong(block.getInt(at)) | (has(FEATURE_64BIT) ? Integer.toUnsignedLong(block.getInt(at + 8)) << 32 : 0);
            pending.put(target, new Journal.Copy(place(data), (flags & TAG_ESCAPED) != 0, sequence, checksum));
            data = after(data);
            at += tagSize + ((flags & TAG_SAME_UUID) != 0 ? 0 : UUID_SIZE);
            if ((flags & TAG_LAST) != 0) {
                break;
            }
        }
        return data;
    }

    private void readRevoked(ByteBuffer block, List<Long> revoked) {
        int used = Math.min(block.getInt(HEADER), raw.size());
        boolean wide = has(FEATURE_64BIT);
        for (int at = REVOKED_AT; at + (wide ? 8 : 4) <= used; at += wide ? 8 : 4) {
            revoked.add(wide ? block.getLong(at) : Integer.toUnsignedLong(block.getInt(at)));
        }
    }

    /** Returns where a block of the journal is in the file system. */
    private long place(long index) throws Ext4Exception, ErrnoException {
        BlockMap.Run run = map.find(file, index, 1);
        require(!run.isHole());
        return run.block();
    }

    private ByteBuffer block(long index) throws Ext4Exception, ErrnoException {
        ByteBuffer block = ByteBuffer.allocate(raw.size());
        raw.read(place(index), block);
        return block;
    }
}
