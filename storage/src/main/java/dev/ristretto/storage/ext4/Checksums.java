package dev.ristretto.storage.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The checksums of ext4 and of its journal: CRC32C without the inversion at the end, so that the checksum of one thing can be what the next
 * one begins with (a "seed"). Java's begins with all ones only; four bytes in front of the data bring it to any seed.
 */
final class Checksums {
    /** What a checksum begins with that has no seed. */
    static final int START = -1;

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int POLYNOMIAL_16 = 0xA001;

    private Checksums() {
    }

    /** Returns the CRC32C of parts of a buffer; each part is a position and a length. */
    static int crc32c(int seed, ByteBuffer bytes, int... parts) {
        CRC32C crc = begin(seed);
        for (int i = 0; i < parts.length; i += 2) {
            crc.update(bytes.slice(parts[i], parts[i + 1]));
        }
        return ~(int) crc.getValue();
    }

    /** Returns the CRC32C of some bytes. */
    static int crc32c(int seed, byte[] bytes) {
        return crc32c(seed, ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    /** Returns the CRC32C of a number as it lies on a disk. */
    static int crc32c(int seed, int number, ByteOrder order) {
        return crc32c(seed, ByteBuffer.allocate(4).order(order).putInt(0, number), 0, 4);
    }

    private static CRC32C begin(int seed) {
        CRC32C crc = new CRC32C();
        if (seed != START) {
            int state = seed;
            for (int i = 0; i < 32; i++) {
                state = state < 0 ? (state ^ POLYNOMIAL) << 1 | 1 : state << 1;
            }
            crc.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, ~state));
        }
        return crc;
    }

    /** Returns the CRC16 of some bytes, which group descriptors have where CRC32C is not in use. */
    static int crc16(int seed, byte[] bytes) {
        int crc = seed;
        for (byte b : bytes) {
            crc ^= b & 0xFF;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL_16 : crc >>> 1;
            }
        }
        return crc;
    }
}
