package dev.ristretto.storage.tmpfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A directory; lists names in the order in which they came. */
final class TmpDirectory extends TmpNode implements DirectoryNode {
    /** Guarded by {@link Tmpfs#nameSpace}, as the other fields are. */
    private final Map<String, TmpNode> entries = new LinkedHashMap<>();
    private TmpDirectory parent;
    private boolean removed;

    /** @param parent the directory this one is in; null for the root */
    TmpDirectory(Tmpfs fileSystem, TmpDirectory parent, int permissions) {
        super(fileSystem, FileType.DIRECTORY, permissions, 2);
        this.parent = parent == null ? this : parent;
    }

    @Override
    public long size() {
        return Tmpfs.DIRECTORY_SIZE;
    }

    @Override
    long allocatedBytes() {
        return 0;
    }

    @Override
    public DirectoryNode parent() {
        ReentrantLock lock = lock();
        try {
            return parent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Node lookup(String name) {
        ReentrantLock lock = lock();
        try {
            return entries.get(name);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DirectoryCursor entries() {
        ReentrantLock lock = lock();
        try {
            touchAccess();
            String[] names = entries.keySet().toArray(new String[0]);
            return new DirectoryCursor() {
                private int next;

                @Override
                public String next() {
                    return next == names.length ? null : names[next++];
                }
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    public FileNode createFile(String name, int permissions) throws ErrnoException {
        ReentrantLock lock = lock();
        try {
            takeName(name);
            TmpFile file = new TmpFile(fileSystem, permissions);
            add(name, file);
            return file;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        ReentrantLock lock = lock();
        try {
            checkRoomForDirectory();
            takeName(name);
            TmpDirectory directory = new TmpDirectory(fileSystem, this, permissions);
            add(name, directory);
            links++;
            return directory;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        int targetLength = Names.utf8Length(target);
        ReentrantLock lock = lock();
        try {
            takeName(name);
            TmpSymbolicLink link = new TmpSymbolicLink(fileSystem, target, targetLength);
            add(name, link);
            return link;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void link(String name, Node file) throws ErrnoException {
        if (file instanceof DirectoryNode) {
            throw Errno.EPERM.exception();
        }
        TmpNode node = own(file);
        ReentrantLock lock = lock();
        try {
            if (node.links == 0) {
                throw Errno.ENOENT.exception();
            }
            if (node.links >= Tmpfs.LINK_MAXIMUM) {
                throw Errno.EMLINK.exception();
            }
            takeName(name);
            add(name, node);
            node.links++;
            node.touchAttributes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unlink(String name) throws ErrnoException {
        ReentrantLock lock = lock();
        try {
            TmpNode node = existing(name);
            if (node instanceof TmpDirectory) {
                throw Errno.EISDIR.exception();
            }
            entries.remove(name);
            touchContent();
            release(node);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        ReentrantLock lock = lock();
        try {
            if (!(existing(name) instanceof TmpDirectory directory)) {
                throw Errno.ENOTDIR.exception();
            }
            if (!directory.entries.isEmpty()) {
                throw Errno.ENOTEMPTY.exception();
            }
            entries.remove(name);
            links--;
            touchContent();
            release(directory);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        TmpDirectory to = (TmpDirectory) own(target);
        ReentrantLock lock = lock();
        try {
            TmpNode node = existing(name);
            if (to.removed) {
                throw Errno.ENOENT.exception();
            }
            TmpNode replaced = to.entries.get(targetName);
            if (node == replaced) {
                return;
            }
            checkReplacement(node, to, replaced);
            if (replaced != null) {
                to.entries.remove(targetName);
                if (replaced instanceof TmpDirectory) {
                    to.links--;
                }
                release(replaced);
            }
            entries.remove(name);
            to.entries.put(targetName, node);
            if (node instanceof TmpDirectory directory) {
                links--;
                to.links++;
                directory.parent = to;
            }
            touchContent();
            to.touchContent();
            node.touchAttributes();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the checks of {@code rename(2)} in the order in which Linux makes them. */
    private void checkReplacement(TmpNode node, TmpDirectory to, TmpNode replaced) throws ErrnoException {
        if (replaced instanceof TmpDirectory above && isWithin(above)) {
            throw Errno.ENOTEMPTY.exception();
        }
        if (node instanceof TmpDirectory directory) {
            if (to.isWithin(directory)) {
                throw Errno.EINVAL.exception();
            }
            if (replaced != null) {
                if (!(replaced instanceof TmpDirectory replacedDirectory)) {
                    throw Errno.ENOTDIR.exception();
                }
                if (!replacedDirectory.entries.isEmpty()) {
                    throw Errno.ENOTEMPTY.exception();
                }
            } else if (to != this) {
                to.checkRoomForDirectory();
            }
        } else if (replaced instanceof TmpDirectory) {
            throw Errno.EISDIR.exception();
        }
    }

    private boolean isWithin(TmpDirectory other) {
        TmpDirectory directory = this;
        while (directory != other) {
            if (directory == directory.parent) {
                return false;
            }
            directory = directory.parent;
        }
        return true;
    }

    private ReentrantLock lock() {
        ReentrantLock lock = fileSystem.nameSpace;
        lock.lock();
        return lock;
    }

    private TmpNode own(Node node) throws ErrnoException {
        if (node.fileSystem() != fileSystem) {
            throw Errno.EXDEV.exception();
        }
        return (TmpNode) node;
    }

    private TmpNode existing(String name) throws ErrnoException {
        TmpNode node = entries.get(name);
        if (node == null) {
            throw Errno.ENOENT.exception();
        }
        return node;
    }

    /** Takes one name out of the file system's supply, after the checks that come before that. */
    private void takeName(String name) throws ErrnoException {
        if (entries.containsKey(name)) {
            throw Errno.EEXIST.exception();
        }
        if (removed) {
            throw Errno.ENOENT.exception();
        }
        if (!fileSystem.names.take(1)) {
            throw Errno.ENOSPC.exception();
        }
    }

    private void checkRoomForDirectory() throws ErrnoException {
        if (links >= Tmpfs.LINK_MAXIMUM) {
            throw Errno.EMLINK.exception();
        }
    }

    private void add(String name, TmpNode node) {
        entries.put(name, node);
        touchContent();
    }

    /** Does what follows from the loss of one name. */
    private void release(TmpNode node) {
        fileSystem.names.give(1);
        node.touchAttributes();
        if (node instanceof TmpDirectory directory) {
            directory.links = 0;
            directory.removed = true;
        } else {
            node.links--;
            if (node instanceof TmpFile file) {
                file.freeIfUnused();
            }
        }
    }
}
