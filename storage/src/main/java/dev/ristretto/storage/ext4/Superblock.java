package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import java.nio.ByteBuffer;

/** What the superblock says: 1024 bytes from byte 1024 of the device on. Everything in here is in the ranges that it may have. */
final class Superblock {
    static final int POSITION = 1024;
    static final int SIZE = 1024;

    private static final int MAGIC = 0xEF53;
    private static final int CHECKSUM_AT = 0x3FC;
    private static final int LARGEST_BLOCK_LOG = 6;
    private static final int OLD_INODE_SIZE = 128;
    private static final int OLD_DESCRIPTOR_SIZE = 32;
    private static final int DESCRIPTOR_SIZE = 64;
    private static final int CRC32C = 1;

    final int blockSize;
    final long blocks;
    final long freeBlocks;
    final long firstDataBlock;
    final long blocksPerGroup;
    final long inodes;
    final long freeInodes;
    final long inodesPerGroup;
    final int inodeSize;
    final int descriptorSize;
    final long groups;
    final long firstMetaGroup;
    final int compatible;
    final int incompatible;
    final int readCompatible;
    final byte[] uuid = new byte[16];
    final String label;
    final long journalInode;
    final int checksumSeed;
    private final long[] backupGroups = new long[2];

    private Superblock(ByteBuffer bytes) throws Ext4Exception {
        // Revision 0 has no features, whatever stands there.
        boolean dynamic = bytes.getInt(0x4C) != 0;
        compatible = dynamic ? bytes.getInt(0x5C) : 0;
        incompatible = dynamic ? bytes.getInt(0x60) : 0;
        readCompatible = dynamic ? bytes.getInt(0x64) : 0;
        Features.check(incompatible);
        bytes.get(0x68, uuid);
        verify(bytes);
        checksumSeed = has(Features.CHECKSUM_SEED) ? bytes.getInt(0x270) : Checksums.crc32c(Checksums.START, uuid);

        int logBlockSize = bytes.getInt(0x18);
        require(logBlockSize >= 0 && logBlockSize <= LARGEST_BLOCK_LOG);
        blockSize = 1024 << logBlockSize;
        blocks = wide(bytes, 0x4, 0x150);
        freeBlocks = Math.clamp(wide(bytes, 0xC, 0x158), 0, blocks);
        firstDataBlock = unsigned(bytes, 0x14);
        require(firstDataBlock < blocks && firstDataBlock <= (blockSize == 1024 ? 1 : 0) && blocks <= Long.MAX_VALUE / blockSize);
        blocksPerGroup = unsigned(bytes, 0x20);
        inodesPerGroup = unsigned(bytes, 0x28);
        inodeSize = dynamic ? bytes.getShort(0x58) & 0xFFFF : OLD_INODE_SIZE;
        require(blocksPerGroup > 0 && inodesPerGroup > 0 && inodesPerGroup <= 8L * blockSize && inodeSize >= OLD_INODE_SIZE
                && inodeSize <= blockSize && Integer.bitCount(inodeSize) == 1);
        groups = (blocks - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup;
        inodes = unsigned(bytes, 0);
        freeInodes = Math.clamp(unsigned(bytes, 0x10), 0, inodes);
        require(inodes > 0 && inodes <= groups * inodesPerGroup);
        descriptorSize = has(Features.BITS_64) ? bytes.getShort(0xFE) & 0xFFFF : OLD_DESCRIPTOR_SIZE;
        require(!has(Features.BITS_64) || descriptorSize >= DESCRIPTOR_SIZE && descriptorSize <= blockSize && Integer.bitCount(descriptorSize) == 1);
        firstMetaGroup = unsigned(bytes, 0x104);
        for (int i = 0; i < backupGroups.length; i++) {
            backupGroups[i] = unsigned(bytes, 0x24C + 4 * i);
        }
        journalInode = unsigned(bytes, 0xE0);
        label = Text.untilZero(bytes, 0x78, 16);
    }

    /** Tells whether 1024 bytes look like a superblock, in whatever state. */
    static boolean isOurs(ByteBuffer bytes) {
        return (bytes.getShort(0x38) & 0xFFFF) == MAGIC && bytes.getInt(0x18) >= 0 && bytes.getInt(0x18) <= LARGEST_BLOCK_LOG;
    }

    /** Reads 1024 bytes, which are little-endian. */
    static Superblock decode(ByteBuffer bytes) throws Ext4Exception {
        if (!isOurs(bytes)) {
            throw new Ext4Exception(Problem.NOT_EXT4, "there is no ext4 file system");
        }
        return new Superblock(bytes);
    }

    private void verify(ByteBuffer bytes) throws Ext4Exception {
        if (hasForReading(Features.METADATA_CHECKSUMS)) {
            require(bytes.get(0x175) == CRC32C && Checksums.crc32c(Checksums.START, bytes, 0, CHECKSUM_AT) == bytes.getInt(CHECKSUM_AT));
        }
    }

    private static void require(boolean condition) throws Ext4Exception {
        if (!condition) {
            throw new Ext4Exception(Problem.DAMAGED, "its ext4 file system is damaged: what the superblock says cannot be");
        }
    }

    private static long unsigned(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private long wide(ByteBuffer bytes, int low, int high) throws Ext4Exception {
        long value = unsigned(bytes, low) | (has(Features.BITS_64) ? unsigned(bytes, high) << 32 : 0);
        require(value >= 0);
        return value;
    }

    /** Tells whether an incompatible feature is in use. */
    boolean has(int feature) {
        return (incompatible & feature) != 0;
    }

    /** Tells whether a feature is in use that is compatible for reading. */
    boolean hasForReading(int feature) {
        return (readCompatible & feature) != 0;
    }

    boolean hasChecksums() {
        return hasForReading(Features.METADATA_CHECKSUMS);
    }

    /** The block that the superblock is in. */
    long block() {
        return POSITION / blockSize;
    }

    /** Where it begins in that block. */
    int offsetInBlock() {
        return POSITION % blockSize;
    }

    /** Where the block is in which a group is described. */
    long descriptorBlock(long group) {
        int perBlock = blockSize / descriptorSize;
        long metaGroup = group / perBlock;
        if (!has(Features.META_BG) || metaGroup < firstMetaGroup) {
            return block() + 1 + metaGroup;
        }
        long first = metaGroup * perBlock;
        int before = hasBackup(first) ? 1 : 0;
        if (blockSize == 1024 && metaGroup == 0 && firstDataBlock == 0) {
            before++;
        }
        return firstDataBlock + first * blocksPerGroup + before;
    }

    private boolean hasBackup(long group) {
        if (group == 0) {
            return true;
        }
        if ((compatible & Features.SPARSE_SUPER_2) != 0) {
            return group == backupGroups[0] || group == backupGroups[1];
        }
        return group == 1 || !hasForReading(Features.SPARSE_SUPER) || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, int base) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }
}
