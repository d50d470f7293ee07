package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes what changed: content, then nodes of the tree and maps of groups, all to blocks that the last commit does not refer to; a flush;
 * one superblock and its copy; another flush. If anything before the superblock fails, nothing is lost and it can be tried again: everything is still in
 * memory, and counts as not written. If the superblock fails, nobody can know which of two commits the disk has, so that writing ends.
 */
final class Commit {
    /** Neighbouring blocks are written by one call, up to this many. */
    private static final int TOGETHER = 64;

    private final Volume volume;
    private final byte[] scratch = new byte[TOGETHER * Blocks.SIZE];

    Commit(Volume volume) {
        this.volume = volume;
    }

    /** Returns the new superblock; with {@link Volume#changes} held. */
    Superblock run(Superblock last) throws ErrnoException {
        List<BlockWrite> content = new ArrayList<>();
        List<BlockWrite> writes = new ArrayList<>();
        Superblock next = volume.apply(() -> seal(last, content, writes));
        writes.addAll(content);
        writes.sort(Comparator.comparingLong(BlockWrite::block));
        write(writes);
        volume.device.flush();
        boolean done = false;
        try {
            long place = next.generation() & 1;
            write(List.of(new BlockWrite(place, next.encode()), new BlockWrite(place + 2, next.encode())));
            volume.device.flush();
            done = true;
        } finally {
            if (!done) {
                volume.fail();
            }
        }
        List<long[]> free = volume.options.discard() ? volume.space.lockedRuns() : List.of();
        volume.structure.writeLock().lock();
        try {
            volume.nodes.committed();
            volume.tree.committed(next.rootChecksum());
            volume.inodes.committed();
            volume.space.committed(next.selectors());
            for (BlockWrite page : content) {
                volume.pages.put(page.block(), page.content());
            }
        } finally {
            volume.structure.writeLock().unlock();
        }
        for (long[] run : free) {
            discard(run[0], run[1]);
        }
        return next;
    }

    private void discard(long block, long length) {
        try {
            volume.device.discard(block * Blocks.SIZE, length * Blocks.SIZE);
        } catch (ErrnoException e) {
            // It was a hint; the commit is complete without.
        }
    }

    private Superblock seal(Superblock last, List<BlockWrite> content, List<BlockWrite> writes) throws ErrnoException {
        for (Inode inode : volume.inodes.dirty()) {
            place(inode, content);
            volume.tree.put(Keys.inode(inode.number), inode.encode());
        }
        long generation = last.generation() + 1;
        int rootChecksum = volume.tree.seal(generation, writes);
        long[] selectors = volume.space.seal(generation, writes);
        return new Superblock(last.identityHigh(), last.identityLow(), last.label(), generation, volume.space.blocks(),
                volume.space.available() + volume.space.locked(), volume.nextInode(), volume.tree.root(), rootChecksum,
                volume.tree.rootLevel(), selectors);
    }

    /** Finds a place for each page of a file that has none, or whose place has the content of the last commit. */
    private void place(Inode inode, List<BlockWrite> content) throws ErrnoException {
        List<byte[]> run = new ArrayList<>();
        long start = 0;
        for (Map.Entry<Long, byte[]> page : inode.pages.entrySet()) {
            if (!run.isEmpty() && page.getKey() != start + run.size()) {
                place(inode, start, run, content);
                run.clear();
            }
            if (run.isEmpty()) {
                start = page.getKey();
            }
            run.add(page.getValue());
        }
        place(inode, start, run, content);
    }

    private void place(Inode inode, long start, List<byte[]> run, List<BlockWrite> content) throws ErrnoException {
        int done = 0;
        while (done < run.size()) {
            long block = volume.space.allocateData(Math.min(Extent.MAXIMUM, run.size() - done));
            int[] checksums = new int[volume.space.runLength()];
            for (int i = 0; i < checksums.length; i++) {
                byte[] page = run.get(done + i);
                checksums[i] = Blocks.checksum(page);
                content.add(new BlockWrite(block + i, page));
            }
            inode.blocks += volume.extents.put(inode.number, Extent.of(start + done, block, checksums));
            done += checksums.length;
        }
    }

    private void write(List<BlockWrite> writes) throws ErrnoException {
        BlockDevice device = volume.device;
        int from = 0;
        while (from < writes.size()) {
            long block = writes.get(from).block();
            int length = 0;
            while (from + length < writes.size() && length < TOGETHER && writes.get(from + length).block() == block + length) {
                System.arraycopy(writes.get(from + length).content(), 0, scratch, length * Blocks.SIZE, Blocks.SIZE);
                length++;
            }
            device.write(block * Blocks.SIZE, ByteBuffer.wrap(scratch, 0, length * Blocks.SIZE));
            from += length;
        }
    }
}
