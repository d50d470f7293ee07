package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.CharacterDevice;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;

/**
 * Describes a read-only tree, file by file, and makes a file system of it. Paths have their components separated by single slashes,
 * with or without one in front; the directories on the way need not be described. A path described twice is an error.
 * For one thread, up to {@link #seal()}.
 */
public final class SealedTree {
    private final SealedFileSystem fileSystem;
    private boolean isSealed;

    /**
     * Begins with an empty root directory.
     *
     * @param type       type of the file system, as {@code mount(8)} would print it
     * @param epochNanos all times of all files, in nanoseconds since 1970-01-01T00:00:00Z
     */
    public SealedTree(String type, long epochNanos) {
        this.fileSystem = new SealedFileSystem(type, epochNanos);
    }

    /** Adds a directory, unless it is there. */
    public SealedTree directory(String path) {
        SealedDirectory directory = fileSystem.root();
        for (String name : components(path)) {
            directory = directory(directory, name, path);
        }
        return this;
    }

    /** Adds a file that everybody may read (mode 0444). */
    public SealedTree file(String path, Content content) {
        return add(path, new SealedFile(fileSystem.next(content.size()), content));
    }

    /** Adds a symbolic link. */
    public SealedTree symbolicLink(String path, String target) {
        try {
            int length = Names.utf8Length(target);
            return add(path, new SealedLink(fileSystem.next(length), target, length));
        } catch (ErrnoException e) {
            throw new IllegalArgumentException("the target of the symbolic link " + path + " is no text: " + target, e);
        }
    }

    /**
     * Adds the name of a device, for everybody to read and write (mode 0666).
     *
     * @param major the kind of device, 0 to 4095, as in Linux's list of devices
     * @param minor which one of that kind, 0 to 255
     */
    public SealedTree device(String path, CharacterDevice device, int major, int minor) {
        return add(path, new SealedDevice(fileSystem.next(0), device, (long) major << 8 | minor));
    }

    /** Returns the file system; nothing can be added from now on. */
    public FileSystem seal() {
        isSealed = true;
        return fileSystem;
    }

    private SealedTree add(String path, SealedNode node) {
        String[] names = components(path);
        if (names.length == 0) {
            throw new IllegalArgumentException("a path is empty");
        }
        SealedDirectory directory = fileSystem.root();
        for (int i = 0; i < names.length - 1; i++) {
            directory = directory(directory, names[i], path);
        }
        if (!directory.add(names[names.length - 1], node)) {
            throw new IllegalArgumentException(path + " is there twice");
        }
        return this;
    }

    private SealedDirectory directory(SealedDirectory parent, String name, String path) {
        switch (parent.lookup(name)) {
            case null -> {
                SealedDirectory directory = new SealedDirectory(fileSystem.next(0), parent);
                parent.add(name, directory);
                return directory;
            }
            case SealedDirectory directory -> {
                return directory;
            }
            default -> throw new IllegalArgumentException(name + " in " + path + " is a file already, not a directory");
        }
    }

    private String[] components(String path) {
        if (isSealed) {
            throw new IllegalStateException("the tree is sealed; nothing can be added to it any more: " + path);
        }
        return PlainPath.names(path);
    }
}
