package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Statistics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A file system in an archive, which lies in a buffer and is used there. See the package for the format and for what damage does. */
public final class Archive implements FileSystem {
    private final ByteBuffer bytes;
    private final ArchiveHeader header;
    private final ArchiveIndex index;
    private final ArchiveChunks chunks;
    private final ArchiveDirectory root;

    private Archive(ByteBuffer bytes, ArchiveHeader header) {
        this.bytes = bytes.slice(0, header.length()).asReadOnlyBuffer();
        this.header = header;
        this.index = new ArchiveIndex(this.bytes, header);
        this.chunks = new ArchiveChunks(this.bytes, index);
        this.root = new ArchiveDirectory(this, 0, null);
    }

    /**
     * Opens archives that follow each other.
     *
     * @param bytes from position 0 to the limit, nothing but archives; must not change from now on
     * @throws ArchiveException if the header of one of them is damaged, or of another version
     */
    public static List<Archive> openAll(ByteBuffer bytes) throws ArchiveException {
        List<Archive> archives = new ArrayList<>();
        for (int next = 0; next < bytes.limit();) {
            ByteBuffer rest = bytes.slice(next, bytes.limit() - next);
            Archive archive = new Archive(rest, ArchiveHeader.read(rest));
            archives.add(archive);
            next += archive.length();
        }
        return archives;
    }

    /** Returns the absolute path that it is to be mounted at. */
    public String mountPoint() {
        return header.mountPoint();
    }

    /** Returns how many bytes it takes. */
    public int length() {
        return header.length();
    }

    @Override
    public ArchiveDirectory root() {
        return root;
    }

    @Override
    public String type() {
        return "sealed";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(ArchiveHeader.PAGE, header.length() / ArchiveHeader.PAGE, 0, header.nodes(), 0, Names.MAXIMUM);
    }

    /**
     * What is in an archive.
     *
     * @param files       regular files
     * @param directories without the root
     * @param links       symbolic links
     * @param bytes       length of all files together
     */
    public record Totals(int files, int directories, int links, long bytes) {
    }

    /**
     * Reads everything and compares it with the checksums.
     *
     * @throws ArchiveException if something is wrong
     */
    public Totals verify() throws ArchiveException {
        return new ArchiveCheck(this).run();
    }

    /** The index, which has been compared with its checksum. */
    ArchiveIndex index() throws ErrnoException {
        index.compare();
        return index;
    }

    /** Makes an object for a node that a directory names as one of its own. */
    SealedNode node(int number, ArchiveDirectory parent) throws ErrnoException {
        if (index.parent(number) != parent.number()) {
            throw Errno.EIO.exception();
        }
        SealedNode.Identity identity = identity(number);
        return switch (index.type(number)) {
            case ArchiveIndex.DIRECTORY -> new ArchiveDirectory(this, number, parent);
            case ArchiveIndex.STORED -> new SealedFile(identity, stored(number));
            case ArchiveIndex.COMPRESSED -> new SealedFile(identity, new CompressedContent(chunks, index.firstChunk(number), index.size(number)));
            case ArchiveIndex.LINK -> new SealedLink(identity, index.target(number), (int) index.size(number));
            default -> throw Errno.EIO.exception();
        };
    }

    /** Which node it is; inode numbers begin with 1. */
    SealedNode.Identity identity(int number) {
        return new SealedNode.Identity(this, number + 1L, header.time());
    }

    /** The content of a file that is there as it is. */
    StoredContent stored(int number) throws ErrnoException {
        long place = index.place(number);
        long size = index.size(number);
        if (size > header.length() || place > header.length() - size) {
            throw Errno.EIO.exception();
        }
        return new StoredContent(bytes, (int) place, (int) size);
    }
}
