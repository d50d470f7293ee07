package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.node.DirectoryCursor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A directory of a sealed tree. Changed only while the tree is described, by one thread. */
final class SealedDirectory extends ChildDirectory {
    private final Map<String, SealedNode> entries = new LinkedHashMap<>();
    private int directories;

    /** @param parent the directory this one is in; null for the root */
    SealedDirectory(Identity identity, SealedDirectory parent) {
        super(identity, parent);
    }

    /** Adds a file and returns true, or returns false if the name is taken. */
    boolean add(String name, SealedNode node) {
        if (entries.putIfAbsent(name, node) != null) {
            return false;
        }
        if (node instanceof SealedDirectory) {
            directories++;
        }
        return true;
    }

    @Override
    int links() {
        return 2 + directories;
    }

    @Override
    public SealedNode lookup(String name) {
        return entries.get(name);
    }

    @Override
    public DirectoryCursor entries() {
        Iterator<String> names = entries.keySet().iterator();
        return () -> names.hasNext() ? names.next() : null;
    }
}
