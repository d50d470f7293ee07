package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a machine that stopped without unmounting left in its journal: blocks that belong elsewhere in the file system. Nothing is written to
 * where it belongs; whoever reads such a block gets the journal's.
 */
final class Journal {
    /** Of a file system that was unmounted, or has none. */
    static final Journal EMPTY = new Journal(new TreeMap<>(), null, 0, 0);

    /** What every block of a journal that describes others begins with; one that holds such a block's content has zeros instead. */
    static final int MAGIC = 0xC03B3998;

    /**
     * The content of a block, in the journal.
     *
     * @param place     where it is in the file system
     * @param isEscaped whether zeros stand there for the magic number
     * @param sequence  the transaction that it belongs to
     * @param checksum  of what is in the journal, as far as there is one
     */
    record Copy(long place, boolean isEscaped, int sequence, int checksum) {
    }

    private final NavigableMap<Long, Copy> copies;
    private final Blocks raw;
    private final int seed;
    private final int checksumMask;

    /**
     * @param copies       by the block whose content they are
     * @param raw          the file system as it lies on the device
     * @param seed         what checksums begin with
     * @param checksumMask which bits of a copy's checksum there are
     */
    Journal(NavigableMap<Long, Copy> copies, Blocks raw, int seed, int checksumMask) {
        this.copies = copies;
        this.raw = raw;
        this.seed = seed;
        this.checksumMask = checksumMask;
    }

    /** Returns the first block from here on that is in the journal; larger than any if there is none. */
    long next(long block) {
        Long next = copies.ceilingKey(block);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** Puts the content of a block that is in the journal. */
    void read(long block, ByteBuffer destination) throws ErrnoException {
        Copy copy = copies.get(block);
        ByteBuffer bytes = ByteBuffer.allocate(raw.size());
        raw.read(copy.place(), bytes);
        int checksum = Checksums.crc32c(Checksums.crc32c(seed, copy.sequence(), ByteOrder.BIG_ENDIAN), bytes.array());
        Blocks.require(((checksum ^ copy.checksum()) & checksumMask) == 0);
        if (copy.isEscaped()) {
            bytes.putInt(0, MAGIC);
        }
        destination.put(bytes.flip());
    }
}
