package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Names;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Nodes, chunks and names of an archive, read where they lie. Believes nothing: what does not fit is {@code EIO}. Numbers of nodes and chunks
 * that callers pass must be in range.
 */
final class ArchiveIndex {
    static final int DIRECTORY = 1;
    static final int STORED = 2;
    static final int COMPRESSED = 3;
    static final int LINK = 4;

    /** Offsets in a node. */
    static final int NAME = 0;
    static final int NAME_LENGTH = 4;
    static final int TYPE = 6;
    static final int PARENT = 8;
    static final int FIRST = 12;
    static final int SIZE = 16;
    static final int MORE = 24;

    private final ByteBuffer bytes;
    private final int checksum;
    private final int nodes;
    private final int chunks;
    private final int names;
    private volatile boolean isCompared;

    ArchiveIndex(ByteBuffer archive, ArchiveHeader header) {
        bytes = archive.slice(header.index(), header.indexLength()).order(ByteOrder.LITTLE_ENDIAN);
        checksum = header.indexChecksum();
        nodes = header.nodes();
        chunks = header.chunks();
        names = nodes * ArchiveHeader.NODE + chunks * ArchiveHeader.CHUNK_ENTRY;
    }

    /** Numbers of the nodes in a directory, which follow each other. */
    record Children(int first, int count) {
    }

    /** Where a chunk lies in the archive; not checked against its bounds. */
    record Chunk(long place, long length, int checksum) {
    }

    /** Compares the index with its checksum, the first time. Several threads may do it at once. */
    void compare() throws ErrnoException {
        if (!isCompared) {
            CRC32C sum = new CRC32C();
            sum.update(bytes.duplicate());
            if ((int) sum.getValue() != checksum) {
                throw Errno.EIO.exception();
            }
            isCompared = true;
        }
    }

    int nodes() {
        return nodes;
    }

    int type(int node) {
        return bytes.get(at(node) + TYPE);
    }

    int parent(int node) {
        return bytes.getInt(at(node) + PARENT);
    }

    /** The place of a stored file, which is not checked. */
    long place(int node) {
        return Integer.toUnsignedLong(bytes.getInt(at(node) + FIRST));
    }

    /** The CRC-32C of a stored file. */
    int checksum(int node) {
        return bytes.getInt(at(node) + MORE);
    }

    /** The length of a file, in bytes from 0 on. */
    long size(int node) throws ErrnoException {
        long size = bytes.getLong(at(node) + SIZE);
        check(size >= 0);
        return size;
    }

    /** What is in a directory. */
    Children children(int directory) throws ErrnoException {
        check(type(directory) == DIRECTORY);
        long count = bytes.getLong(at(directory) + SIZE);
        long first = Integer.toUnsignedLong(bytes.getInt(at(directory) + FIRST));
        check(count == 0 || count > 0 && count < nodes && first > directory && first + count <= nodes);
        return new Children((int) first, (int) count);
    }

    /** How many directories are in a directory. */
    int directories(int directory) throws ErrnoException {
        int count = bytes.getInt(at(directory) + MORE);
        check(count >= 0 && count <= children(directory).count());
        return count;
    }

    /** The number of the first chunk of a compressed file, all of whose chunks exist. */
    int firstChunk(int file) throws ErrnoException {
        long first = Integer.toUnsignedLong(bytes.getInt(at(file) + FIRST));
        long size = size(file);
        long count = size / ArchiveHeader.CHUNK + (size % ArchiveHeader.CHUNK == 0 ? 0 : 1);
        check(count <= chunks && first <= chunks - count);
        return (int) first;
    }

    Chunk chunk(int chunk) {
        int at = nodes * ArchiveHeader.NODE + chunk * ArchiveHeader.CHUNK_ENTRY;
        return new Chunk(Integer.toUnsignedLong(bytes.getInt(at)), Integer.toUnsignedLong(bytes.getInt(at + 4)), bytes.getInt(at + 8));
    }

    /** The name of a node that is not the root. */
    String name(int node) throws ErrnoException {
        int length = nameLength(node);
        check(length <= Names.MAXIMUM);
        String name = text(namePlace(node, length), length);
        check(PlainPath.isName(name));
        return name;
    }

    /** Where a link points to. */
    String target(int link) throws ErrnoException {
        long length = size(link);
        long place = place(link);
        check(length > 0 && length <= ArchiveHeader.LONGEST_PATH && place <= bytes.limit() - names - length);
        return text(names + (int) place, (int) length);
    }

    /** Finds a name, in UTF-8, in a directory: the number of its node, or -1. */
    int find(int directory, byte[] name) throws ErrnoException {
        Children children = children(directory);
        int low = children.first();
        int high = low + children.count() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int comparison = compareName(middle, name);
            if (comparison == 0) {
                return middle;
            } else if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Compares the name of a node with another, byte by byte. */
    int compareName(int node, byte[] name) throws ErrnoException {
        int length = nameLength(node);
        int place = namePlace(node, length);
        for (int i = 0; i < Math.min(length, name.length); i++) {
            int difference = Byte.toUnsignedInt(bytes.get(place + i)) - Byte.toUnsignedInt(name[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return length - name.length;
    }

    private int nameLength(int node) {
        return Short.toUnsignedInt(bytes.getShort(at(node) + NAME_LENGTH));
    }

    private int namePlace(int node, int length) throws ErrnoException {
        long place = Integer.toUnsignedLong(bytes.getInt(at(node) + NAME));
        check(place <= bytes.limit() - names - length);
        return names + (int) place;
    }

    private String text(int place, int length) throws ErrnoException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(place, length)).toString();
            check(text.indexOf(0) < 0);
            return text;
        } catch (CharacterCodingException e) {
            throw Errno.EIO.exception();
        }
    }

    private static int at(int node) {
        return node * ArchiveHeader.NODE;
    }

    private static void check(boolean fits) throws ErrnoException {
        if (!fits) {
            throw Errno.EIO.exception();
        }
    }
}
