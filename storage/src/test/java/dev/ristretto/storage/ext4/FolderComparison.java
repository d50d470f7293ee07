package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares directories with the folders that they are copies of: names, content and attributes. */
final class FolderComparison {
    private static final int BUFFER = 1 << 16;
    private static final int PERMISSION_BITS = 07777;
    private static final long NANOS = 1_000_000_000;

    private FolderComparison() {
    }

    static TreeSet<String> names(DirectoryNode directory) throws ErrnoException {
        TreeSet<String> names = new TreeSet<>();
        DirectoryCursor cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            assertTrue(names.add(name), () -> "twice: " + names);
        }
        return names;
    }

    /** The root has one directory more, which every such file system has. */
    static void compareRoot(Path folder, Ext4 fileSystem) throws Exception {
        compare(folder, fileSystem.root(), true);
    }

    private static void compare(Path folder, DirectoryNode directory, boolean isRoot) throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.forEach(path -> expected.add(path.getFileName().toString()));
        }
        TreeSet<String> names = names(directory);
        if (isRoot) {
            assertTrue(names.remove("lost+found"));
        }
        assertEquals(expected, names, folder::toString);
        for (String name : names) {
            try {
                compareOne(folder.resolve(name), directory, name);
            } catch (ErrnoException e) {
                throw new AssertionError(folder.resolve(name).toString(), e);
            }
        }
    }

    private static void compareOne(Path path, DirectoryNode directory, String name) throws Exception {
        Node node = directory.lookup(name);
        compareAttributes(path, node.attributes());
        if (Files.isSymbolicLink(path)) {
            assertEquals(Files.readSymbolicLink(path).toString(), assertInstanceOf(SymbolicLinkNode.class, node).target());
        } else if (Files.isDirectory(path)) {
            DirectoryNode child = assertInstanceOf(DirectoryNode.class, node);
            assertEquals(directory, child.parent());
            compare(path, child, false);
        } else if (Files.isRegularFile(path)) {
            compareContent(path, assertInstanceOf(FileNode.class, node));
        } else {
            assertEquals(Ext4Node.class, node.getClass());
        }
    }

    private static void compareAttributes(Path path, Attributes attributes) throws Exception {
        Map<String, Object> expected = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        String what = path + ": " + attributes;
        int mode = (int) expected.get("mode");
        assertEquals(mode, attributes.mode(), what);
        assertEquals(mode & PERMISSION_BITS, attributes.permissions(), what);
        assertEquals(expected.get("uid"), attributes.owner(), what);
        assertEquals(expected.get("gid"), attributes.group(), what);
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!isDirectory) {
            assertEquals(expected.get("nlink"), attributes.links(), what);
            assertEquals(expected.get("size"), attributes.size(), what);
        }
        // This tool knows whole seconds only, and puts its own time on directories.
        if (!isDirectory) {
            assertEquals(((FileTime) expected.get("lastModifiedTime")).toInstant().getEpochSecond(), Math.floorDiv(attributes.modified(), NANOS), what);
        }
        assertTrue(attributes.number() > 0, what);
    }

    private static void compareContent(Path path, FileNode file) throws Exception {
        assertEquals(Files.size(path), file.size());
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long position = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int length = file.read(position, buffer); length > 0; length = file.read(position, buffer.clear())) {
                assertEquals(length, buffer.position());
                assertEquals(ByteBuffer.wrap(in.readNBytes(length)), buffer.flip(), path + " from " + position);
                position += length;
            }
        }
        assertEquals(Files.size(path), position, path::toString);
    }
}
