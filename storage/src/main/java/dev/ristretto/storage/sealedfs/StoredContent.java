package dev.ristretto.storage.sealedfs;

import java.nio.ByteBuffer;

/** Bytes that lie in an archive as they are. */
final class StoredContent implements Content {
    private final ByteBuffer archive;
    private final int place;
    private final int size;

    /** @param archive the whole of it, in which {@code size} bytes from {@code place} on exist */
    StoredContent(ByteBuffer archive, int place, int size) {
        this.archive = archive;
        this.place = place;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, ByteBuffer destination) {
        int length = (int) Math.clamp(size - position, 0, destination.remaining());
        if (length > 0) {
            destination.put(destination.position(), archive, place + (int) position, length);
            destination.position(destination.position() + length);
        }
        return length;
    }

    @Override
    public ByteBuffer view(long position, long length) {
        // The archive begins with a page and ends with one. Smaller files share pages with others.
        return archive.isDirect() && place % ArchiveHeader.PAGE == 0 && size >= ArchiveHeader.PAGE && position % ArchiveHeader.PAGE == 0
                && position < size && length <= size - position ? archive.slice(place + (int) position, (int) length) : null;
    }

    /** All of it. */
    ByteBuffer all() {
        return archive.slice(place, size);
    }
}
