package dev.ristretto.storage.sealedfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Writes contents into an archive, compressed or as they are. */
final class ContentWriter {
    private static final int ALIGNMENT_OF_SMALL = 8;
    /** A file is compressed if that saves this part of it. */
    private static final int LEAST_SAVED = 8;

    private final ArchiveOutput out;
    private final ArchiveOutput chunks = new ArchiveOutput();
    private final byte[] content = new byte[ArchiveHeader.CHUNK];
    private final byte[] deflated = new byte[ArchiveHeader.CHUNK];

    ContentWriter(ArchiveOutput out) {
        this.out = out;
    }

    /** What a node says about its content: {@code first} is its place, or the number of its first chunk. */
    record Written(int type, int first, long size, int checksum) {
    }

    Written write(ArchiveWriter.Source source, boolean staysAsItIs) throws IOException {
        if (staysAsItIs) {
            return store(source);
        }
        int begin = out.size();
        int firstEntry = chunks.size();
        long size = deflate(source);
        long taken = out.size() - begin + chunks.size() - firstEntry;
        if (taken <= size - size / LEAST_SAVED && size > 0) {
            return new Written(ArchiveIndex.COMPRESSED, firstEntry / ArchiveHeader.CHUNK_ENTRY, size, 0);
        }
        out.truncate(begin);
        chunks.truncate(firstEntry);
        Written stored = store(source);
        if (stored.size() != size) {
            throw new ArchiveException("a file changed while it was read");
        }
        return stored;
    }

    private long deflate(ArchiveWriter.Source source) throws IOException {
        long size = 0;
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (InputStream in = source.open()) {
            for (int length = in.readNBytes(content, 0, content.length); length > 0; length = in.readNBytes(content, 0, content.length)) {
                size += length;
                CRC32C sum = new CRC32C();
                sum.update(content, 0, length);
                deflater.reset();
                deflater.setInput(content, 0, length);
                deflater.finish();
                int shorter = deflater.deflate(deflated, 0, length);
                boolean pays = deflater.finished() && shorter < length;
                chunks.putInt(out.size());
                chunks.putInt(pays ? shorter : length);
                chunks.putInt((int) sum.getValue());
                out.write(pays ? deflated : content, pays ? shorter : length);
            }
        } finally {
            deflater.end();
        }
        return size;
    }

    private Written store(ArchiveWriter.Source source) throws IOException {
        CRC32C sum = new CRC32C();
        try (InputStream in = source.open()) {
            int length = in.readNBytes(content, 0, content.length);
            boolean isLarge = length >= ArchiveHeader.PAGE;
            out.align(isLarge ? ArchiveHeader.PAGE : ALIGNMENT_OF_SMALL);
            int begin = out.size();
            for (; length > 0; length = in.readNBytes(content, 0, content.length)) {
                sum.update(content, 0, length);
                out.write(content, length);
            }
            int size = out.size() - begin;
            if (isLarge) {
                out.align(ArchiveHeader.PAGE);
            }
            return new Written(ArchiveIndex.STORED, begin, size, (int) sum.getValue());
        }
    }

    int chunks() {
        return chunks.size() / ArchiveHeader.CHUNK_ENTRY;
    }

    void writeChunks(ArchiveOutput to) throws ArchiveException {
        byte[] table = chunks.toArray();
        to.write(table, table.length);
    }
}
