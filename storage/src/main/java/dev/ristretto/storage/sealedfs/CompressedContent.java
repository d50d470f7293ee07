package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** A file in compressed chunks. */
final class CompressedContent implements Content {
    private final ArchiveChunks chunks;
    private final int firstChunk;
    private final long size;

    /** @param firstChunk the number of the first of as many chunks as {@code size} needs, all of which exist */
    CompressedContent(ArchiveChunks chunks, int firstChunk, long size) {
        this.chunks = chunks;
        this.firstChunk = firstChunk;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        int wanted = (int) Math.clamp(size - position, 0, destination.remaining());
        int done = 0;
        while (done < wanted) {
            long at = position + done;
            long begin = at - at % ArchiveHeader.CHUNK;
            byte[] chunk = chunks.content(firstChunk + (int) (begin / ArchiveHeader.CHUNK), (int) Math.min(ArchiveHeader.CHUNK, size - begin));
            int offset = (int) (at - begin);
            int length = Math.min(chunk.length - offset, wanted - done);
            destination.put(chunk, offset, length);
            done += length;
        }
        return done;
    }
}
