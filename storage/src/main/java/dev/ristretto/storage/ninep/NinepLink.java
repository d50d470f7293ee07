package dev.ristretto.storage.ninep;

import dev.ristretto.storage.node.SymbolicLinkNode;

/** A symbolic link, whose target never changes. */
final class NinepLink extends NinepNode implements SymbolicLinkNode {
    private final String target;

    NinepLink(NinepFileSystem fileSystem, Fid fid, Qid qid, String target) {
        super(fileSystem, fid, qid);
        this.target = target;
    }

    @Override
    public String target() {
        return target;
    }
}
