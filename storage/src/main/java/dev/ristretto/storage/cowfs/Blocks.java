package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What is true of all blocks: the unit in which space is given, read, written and checked. Numbers on disk are little-endian. */
final class Blocks {
    /** Bytes per block. */
    static final int SIZE = 4096;

    private Blocks() {
    }

    /** Returns the CRC32C of a part of an array. */
    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Returns the CRC32C of a block. */
    static int checksum(byte[] block) {
        return checksum(block, 0, SIZE);
    }

    static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Says that what was read cannot be right. */
    static void require(boolean condition) throws ErrnoException {
        if (!condition) {
            throw Errno.EIO.exception();
        }
    }

    /** Returns how many blocks are needed for some bytes. */
    static long ceiling(long bytes) {
        return bytes / SIZE + (bytes % SIZE == 0 ? 0 : 1);
    }
}
