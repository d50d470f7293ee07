package dev.ristretto.jdk.disk;

import dev.ristretto.storage.ext4.Ext4;

/**
 * The memory that a disk may take of what the Java heap can grow to.
 * <p>
 * The cache is large, because most of it is on soft references: a program that needs the memory gets it. It is not half of the heap, because
 * the collector looks at all of the heap again and again when it is nearly full, and clears such references only when little is left beside
 * them; three eighths leave room for a program that fills half. It is on the Java heap, as a limit for the heap is what users give, and as
 * memory outside could not be taken back by the collector.
 *
 * @param cacheBytes for what was read or written and may be wanted again
 * @param dirtyBytes for what waits to be written, which the program cannot have
 * @param ext4Bytes  for what is known about the files of a disk that is ext4, whose content is not kept
 */
record DiskMemory(long cacheBytes, long dirtyBytes, int ext4Bytes) {
    private static final long LEAST_CACHE = 512 << 10;
    private static final long LEAST_DIRTY = 256 << 10;
    /** What waits longer than a few seconds is written anyway. */
    private static final long MOST_DIRTY = 32 << 20;
    private static final int MOST_EXT4 = 4 << 20;

    /**
     * Returns the memory for each of some disks.
     *
     * @param heap what the Java heap can grow to, in bytes
     */
    static DiskMemory of(long heap, int disks) {
        long share = heap / disks;
        return new DiskMemory(Math.max(share / 8 * 3, LEAST_CACHE), Math.clamp(share / 16, LEAST_DIRTY, MOST_DIRTY),
                (int) Math.clamp(share / 64, Ext4.LEAST_CACHE_BYTES, MOST_EXT4));
    }
}
