package dev.ristretto.storage.ext4;

import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.ReadOnlyNode;

/** A file of any kind; also a pipe, a socket or a device, which nobody can open. */
class Ext4Node implements ReadOnlyNode {
    final Ext4 fileSystem;
    final Inode inode;

    Ext4Node(Ext4 fileSystem, Inode inode) {
        this.fileSystem = fileSystem;
        this.inode = inode;
    }

    @Override
    public final Ext4 fileSystem() {
        return fileSystem;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Ext4Node that && that.fileSystem == fileSystem && that.inode.number == inode.number;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(inode.number);
    }

    @Override
    public final Attributes attributes() {
        return inode.attributes();
    }
}
