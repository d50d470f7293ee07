package dev.ristretto.devices.block;

import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.devices.virtio.VirtioDevice;

/**
 * What a device says of itself when it is brought up (virtio 1.2 §5.2.4), checked.
 *
 * @param sectorSize         bytes per sector, a power of two from 512 to 4096
 * @param requestBytes       most bytes in one request, a multiple of the sector size
 * @param readOnly           whether it takes no writes
 * @param flush              whether it has a cache that must be flushed
 * @param discardSectors     most units of 512 bytes in a discard; 0 if it knows no discard
 * @param writeZeroesSectors most units of 512 bytes that it zeroes at a time; 0 if it does not
 * @param mayUnmap           whether zeroing may give the space back
 */
record DiskLimits(int sectorSize, int requestBytes, boolean readOnly, boolean flush, int discardSectors, int writeZeroesSectors, boolean mayUnmap) {
    /** Positions and capacity are counted in these, whatever the sector size. */
    static final int UNIT = 512;

    /** Feature bits, §5.2.3. */
    static final long SIZE_MAX = 1L << 1;
    static final long READ_ONLY = 1L << 5;
    static final long BLOCK_SIZE = 1L << 6;
    static final long FLUSH = 1L << 9;
    static final long DISCARD = 1L << 13;
    static final long WRITE_ZEROES = 1L << 14;
    static final long ALL = SIZE_MAX | READ_ONLY | BLOCK_SIZE | FLUSH | DISCARD | WRITE_ZEROES;

    private static final int CAPACITY_AT = 0;
    private static final int SIZE_MAX_AT = 8;
    private static final int BLOCK_SIZE_AT = 20;
    private static final int MAX_DISCARD_AT = 36;
    private static final int MAX_WRITE_ZEROES_AT = 48;
    private static final int MAY_UNMAP_AT = 56;
    private static final int LEAST_SECTOR = 512;
    private static final int MOST_SECTOR = 4096;
    /** A GiB at a time: short enough that others get their turn. */
    private static final int MOST_RANGE = 1 << 21;
    /** No disk is larger: 8 EiB less one of these would not be a position any more. */
    private static final long MOST_UNITS = 1L << 53;

    /**
     * Reads them.
     *
     * @param mostBytes most bytes in a request that the driver makes
     * @return null if they make no sense, or not to this driver; see {@link #complaint}
     */
    static DiskLimits read(VirtioDevice device, int mostBytes) {
        long sector = sectorSize(device);
        if (!isSector(sector)) {
            return null;
        }
        long most = device.has(SIZE_MAX) ? read32(device, SIZE_MAX_AT) : mostBytes;
        int request = (int) (Math.min(most, mostBytes) / sector * sector);
        if (request == 0) {
            return null;
        }
        return new DiskLimits((int) sector, request, device.has(READ_ONLY), device.has(FLUSH), range(device, DISCARD, MAX_DISCARD_AT, (int) sector),
            range(device, WRITE_ZEROES, MAX_WRITE_ZEROES_AT, (int) sector),
            device.has(WRITE_ZEROES) && device.configuration(transport -> transport.configuration8(MAY_UNMAP_AT)) == 1);
    }

    /** Why {@link #read} returned null. */
    static String complaint(VirtioDevice device) {
        long sector = sectorSize(device);
        return isSector(sector) ? "takes only " + read32(device, SIZE_MAX_AT) + " bytes at a time, less than a sector"
            : "has sectors of " + sector + " bytes; those of 512 to 4096 are known";
    }

    /** Bytes that fit on it now, in whole sectors. */
    long capacity(VirtioDevice device) {
        long units = device.configuration(transport ->
            (transport.configuration32(CAPACITY_AT) & 0xFFFF_FFFFL) | (long) transport.configuration32(CAPACITY_AT + 4) << 32);
        return (units < 0 || units > MOST_UNITS ? MOST_UNITS : units) * UNIT / sectorSize * sectorSize;
    }

    private static long sectorSize(VirtioDevice device) {
        return device.has(BLOCK_SIZE) ? read32(device, BLOCK_SIZE_AT) : LEAST_SECTOR;
    }

    private static boolean isSector(long bytes) {
        return bytes >= LEAST_SECTOR && bytes <= MOST_SECTOR && Long.bitCount(bytes) == 1;
    }

    private static int range(VirtioDevice device, long feature, int at, int sectorSize) {
        long units = device.has(feature) ? read32(device, at) : 0;
        int perSector = sectorSize / UNIT;
        return (int) (Math.min(units, MOST_RANGE) / perSector * perSector);
    }

    private static long read32(VirtioDevice device, int at) {
        return device.configuration((Transport transport) -> transport.configuration32(at) & 0xFFFF_FFFFL);
    }
}
