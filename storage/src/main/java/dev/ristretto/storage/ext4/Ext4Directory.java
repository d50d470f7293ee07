package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.ReadOnlyDirectory;
import java.util.Iterator;
import java.util.List;

/**
 * A directory; lists names in the order in which they lie on the disk. A name is looked for from the block on where the last one was found,
 * so that going through all of them does not begin anew for each.
 */
final class Ext4Directory extends Ext4Node implements ReadOnlyDirectory {
    private final Ext4Directory parent;
    private final DirectoryBlocks blocks;
    private volatile boolean isChecked;

    /** @param parent the directory that this was found in; null for the root */
    Ext4Directory(Ext4 fileSystem, Inode inode, Ext4Directory parent) {
        super(fileSystem, inode);
        this.parent = parent == null ? this : parent;
        this.blocks = fileSystem.directoryBlocks(inode);
    }

    @Override
    public DirectoryNode parent() {
        return parent;
    }

    /** A directory is in one other only: in a forged file system it could be within itself, and no end of it. */
    private void check() throws ErrnoException {
        if (!isChecked) {
            Blocks.require(blocks.parent() == parent.inode.number);
            isChecked = true;
        }
    }

    @Override
    public Node lookup(String name) throws ErrnoException {
        check();
        long count = blocks.count();
        long first = fileSystem.lastFound(inode.number);
        for (long i = 0; i < count; i++) {
            long part = (first + i) % count;
            long child = Entries.find(blocks.get(part), name);
            if (child != 0) {
                fileSystem.setLastFound(inode.number, part);
                return fileSystem.node(child, this);
            }
        }
        return null;
    }

    @Override
    public DirectoryCursor entries() throws ErrnoException {
        check();
        long count = blocks.count();
        return new DirectoryCursor() {
            private long part;
            private Iterator<String> names = List.<String>of().iterator();

            @Override
            public String next() throws ErrnoException {
                while (!names.hasNext()) {
                    if (part == count) {
                        return null;
                    }
                    names = Entries.names(blocks.get(part++)).iterator();
                }
                return names.next();
            }
        };
    }
}
