package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Neighbouring blocks of a file that are neighbours on the disk as well, or a hole.
 *
 * @param start    index of the first block in the file
 * @param end      index after the last one
 * @param physical where on the disk; -1 for a hole
 * @param value    the checksum of each block, after eight other bytes; null for a hole
 */
record Extent(long start, long end, long physical, byte[] value) {
    /** The most blocks in an extent, so that its checksums do not fill a node of the tree. */
    static final int MAXIMUM = 64;

    static Extent hole(long start, long end) {
        return new Extent(start, end, -1, null);
    }

    static Extent of(long start, long physical, int[] checksums) {
        byte[] value = new byte[8 + 4 * checksums.length];
        ByteBuffer view = Blocks.view(value).putLong(physical);
        for (int checksum : checksums) {
            view.putInt(checksum);
        }
        return new Extent(start, start + checksums.length, physical, value);
    }

    static Extent decode(Tree.Entry entry, long volumeBlocks) throws ErrnoException {
        byte[] value = entry.value();
        int count = (value.length - 8) / 4;
        Blocks.require(entry.key().length == Keys.PREFIX + 8 && value.length % 4 == 0 && count >= 1 && count <= MAXIMUM);
        long start = Keys.tail(entry.key());
        long physical = Blocks.view(value).getLong();
        Blocks.require(start >= 0 && start < Long.MAX_VALUE / Blocks.SIZE + 1 && physical > 0 && physical <= volumeBlocks - count);
        return new Extent(start, start + count, physical, value);
    }

    boolean isHole() {
        return value == null;
    }

    boolean covers(long index) {
        return index >= start && index < end;
    }

    int count() {
        return (int) (end - start);
    }

    long block(long index) {
        return physical + (index - start);
    }

    int checksum(long index) {
        return Blocks.view(value).getInt(8 + 4 * (int) (index - start));
    }

    /** Returns the part from one index to before another one. */
    Extent part(long from, long to) {
        byte[] checksums = Arrays.copyOfRange(value, 8 + 4 * (int) (from - start), 8 + 4 * (int) (to - start));
        byte[] part = new byte[8 + checksums.length];
        Blocks.view(part).putLong(block(from)).put(checksums);
        return new Extent(from, to, block(from), part);
    }

    /** Tells whether another one goes on where this one ends, on the disk as well, and both can be one. */
    boolean joins(Extent next) {
        return end == next.start && physical + count() == next.physical && count() + next.count() <= MAXIMUM;
    }

    Extent joined(Extent next) {
        byte[] both = Arrays.copyOf(value, value.length + next.value.length - 8);
        System.arraycopy(next.value, 8, both, value.length, next.value.length - 8);
        return new Extent(start, next.end, physical, both);
    }
}
