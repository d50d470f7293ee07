package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** Reads the bytes of files: whole blocks straight to where they are wanted, parts of blocks by way of the cache. */
final class Contents {
    /** The longest target of a symbolic link, as on Linux; the block that it is in has a zero after it. */
    private static final int LONGEST_TARGET = 4095;

    private final Blocks blocks;
    private final BlockMap map;

    Contents(Blocks blocks, BlockMap map) {
        this.blocks = blocks;
        this.map = map;
    }

    /** Reads as {@code FileNode.read} does. */
    int read(Inode inode, long position, ByteBuffer destination) throws ErrnoException {
        int begin = destination.position();
        int length = (int) Math.clamp(inode.size - position, 0L, destination.remaining());
        int done = 0;
        try {
            while (done < length) {
                done += inode.isInline() ? readInline(inode, position + done, destination, length - done)
                        : readBlocks(inode, position + done, destination, length - done);
            }
        } catch (ErrnoException e) {
            destination.position(begin + done);
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    private int readBlocks(Inode inode, long position, ByteBuffer destination, int most) throws ErrnoException {
        int size = blocks.size();
        int offset = (int) (position % size);
        BlockMap.Run run = map.find(inode, position / size, ((long) offset + most + size - 1) / size);
        int length = (int) Math.min(most, run.length() * size - offset);
        if (run.isHole()) {
            Blocks.putZeros(destination, length);
        } else if (offset == 0 && length >= size) {
            length -= length % size;
            int limit = destination.limit();
            destination.limit(destination.position() + length);
            try {
                blocks.read(run.block(), destination);
            } finally {
                destination.limit(limit);
            }
        } else {
            length = Math.min(length, size - offset);
            destination.put(blocks.get(run.block()).slice(offset, length));
        }
        return length;
    }

    /** What is not in the inode either, reads as zeros: mke2fs leaves holes there. */
    private static int readInline(Inode inode, long position, ByteBuffer destination, int most) throws ErrnoException {
        boolean isFirst = position < Inode.MAP_SIZE;
        ByteBuffer piece = isFirst ? inode.map : inode.inlineRest();
        long offset = isFirst ? position : position - Inode.MAP_SIZE;
        if (offset >= piece.capacity()) {
            Blocks.putZeros(destination, most);
            return most;
        }
        int length = (int) Math.min(most, piece.capacity() - offset);
        destination.put(piece.slice((int) offset, length));
        return length;
    }

    /** Returns where a symbolic link points: in the inode if it is short. */
    String target(Inode inode) throws ErrnoException {
        Blocks.require(inode.size > 0 && inode.size <= LONGEST_TARGET);
        ByteBuffer target = ByteBuffer.allocate((int) inode.size);
        if (inode.size < Inode.MAP_SIZE && !inode.hasExtents()) {
            target.put(inode.map.slice(0, (int) inode.size));
        } else {
            Blocks.require(read(inode, 0, target) == inode.size);
        }
        return Text.untilZero(target, 0, (int) inode.size);
    }
}
