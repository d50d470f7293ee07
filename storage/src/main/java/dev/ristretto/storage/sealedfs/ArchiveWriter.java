package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Describes a tree of files and writes it as an archive; see the package for the format. Paths are as for {@link SealedTree}: the
 * directories on the way need not be described. For one thread.
 */
public final class ArchiveWriter {
    private final String mountPoint;
    private final long time;
    private final ArchiveNode root = ArchiveNode.directory("");

    /** Where the content of a file comes from. May be asked for it twice, and must answer the same. */
    @FunctionalInterface
    public interface Source {
        /** Opens the content; the caller closes it. */
        InputStream open() throws IOException;
    }

    /**
     * Begins with an empty root directory.
     *
     * @param mountPoint absolute path that it is to be mounted at
     * @param time       of everything in it, in nanoseconds since 1970
     */
    public ArchiveWriter(String mountPoint, long time) {
        if (!mountPoint.startsWith("/") || PlainPath.names(mountPoint).length == 0 || utf8Length(mountPoint) > ArchiveHeader.LONGEST_PATH) {
            throw new IllegalArgumentException("not an absolute path below the root: " + mountPoint);
        }
        this.mountPoint = mountPoint;
        this.time = time;
    }

    /** Adds a directory, unless it is there. */
    public ArchiveWriter directory(String path) {
        directory(PlainPath.names(path), path, 0);
        return this;
    }

    /**
     * Adds a file.
     *
     * @param source      its content, which {@link #write} reads
     * @param staysAsItIs true if it shall not be compressed, whatever that would save
     */
    public ArchiveWriter file(String path, Source source, boolean staysAsItIs) {
        return add(path, name -> ArchiveNode.file(name, source, staysAsItIs));
    }

    /** Adds a symbolic link to any text from 1 to 4095 bytes long. */
    public ArchiveWriter symbolicLink(String path, String target) {
        int length = utf8Length(target);
        if (length < 1 || length > ArchiveHeader.LONGEST_PATH) {
            throw new IllegalArgumentException("the target of the symbolic link " + path + " is empty or too long");
        }
        return add(path, name -> ArchiveNode.link(name, target));
    }

    private static int utf8Length(String text) {
        try {
            return Names.utf8Length(text);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException("no text: " + text, e);
        }
    }

    private ArchiveWriter add(String path, Function<String, ArchiveNode> node) {
        String[] names = PlainPath.names(path);
        if (names.length == 0) {
            throw new IllegalArgumentException("a path is empty");
        }
        ArchiveNode added = node.apply(names[names.length - 1]);
        if (directory(names, path, 1).children.putIfAbsent(added.name, added) != null) {
            throw new IllegalArgumentException(path + " is there twice");
        }
        return this;
    }

    private ArchiveNode directory(String[] names, String path, int without) {
        if (utf8Length(mountPoint) + 1 + utf8Length(path) > ArchiveHeader.LONGEST_PATH) {
            throw new IllegalArgumentException("a path is too long: " + path);
        }
        ArchiveNode directory = root;
        for (int i = 0; i < names.length - without; i++) {
            ArchiveNode next = ArchiveNode.directory(names[i]);
            ArchiveNode there = directory.children.putIfAbsent(next.name, next);
            directory = there == null ? next : there;
            if (directory.children == null) {
                throw new IllegalArgumentException(names[i] + " in " + path + " is a file already, not a directory");
            }
        }
        return directory;
    }

    /**
     * Reads all content and returns the archive.
     *
     * @throws ArchiveException if it would be longer than 2 GiB, or content changed while it was read
     * @throws IOException      if content cannot be read
     */
    public byte[] write() throws IOException {
        List<ArchiveNode> nodes = numbered();
        ArchiveOutput out = new ArchiveOutput();
        byte[] header = new byte[ArchiveHeader.size(mountPoint)];
        out.write(header, header.length);
        ByteBuffer table = ByteBuffer.allocate(Math.multiplyExact(nodes.size(), ArchiveHeader.NODE)).order(ByteOrder.LITTLE_ENDIAN);
        ArchiveOutput names = new ArchiveOutput();
        ContentWriter contents = new ContentWriter(out);
        for (ArchiveNode node : nodes) {
            int at = node.number * ArchiveHeader.NODE;
            table.putInt(at + ArchiveIndex.NAME, names.size()).putShort(at + ArchiveIndex.NAME_LENGTH, (short) node.name.length)
                    .put(at + ArchiveIndex.TYPE, node.type).putInt(at + ArchiveIndex.PARENT, node.parent);
            names.write(node.name, node.name.length);
            if (node.children != null) {
                table.putInt(at + ArchiveIndex.FIRST, node.children.isEmpty() ? 0 : node.children.firstEntry().getValue().number)
                        .putLong(at + ArchiveIndex.SIZE, node.children.size()).putInt(at + ArchiveIndex.MORE, node.directories());
            } else if (node.target != null) {
                table.putInt(at + ArchiveIndex.FIRST, names.size()).putLong(at + ArchiveIndex.SIZE, node.target.length);
                names.write(node.target, node.target.length);
            } else {
                ContentWriter.Written written = contents.write(node.source, node.staysAsItIs);
                table.put(at + ArchiveIndex.TYPE, (byte) written.type()).putInt(at + ArchiveIndex.FIRST, written.first())
                        .putLong(at + ArchiveIndex.SIZE, written.size()).putInt(at + ArchiveIndex.MORE, written.checksum());
            }
        }
        int index = out.size();
        out.write(table.array(), table.capacity());
        contents.writeChunks(out);
        byte[] text = names.toArray();
        out.write(text, text.length);
        int indexLength = out.size() - index;
        CRC32C sum = new CRC32C();
        sum.update(out.since(index));
        out.align(ArchiveHeader.PAGE);
        out.replace(0, new ArchiveHeader(out.size(), time, nodes.size(), contents.chunks(), index, indexLength, (int) sum.getValue(), mountPoint)
                .bytes());
        return out.toArray();
    }

    /** All nodes, those of a directory one after the other. */
    private List<ArchiveNode> numbered() {
        List<ArchiveNode> nodes = new ArrayList<>(List.of(root));
        for (int i = 0; i < nodes.size(); i++) {
            ArchiveNode node = nodes.get(i);
            if (node.children != null) {
                for (ArchiveNode child : node.children.values()) {
                    child.number = nodes.size();
                    child.parent = i;
                    nodes.add(child);
                }
            }
        }
        return nodes;
    }
}
