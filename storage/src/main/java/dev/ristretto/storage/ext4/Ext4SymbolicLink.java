package dev.ristretto.storage.ext4;

import dev.ristretto.storage.node.SymbolicLinkNode;

/** A symbolic link. */
final class Ext4SymbolicLink extends Ext4Node implements SymbolicLinkNode {
    private final String target;

    Ext4SymbolicLink(Ext4 fileSystem, Inode inode, String target) {
        super(fileSystem, inode);
        this.target = target;
    }

    @Override
    public String target() {
        return target;
    }
}
