package dev.ristretto.storage.tmpfs;

import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.SymbolicLinkNode;

/** A symbolic link. */
final class TmpSymbolicLink extends TmpNode implements SymbolicLinkNode {
    private final String target;
    private final int targetLength;

    /** @param targetLength the target's length in bytes of UTF-8 */
    TmpSymbolicLink(Tmpfs fileSystem, String target, int targetLength) {
        super(fileSystem, FileType.SYMBOLIC_LINK, 0777, 1);
        this.target = target;
        this.targetLength = targetLength;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public long size() {
        return targetLength;
    }

    @Override
    long allocatedBytes() {
        return 0;
    }
}
