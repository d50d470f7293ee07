package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.ReadOnlyDirectory;

/** A directory of a sealed tree or an archive: where it is. */
abstract class ChildDirectory extends SealedNode implements ReadOnlyDirectory {
    private final DirectoryNode parent;

    /** @param parent the directory this one is in; null for the root */
    ChildDirectory(Identity identity, DirectoryNode parent) {
        super(identity, FileType.DIRECTORY, 0555, 0, 0);
        this.parent = parent == null ? this : parent;
    }

    @Override
    public final DirectoryNode parent() {
        return parent;
    }
}
