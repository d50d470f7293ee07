package dev.ristretto.cli.disk;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.cowfs.CheckReport;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads all that a file system has, to see whether it can be read; for one that cannot check itself. */
final class DiskReading {
    private static final int BUFFER = 1 << 20;

    private final boolean contentToo;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final List<String> problems = new ArrayList<>();
    /** Files with several names, by their numbers: read once. */
    private final Set<Long> linked = new HashSet<>();
    private long files;
    private long directories;
    private long links;
    private long others;

    DiskReading(boolean contentToo) {
        this.contentToo = contentToo;
    }

    /** Reads everything from the root on. */
    void all(DirectoryNode root) {
        read(root, "");
    }

    private void read(DirectoryNode directory, String path) {
        directories++;
        try {
            var cursor = directory.entries();
            for (String name = cursor.next(); name != null; name = cursor.next()) {
                one(directory, name, path + "/" + name);
            }
        } catch (ErrnoException e) {
            problem(path.isEmpty() ? "/" : path, e);
        }
    }

    private void one(DirectoryNode directory, String name, String path) {
        try {
            Node node = directory.lookup(name);
            if (node == null) {
                throw Errno.ENOENT.exception();
            }
            if (node.attributes().links() > 1 && !(node instanceof DirectoryNode) && !linked.add(node.attributes().number())) {
                return;
            }
            switch (node) {
                case DirectoryNode child -> read(child, path);
                case FileNode file -> read(file);
                case SymbolicLinkNode link -> links++;
                default -> others++;
            }
        } catch (ErrnoException e) {
            problem(path, e);
        }
    }

    private void read(FileNode file) throws ErrnoException {
        files++;
        long position = 0;
        while (contentToo && position < file.size()) {
            position += file.read(position, buffer.clear());
        }
    }

    private void problem(String path, ErrnoException e) {
        if (problems.size() < CheckReport.MOST) {
            problems.add(path + ": " + e.errno().message());
        }
    }

    /** Returns a sentence for each thing that cannot be read, cut off after {@link CheckReport#MOST}. */
    List<String> problems() {
        return problems;
    }

    long files() {
        return files;
    }

    long directories() {
        return directories;
    }

    long links() {
        return links;
    }

    long others() {
        return others;
    }
}
