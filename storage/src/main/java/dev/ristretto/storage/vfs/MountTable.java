package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is mounted where. Searched from front to back: there are a handful of mounts, and most lookups ask for the same ones. */
final class MountTable {
    /** The first one is the root. Grows only. */
    private final List<Mount> mounts = new CopyOnWriteArrayList<>();

    MountTable(FileSystem root) {
        mounts.add(new Mount("/", root, null, 1));
    }

    DirectoryNode root() {
        return mounts.getFirst().fileSystem().root();
    }

    List<Mount> list() {
        return List.copyOf(mounts);
    }

    synchronized void add(String path, FileSystem fileSystem, DirectoryNode directory) throws ErrnoException {
        for (Mount mount : mounts) {
            if (mount.fileSystem() == fileSystem || directory.equals(mount.fileSystem().root())) {
                throw Errno.EBUSY.exception();
            }
        }
        mounts.add(new Mount(path, fileSystem, directory, mounts.size() + 1L));
    }

    /** Returns the root of what is mounted on a directory, or the directory itself. */
    DirectoryNode topmost(DirectoryNode directory) {
        for (Mount mount : mounts) {
            if (directory.equals(mount.covered())) {
                return mount.fileSystem().root();
            }
        }
        return directory;
    }

    Mount of(FileSystem fileSystem) {
        for (Mount mount : mounts) {
            if (mount.fileSystem() == fileSystem) {
                return mount;
            }
        }
        throw new IllegalArgumentException("a file of a file system that is not mounted");
    }
}
