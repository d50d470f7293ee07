package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The groups that a file system is divided into, of which this is all that matters: where their inodes are. */
final class Groups {
    private static final int CHECKSUM_AT = 0x1E;
    private static final int SMALL = 32;

    private final Superblock superblock;
    private final Blocks blocks;

    Groups(Superblock superblock, Blocks blocks) {
        this.superblock = superblock;
        this.blocks = blocks;
    }

    /** Returns the inode of a number; {@code EIO} if there cannot be one, or it is damaged or not in use. */
    Inode inode(long number) throws ErrnoException {
        Blocks.require(number > 0 && number <= superblock.inodes);
        long group = (number - 1) / superblock.inodesPerGroup;
        long index = (number - 1) % superblock.inodesPerGroup;
        long at = index * superblock.inodeSize;
        byte[] bytes = new byte[superblock.inodeSize];
        blocks.get(inodeTable(group) + at / blocks.size()).get((int) (at % blocks.size()), bytes);
        return new Inode(superblock, number, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private long inodeTable(long group) throws ErrnoException {
        ByteBuffer block = blocks.get(superblock.descriptorBlock(group));
        int at = (int) (group % (blocks.size() / superblock.descriptorSize)) * superblock.descriptorSize;
        Blocks.require(isWhole(block, at, group));
        return Integer.toUnsignedLong(block.getInt(at + 8)) | (superblock.descriptorSize > SMALL ? Integer.toUnsignedLong(block.getInt(at + 0x28)) << 32 : 0);
    }

    private boolean isWhole(ByteBuffer block, int at, long group) {
        int expected = block.getShort(at + CHECKSUM_AT) & 0xFFFF;
        int afterChecksum = CHECKSUM_AT + 2;
        int rest = superblock.descriptorSize - afterChecksum;
        if (superblock.hasChecksums()) {
            int checksum = Checksums.crc32c(superblock.checksumSeed, (int) group, ByteOrder.LITTLE_ENDIAN);
            checksum = Checksums.crc32c(checksum, block, at, CHECKSUM_AT);
            checksum = Checksums.crc32c(checksum, new byte[2]);
            return (Checksums.crc32c(checksum, block, at + afterChecksum, rest) & 0xFFFF) == expected;
        }
        if (superblock.hasForReading(Features.GROUP_CHECKSUMS)) {
            byte[] number = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, (int) group).array();
            byte[] first = new byte[CHECKSUM_AT];
            byte[] last = new byte[rest];
            block.get(at, first).get(at + afterChecksum, last);
            return Checksums.crc16(Checksums.crc16(Checksums.crc16(Checksums.crc16(0xFFFF, superblock.uuid), number), first), last) == expected;
        }
        return true;
    }
}
