package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes what changed: content, nodes of the tree and maps of groups, all to blocks that the last commit does not refer to, and a
 * superblock. A small commit writes these in any order, with a {@link Manifest}, and flushes once. A large one flushes everything before it
 * writes the superblock, and flushes again.
 * <p>
 * If a write of a small commit fails, or anything before the superblock of a large one, nothing is lost and it can be tried again: everything
 * is still in memory, and counts as not written. The superblock of a small commit may be on the disk then, and may be found after a loss of
 * power: if all that its manifest lists is there, that is a state between two operations like any other, and if not, the last commit counts,
 * of which the next attempt overwrites nothing either. If the superblock of a large commit fails, or the last flush, nobody can know what the
 * disk has, so that writing ends.
 */
final class Commit {
    private final Volume volume;
    /** The list of the last commit, or of one that failed: free once there is another commit. */
    private long manifest;
    /** Whether content was written that is no longer in memory, and has not been flushed. */
    private boolean wroteBack;

    Commit(Volume volume, long manifest) {
        this.volume = volume;
        this.manifest = manifest;
    }

    /**
     * Returns the new superblock; with {@link Volume#changes} held.
     *
     * @param plain whether to do without a manifest, so that whoever mounts next need not read what was written
     */
    Superblock run(Superblock last, boolean plain) throws ErrnoException {
        List<BlockWrite> content = new ArrayList<>();
        List<BlockWrite> writes = new ArrayList<>();
        Superblock next = volume.apply(() -> seal(last, plain, content, writes));
        long place = next.generation() & 1;
        byte[] superblock = next.encode();
        List<BlockWrite> superblocks = List.of(BlockWrite.of(place, superblock), BlockWrite.of(place + 2, superblock));
        if (next.manifest() == 0) {
            write(writes);
            flush();
        } else {
            writes.addAll(0, superblocks);
            write(writes);
        }
        boolean done = false;
        try {
            if (next.manifest() == 0) {
                write(superblocks);
            }
            volume.device.flush();
            done = true;
        } finally {
            if (!done) {
                volume.fail();
            }
        }
        wroteBack = false;
        volume.structure.writeLock().lock();
        try {
            volume.nodes.committed();
            volume.tree.committed(next.rootChecksum());
            volume.inodes.committed();
            volume.space.committed(next.selectors());
            keep(content);
        } finally {
            volume.structure.writeLock().unlock();
        }
        return next;
    }

    private void flush() throws ErrnoException {
        boolean done = false;
        try {
            volume.device.flush();
            done = true;
        } finally {
            if (!done && wroteBack) {
                // Some devices forget what they could not write: it is neither here nor there then.
                volume.fail();
            }
        }
    }

    /** Writes the content that is in memory, so that there is room for more, without making it last; with {@link Volume#changes} held. */
    void writeBack() throws ErrnoException {
        List<BlockWrite> content = new ArrayList<>();
        volume.apply(() -> {
            for (Inode inode : volume.inodes.dirty()) {
                place(inode, content);
            }
            return null;
        });
        wroteBack = true;
        content.sort(Comparator.comparingLong(BlockWrite::block));
        write(content);
        volume.structure.writeLock().lock();
        try {
            volume.inodes.wroteBack();
            keep(content);
        } finally {
            volume.structure.writeLock().unlock();
        }
    }

    private void keep(List<BlockWrite> content) {
        for (BlockWrite page : content) {
            volume.pages.give(page.block(), page.content());
        }
    }

    private Superblock seal(Superblock last, boolean plain, List<BlockWrite> content, List<BlockWrite> writes) throws ErrnoException {
        for (Inode inode : volume.inodes.dirty()) {
            place(inode, content);
            volume.tree.put(Keys.inode(inode.number), inode.encode());
        }
        if (manifest != 0) {
            volume.space.free(manifest);
            manifest = 0;
        }
        long generation = last.generation() + 1;
        int rootChecksum = volume.tree.seal(generation, writes);
        writes.addAll(content);
        // Two more, because the list's own block may be in a group of which nothing else has changed.
        if (!plain && !wroteBack && writes.size() + volume.space.dirtyGroups() + 2 <= Manifest.MAXIMUM) {
            manifest = volume.space.allocateNode();
        }
        long[] selectors = volume.space.seal(generation, writes);
        int manifestChecksum = 0;
        if (manifest != 0) {
            BlockWrite list = BlockWrite.of(manifest, Manifest.encode(generation, writes));
            manifestChecksum = list.checksum();
            writes.add(list);
        }
        writes.sort(Comparator.comparingLong(BlockWrite::block));
        return new Superblock(last.identityHigh(), last.identityLow(), last.label(), generation, volume.space.blocks(),
                volume.space.available() + volume.space.locked(), volume.nextInode(), volume.tree.root(), rootChecksum,
                volume.tree.rootLevel(), manifest, manifestChecksum, selectors);
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
            int wanted = (int) volume.inodes.dirtyPages() - content.size();
            long block = volume.space.allocateData(Math.min(Extent.MAXIMUM, run.size() - done), wanted);
            int[] checksums = new int[volume.space.runLength()];
            for (int i = 0; i < checksums.length; i++) {
                byte[] page = run.get(done + i);
                checksums[i] = Blocks.checksum(page);
                content.add(new BlockWrite(block + i, page, checksums[i]));
            }
            inode.blocks += volume.extents.put(inode.number, Extent.of(start + done, block, checksums));
            done += checksums.length;
        }
    }

    /** Writes blocks, which are in the order of their places. */
    private void write(List<BlockWrite> writes) throws ErrnoException {
        List<BlockDevice.Piece> pieces = new ArrayList<>(writes.size());
        for (BlockWrite write : writes) {
            pieces.add(new BlockDevice.Piece(write.block() * Blocks.SIZE, ByteBuffer.wrap(write.content())));
        }
        volume.device.writeAll(pieces);
    }
}
