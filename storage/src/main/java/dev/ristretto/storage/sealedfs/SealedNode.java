package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;

/** What sealed files of all kinds have in common: nothing about them can be changed. */
abstract class SealedNode implements Node {
    private final SealedFileSystem fileSystem;
    private final FileType type;
    private final int permissions;
    private final long size;
    private final long deviceNumber;
    private final long number;

    SealedNode(SealedFileSystem fileSystem, FileType type, int permissions, long size, long deviceNumber) {
        this.fileSystem = fileSystem;
        this.type = type;
        this.permissions = permissions;
        this.size = size;
        this.deviceNumber = deviceNumber;
        this.number = fileSystem.nextNumber(size);
    }

    /** Returns how many names the file has, or what counts as that for a directory. */
    int links() {
        return 1;
    }

    @Override
    public final SealedFileSystem fileSystem() {
        return fileSystem;
    }

    @Override
    public final Attributes attributes() {
        long time = fileSystem.epochNanos;
        return new Attributes(type, number, permissions, links(), 0, 0, size, size, deviceNumber, time, time, time, time);
    }

    @Override
    public final void setPermissions(int newPermissions) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    public final void setOwner(int owner, int group) throws ErrnoException {
        throw Errno.EROFS.exception();
    }

    @Override
    public final void setTimes(long accessed, long modified) throws ErrnoException {
        throw Errno.EROFS.exception();
    }
}
