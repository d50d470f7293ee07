package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.node.SymbolicLinkNode;

/** A symbolic link. */
final class CowSymbolicLink extends CowNode implements SymbolicLinkNode {
    private final String target;

    CowSymbolicLink(Cowfs fileSystem, long number, String target) {
        super(fileSystem, number);
        this.target = target;
    }

    @Override
    public String target() {
        return target;
    }
}
