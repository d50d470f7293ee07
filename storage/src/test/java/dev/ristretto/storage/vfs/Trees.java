package dev.ristretto.storage.vfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Whole trees of files, of any file system. */
final class Trees {
    private Trees() {
    }

    /** Returns everything below a directory, by path. */
    static TreeMap<String, String> dump(DirectoryNode root) throws ErrnoException {
        TreeMap<String, String> all = new TreeMap<>();
        dump(root, "", all);
        return all;
    }

    private static void dump(DirectoryNode directory, String path, TreeMap<String, String> all) throws ErrnoException {
        all.put(path + "/", describe(directory));
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            Node node = directory.lookup(name);
            if (node instanceof DirectoryNode child) {
                dump(child, path + "/" + name, all);
            } else {
                all.put(path + "/" + name, describe(node));
            }
        }
    }

    private static String describe(Node node) throws ErrnoException {
        var attributes = node.attributes();
        String text = attributes.type() + " " + attributes.permissions() + " " + attributes.links() + " " + attributes.size();
        if (node instanceof FileNode file) {
            ByteBuffer content = ByteBuffer.allocate((int) attributes.size());
            file.read(0, content);
            text += " " + content.position() + " " + Arrays.hashCode(content.array());
        }
        return node instanceof SymbolicLinkNode link ? text + " " + link.target() : text;
    }

    /** Copies everything below a directory, hard links as such. */
    static void copy(DirectoryNode from, DirectoryNode to) throws ErrnoException {
        copy(from, to, new HashMap<>());
    }

    private static void copy(DirectoryNode from, DirectoryNode to, Map<Node, Node> copies) throws ErrnoException {
        to.setPermissions(from.attributes().permissions());
        var cursor = from.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            Node node = from.lookup(name);
            Node copy = copies.get(node);
            if (copy != null) {
                to.link(name, copy);
                continue;
            }
            int permissions = node.attributes().permissions();
            copies.put(node, switch (node) {
                case DirectoryNode directory -> {
                    DirectoryNode made = to.createDirectory(name, permissions);
                    copy(directory, made, copies);
                    yield made;
                }
                case SymbolicLinkNode link -> to.createSymbolicLink(name, link.target());
                case FileNode file -> {
                    FileNode made = to.createFile(name, permissions);
                    ByteBuffer content = ByteBuffer.allocate((int) file.size());
                    file.read(0, content);
                    made.write(0, content.flip());
                    yield made;
                }
                default -> throw new IllegalStateException(node.toString());
            });
        }
    }

    /** Removes everything below a directory. */
    static void clear(DirectoryNode directory) throws ErrnoException {
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            if (directory.lookup(name) instanceof DirectoryNode child) {
                clear(child);
                directory.removeDirectory(name);
            } else {
                directory.unlink(name);
            }
        }
    }
}
