package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.ReadOnlyNode;

/** What sealed files of all kinds have in common: nothing about them can be changed. */
abstract class SealedNode implements ReadOnlyNode {
    private final Identity identity;
    private final FileType type;
    private final int permissions;
    private final long size;
    private final long deviceNumber;

    /**
     * Which file it is: nodes are equal if these are.
     *
     * @param number the inode number
     * @param time   all times of the file, in nanoseconds since 1970
     */
    record Identity(FileSystem fileSystem, long number, long time) {
    }

    SealedNode(Identity identity, FileType type, int permissions, long size, long deviceNumber) {
        this.identity = identity;
        this.type = type;
        this.permissions = permissions;
        this.size = size;
        this.deviceNumber = deviceNumber;
    }

    /** Returns how many names the file has, or what counts as that for a directory. */
    int links() throws ErrnoException {
        return 1;
    }

    @Override
    public final FileSystem fileSystem() {
        return identity.fileSystem();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof SealedNode node && identity.number() == node.identity.number()
                && identity.fileSystem() == node.identity.fileSystem();
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(identity.number());
    }

    @Override
    public final Attributes attributes() throws ErrnoException {
        long time = identity.time();
        return new Attributes(type, identity.number(), permissions, links(), 0, 0, size, size, deviceNumber, time, time, time, time);
    }
}
