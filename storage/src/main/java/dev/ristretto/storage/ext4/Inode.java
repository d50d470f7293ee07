package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What is known about a file but for its names. Never changes. */
final class Inode {
    /** The root directory. */
    static final long ROOT = 2;
    /** Bytes of the part that says where the content is, or is the content. */
    static final int MAP_SIZE = 60;

    private static final int MAP_AT = 0x28;
    private static final int OLD_SIZE = 128;
    private static final int CHECKSUM_LOW_AT = 0x7C;
    private static final int CHECKSUM_HIGH_AT = 0x82;
    private static final int CREATED_AT = 0x90;
    private static final int FLAG_HUGE_FILE = 0x40000;
    private static final int FLAG_EXTENTS = 0x80000;
    private static final int FLAG_INLINE_DATA = 0x10000000;
    private static final int SECTOR = 512;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int EPOCH_BITS = 2;
    private static final int DEVICE_BITS = 0xFFFFF;

    final long number;
    final FileType type;
    final long size;
    final ByteBuffer map;
    /** What the checksums of its blocks begin with. */
    final int checksumSeed;
    /** The whole of it as it is on the disk. */
    private final ByteBuffer bytes;
    private final Superblock superblock;
    private final int flags;

    /**
     * Reads an inode.
     *
     * @param bytes all of it, little-endian
     * @throws ErrnoException {@code EIO} if it is damaged, or not in use
     */
    Inode(Superblock superblock, long number, ByteBuffer bytes) throws ErrnoException {
        this.superblock = superblock;
        this.number = number;
        this.bytes = bytes;
        int generation = bytes.getInt(0x64);
        checksumSeed = Checksums.crc32c(Checksums.crc32c(superblock.checksumSeed, (int) number, ByteOrder.LITTLE_ENDIAN), generation,
                ByteOrder.LITTLE_ENDIAN);
        Blocks.require(!superblock.hasChecksums() || isWhole());
        type = FileType.of(bytes.getShort(0));
        flags = bytes.getInt(0x20);
        map = bytes.slice(MAP_AT, MAP_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        // The upper half was something else once, but for files.
        size = unsigned(4) | (type == FileType.REGULAR || superblock.has(Features.LARGE_DIRECTORY) ? unsigned(0x6C) << 32 : 0);
        Blocks.require(type != null && links() > 0 && size >= 0 && size <= BlockMap.MOST * superblock.blockSize);
    }

    /** The checksum is in two halves, each taken as zeros; the second one only if the inode is long enough. */
    private boolean isWhole() {
        boolean hasHigh = fits(CHECKSUM_HIGH_AT, 2);
        int afterLow = CHECKSUM_LOW_AT + 2;
        int checksum = Checksums.crc32c(checksumSeed, bytes, 0, CHECKSUM_LOW_AT);
        checksum = Checksums.crc32c(checksum, new byte[2]);
        int expected = bytes.getShort(CHECKSUM_LOW_AT) & 0xFFFF;
        if (!hasHigh) {
            return ((Checksums.crc32c(checksum, bytes, afterLow, bytes.capacity() - afterLow) ^ expected) & 0xFFFF) == 0;
        }
        checksum = Checksums.crc32c(checksum, bytes, afterLow, CHECKSUM_HIGH_AT - afterLow);
        checksum = Checksums.crc32c(checksum, new byte[2]);
        int afterHigh = CHECKSUM_HIGH_AT + 2;
        return Checksums.crc32c(checksum, bytes, afterHigh, bytes.capacity() - afterHigh) == (expected | bytes.getShort(CHECKSUM_HIGH_AT) << 16);
    }

    /** For blocks of extents of a file: whose they are. */
    static long ownerOfExtents(long number) {
        return number * 2;
    }

    /** For blocks of a directory. */
    static long ownerOfDirectory(long number) {
        return number * 2 + 1;
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private int unsignedShort(int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    /** Returns where the fields end that came after the first 128 bytes. */
    private int extraEnd() {
        return bytes.capacity() > OLD_SIZE ? OLD_SIZE + unsignedShort(OLD_SIZE) : OLD_SIZE;
    }

    private boolean fits(int at, int length) {
        return at + length <= Math.min(extraEnd(), bytes.capacity());
    }

    boolean hasExtents() {
        return (flags & FLAG_EXTENTS) != 0;
    }

    /** Tells whether the content is in the inode itself. */
    boolean isInline() {
        return (flags & FLAG_INLINE_DATA) != 0;
    }

    /** Returns the part of the content in the inode that found no room in {@link #map}; possibly empty. */
    ByteBuffer inlineRest() throws ErrnoException {
        return InlineData.find(bytes, extraEnd());
    }

    private int links() {
        return unsignedShort(0x1A);
    }

    Attributes attributes() {
        boolean isDevice = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        // The older form has 16 bits, in front of the other.
        long device = isDevice ? (map.getInt(0) != 0 ? map.getInt(0) : map.getInt(4)) & DEVICE_BITS : 0;
        long modified = time(0x10, 0x88);
        return new Attributes(type, number, bytes.getShort(0) & Attributes.PERMISSION_BITS, links(), unsignedShort(2) | unsignedShort(0x78) << 16,
                unsignedShort(0x18) | unsignedShort(0x7A) << 16, size, allocated(), device, time(8, 0x8C), modified, time(0xC, 0x84),
                fits(CREATED_AT, 4) ? time(CREATED_AT, CREATED_AT + 4) : modified);
    }

    private long allocated() {
        if (!superblock.hasForReading(Features.HUGE_FILE)) {
            return unsigned(0x1C) * SECTOR;
        }
        long units = unsigned(0x1C) | (long) unsignedShort(0x74) << 32;
        return units * ((flags & FLAG_HUGE_FILE) != 0 ? superblock.blockSize : SECTOR);
    }

    /** Nanoseconds since 1970; seconds beyond what those fit in are the last that fits. */
    private long time(int at, int extraAt) {
        long seconds = bytes.getInt(at);
        long nanos = 0;
        if (fits(extraAt, 4)) {
            int extra = bytes.getInt(extraAt);
            seconds += (extra & (1L << EPOCH_BITS) - 1) << 32;
            nanos = Math.min(extra >>> EPOCH_BITS, NANOS_PER_SECOND - 1);
        }
        long most = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
        return Math.min(seconds, most) * NANOS_PER_SECOND + nanos;
    }
}
