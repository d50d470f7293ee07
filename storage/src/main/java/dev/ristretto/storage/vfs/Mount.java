package dev.ristretto.storage.vfs;

import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;

/** A file system in its place. */
public final class Mount {
    private final String path;
    private final FileSystem fileSystem;
    private final DirectoryNode covered;
    private final long device;

    Mount(String path, FileSystem fileSystem, DirectoryNode covered, long device) {
        this.path = path;
        this.fileSystem = fileSystem;
        this.covered = covered;
        this.device = device;
    }

    /** Returns the absolute path of the directory that it is mounted on. */
    public String path() {
        return path;
    }

    /** Returns the file system. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** Returns the number of the mounted file system, as in {@link Status#device}; positive. */
    public long device() {
        return device;
    }

    /** Returns the directory that the file system's root hides, or null for the root of the name space. */
    DirectoryNode covered() {
        return covered;
    }
}
