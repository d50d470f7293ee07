package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import java.nio.charset.StandardCharsets;

/** A directory of an archive. Keeps nothing: each question is answered from the index. */
final class ArchiveDirectory extends ChildDirectory {
    private final Archive archive;
    private final int number;

    /** @param parent the directory this one is in; null for the root */
    ArchiveDirectory(Archive archive, int number, ArchiveDirectory parent) {
        super(archive.identity(number), parent);
        this.archive = archive;
        this.number = number;
    }

    /** The number of its node. */
    int number() {
        return number;
    }

    @Override
    int links() throws ErrnoException {
        return 2 + archive.index().directories(number);
    }

    @Override
    public SealedNode lookup(String name) throws ErrnoException {
        int found = archive.index().find(number, name.getBytes(StandardCharsets.UTF_8));
        return found < 0 ? null : archive.node(found, this);
    }

    @Override
    public DirectoryCursor entries() throws ErrnoException {
        ArchiveIndex index = archive.index();
        ArchiveIndex.Children children = index.children(number);
        return new DirectoryCursor() {
            private int returned;

            @Override
            public String next() throws ErrnoException {
                return returned < children.count() ? index.name(children.first() + returned++) : null;
            }
        };
    }
}
