package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.util.List;

/** A directory; lists names in the order of their bytes. */
final class CowDirectory extends CowNode implements DirectoryNode {
    /** Names that a cursor fetches at a time. */
    private static final int BATCH = 64;

    /** Where it was when this was made, for when it is gone. */
    private final long parent;

    CowDirectory(Cowfs fileSystem, long number, long parent) {
        super(fileSystem, number);
        this.parent = parent;
    }

    /** Makes the whole file system last: there is only one kind of commit. */
    @Override
    public void sync() throws ErrnoException {
        volume().sync();
    }

    @Override
    public DirectoryNode parent() {
        try {
            return fileSystem.directory(volume().read(() -> inode().parent), NameSpace.ROOT);
        } catch (ErrnoException e) {
            return fileSystem.directory(parent, NameSpace.ROOT);
        }
    }

    @Override
    public Node lookup(String name) throws ErrnoException {
        NameSpace.Entry entry = fileSystem.names.lookup(number, name);
        return entry == null ? null : node(entry.number(), entry.type());
    }

    private Node node(long child, FileType type) throws ErrnoException {
        return switch (type) {
            case REGULAR -> new CowFile(fileSystem, child);
            case DIRECTORY -> fileSystem.directory(child, number);
            case SYMBOLIC_LINK -> new CowSymbolicLink(fileSystem, child, fileSystem.names.target(child));
            default -> throw Errno.EIO.exception();
        };
    }

    @Override
    public DirectoryCursor entries() throws ErrnoException {
        List<String> first = fileSystem.names.names(number, null, BATCH);
        touchAccess();
        return new DirectoryCursor() {
            private List<String> batch = first;
            private int next;

            @Override
            public String next() throws ErrnoException {
                if (next == BATCH) {
                    batch = fileSystem.names.names(number, batch.getLast(), BATCH);
                    next = 0;
                }
                return next == batch.size() ? null : batch.get(next++);
            }
        };
    }

    @Override
    public FileNode createFile(String name, int permissions) throws ErrnoException {
        return new CowFile(fileSystem, fileSystem.names.create(number, name, FileType.REGULAR, permissions));
    }

    @Override
    public DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        return fileSystem.directory(fileSystem.names.create(number, name, FileType.DIRECTORY, permissions), number);
    }

    @Override
    public SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        Names.utf8Length(target);
        return new CowSymbolicLink(fileSystem, fileSystem.names.createSymbolicLink(number, name, target), target);
    }

    @Override
    public void link(String name, Node file) throws ErrnoException {
        if (file instanceof DirectoryNode) {
            throw Errno.EPERM.exception();
        }
        fileSystem.names.link(number, name, own(file));
    }

    @Override
    public void unlink(String name) throws ErrnoException {
        fileSystem.names.unlink(number, name);
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        fileSystem.names.removeDirectory(number, name);
    }

    @Override
    public void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        fileSystem.names.rename(number, name, own(target), targetName);
    }

    private long own(Node node) throws ErrnoException {
        if (node.fileSystem() != fileSystem) {
            throw Errno.EXDEV.exception();
        }
        return ((CowNode) node).number;
    }
}
