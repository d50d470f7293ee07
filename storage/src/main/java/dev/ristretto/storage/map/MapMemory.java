package dev.ristretto.storage.map;

import java.nio.ByteBuffer;

/** Memory outside of the Java heap for maps: ranges of addresses, and pages that come under them and go. Callable by any thread. */
public interface MapMemory {
    /** Bytes in a page: the unit of {@link #commit}. */
    int PAGE_SIZE = 4096;

    /** Bytes in a chunk: ranges of addresses are made of them, and {@link #buffer} is asked for one at a time. */
    int CHUNK_SIZE = 2 << 20;

    /** No memory at all: nothing can be mapped. */
    MapMemory NONE = new MapMemory() {
        @Override
        public long available() {
            return 0;
        }

        @Override
        public long reserve(long bytes) {
            return 0;
        }

        @Override
        public void release(long begin, long bytes) {
            throw new IllegalArgumentException();
        }

        @Override
        public boolean commit(long begin, long bytes) {
            return false;
        }

        @Override
        public void uncommit(long begin, long bytes) {
            throw new IllegalArgumentException();
        }

        @Override
        public ByteBuffer buffer(long begin, int bytes) {
            throw new IllegalArgumentException();
        }
    };

    /** Returns how many bytes {@link #commit} may give out, at this moment and at the most. */
    long available();

    /**
     * Takes a range of addresses with nothing under them.
     *
     * @param bytes positive multiple of {@link #CHUNK_SIZE}
     * @return its begin, a multiple of {@link #CHUNK_SIZE}; or 0 if there are none left
     */
    long reserve(long bytes);

    /** Gives a whole range back; nothing is under it any more. */
    void release(long begin, long bytes);

    /**
     * Puts memory under pages of one chunk that have none; its contents are undefined.
     *
     * @return false if there is not enough; nothing has changed then
     */
    boolean commit(long begin, long bytes);

    /** Takes the memory away from pages of one chunk. */
    void uncommit(long begin, long bytes);

    /** Returns a direct buffer over reserved addresses, of which only those with memory may be touched. */
    ByteBuffer buffer(long begin, int bytes);
}
