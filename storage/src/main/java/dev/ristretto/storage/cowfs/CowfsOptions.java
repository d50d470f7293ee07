package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Clock;

/**
 * How to mount.
 *
 * @param clock      the source of file times
 * @param cacheBytes memory for what was read or written and may be wanted again, content and metadata together; at least 256 KiB
 * @param dirtyBytes memory for content that was written and is not on the device yet; what comes beyond causes a commit; at least 64 KiB
 * @param readAhead  how many bytes a file read in sequence is read ahead, 0 to 256 KiB
 * @param readOnly   whether to change nothing on the device, not even what a crash left to tidy up
 * @param discard    whether to tell the device which blocks are free, when {@link Cowfs#discardFree} is called and at the end
 */
public record CowfsOptions(Clock clock, long cacheBytes, long dirtyBytes, int readAhead, boolean readOnly, boolean discard) {
    /** Checks the ranges. */
    public CowfsOptions {
        if (cacheBytes < 256 << 10 || dirtyBytes < 64 << 10 || readAhead < 0 || readAhead > Extent.MAXIMUM * Blocks.SIZE) {
            throw new IllegalArgumentException("out of range: a cache of " + cacheBytes + " bytes, " + dirtyBytes + " bytes to be written, "
                    + readAhead + " bytes read ahead");
        }
    }

    /** Returns the usual: 16 MiB of cache, 8 MiB to be written, 128 KiB read ahead, changes allowed, no discard. */
    public static CowfsOptions defaults(Clock clock) {
        return new CowfsOptions(clock, 16 << 20, 8 << 20, 128 << 10, false, false);
    }

    /** Returns the same with other limits of memory. */
    public CowfsOptions withMemory(long newCacheBytes, long newDirtyBytes) {
        return new CowfsOptions(clock, newCacheBytes, newDirtyBytes, readAhead, readOnly, discard);
    }

    /** Returns the same, reading ahead so many bytes. */
    public CowfsOptions withReadAhead(int newReadAhead) {
        return new CowfsOptions(clock, cacheBytes, dirtyBytes, newReadAhead, readOnly, discard);
    }

    /** Returns the same for reading only. */
    public CowfsOptions forReading() {
        return new CowfsOptions(clock, cacheBytes, dirtyBytes, readAhead, true, discard);
    }

    /** Returns the same, telling the device what is free. */
    public CowfsOptions withDiscard() {
        return new CowfsOptions(clock, cacheBytes, dirtyBytes, readAhead, readOnly, true);
    }
}
