package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A directory of a sealed tree. Changed only while the tree is described, by one thread. */
final class SealedDirectory extends SealedNode implements DirectoryNode {
    private final Map<String, SealedNode> entries = new LinkedHashMap<>();
    private final SealedDirectory parent;
    private int directories;

    /** @param parent the directory this one is in; null for the root */
    SealedDirectory(SealedFileSystem fileSystem, SealedDirectory parent) {
        super(fileSystem, FileType.DIRECTORY, 0555, 0, 0);
        this.parent = parent == null ? this : parent;
    }

    /** Adds a file and returns true, or returns false if the name is taken. */
    boolean add(String name, SealedNode node) {
        if (entries.putIfAbsent(name, node) != null) {
            return false;
        }
        if (node instanceof SealedDirectory) {
            directories++;
        }
        return true;
    }

    @Override
    int links() {
        return 2 + directories;
    }

    @Override
    public DirectoryNode parent() {
        return parent;
    }

    @Override
    public Node lookup(String name) {
        return entries.get(name);
    }

    @Override
    public DirectoryCursor entries() {
        Iterator<String> names = entries.keySet().iterator();
        return () -> names.hasNext() ? names.next() : null;
    }

    @Override
    public FileNode createFile(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public void link(String name, Node file) throws ErrnoException {
        throw refuseNew(name);
    }

    @Override
    public void unlink(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        throw refuseChange(name);
    }

    @Override
    public void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        throw refuseChange(name);
    }

    /** What is there already is reported as such, as Linux does: {@code mkdir -p} relies on it. */
    private ErrnoException refuseNew(String name) {
        return (entries.containsKey(name) ? Errno.EEXIST : Errno.EROFS).exception();
    }

    private ErrnoException refuseChange(String name) {
        return (entries.containsKey(name) ? Errno.EROFS : Errno.ENOENT).exception();
    }
}
