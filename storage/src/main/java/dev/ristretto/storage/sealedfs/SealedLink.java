package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.SymbolicLinkNode;

/** A symbolic link of a sealed tree. */
final class SealedLink extends SealedNode implements SymbolicLinkNode {
    private final String target;

    /** @param targetLength the target's length in bytes of UTF-8 */
    SealedLink(Identity identity, String target, int targetLength) {
        super(identity, FileType.SYMBOLIC_LINK, 0777, targetLength, 0);
        this.target = target;
    }

    @Override
    public String target() {
        return target;
    }
}
