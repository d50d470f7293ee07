package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockCache;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Nodes of the tree: those that changed since the last commit, and a cache of others. Each read node is checked against the checksum that
 * its parent has. Changed nodes are guarded by {@link Volume#structure}; the cache guards itself.
 */
final class NodeStore {
    /** What a node takes in memory, more or less: its bytes, and an array for each of its keys and values. */
    static final int MEMORY = 3 * Blocks.SIZE;

    private final BlockReader reader;
    private final SpaceMap space;
    private final Map<Long, TreeNode> dirty = new HashMap<>();
    private final BlockCache<TreeNode> clean;

    NodeStore(BlockReader reader, SpaceMap space, int capacity) {
        this.reader = reader;
        this.space = space;
        this.clean = new BlockCache<>(capacity);
    }

    TreeNode load(long address, int checksum, int level) throws ErrnoException {
        TreeNode node = dirty.get(address);
        if (node == null) {
            node = clean.get(address);
        }
        if (node == null) {
            byte[] block = reader.read(address);
            for (int attempt = 1; attempt < Volume.ATTEMPTS && Blocks.checksum(block) != checksum; attempt++) {
                block = reader.read(address);
            }
            Blocks.require(Blocks.checksum(block) == checksum);
            node = TreeNode.decode(block, address, level, space.blocks());
            clean.put(address, node);
        }
        Blocks.require(node.level == level);
        return node;
    }

    boolean isDirty(TreeNode node) {
        return dirty.get(node.address) == node;
    }

    TreeNode dirty(long address) {
        return dirty.get(address);
    }

    /** Returns a node that may be changed: the same if it has been changed already, else a copy in a place of its own. */
    TreeNode writable(TreeNode node) throws ErrnoException {
        if (isDirty(node)) {
            return node;
        }
        TreeNode copy = node.copy(space.allocateNode());
        space.free(node.address);
        clean.remove(node.address);
        dirty.put(copy.address, copy);
        return copy;
    }

    /** Makes a new, empty node. */
    TreeNode create(int level) throws ErrnoException {
        TreeNode node = new TreeNode(level, space.allocateNode(), 8);
        dirty.put(node.address, node);
        return node;
    }

    void free(TreeNode node) throws ErrnoException {
        dirty.remove(node.address);
        clean.remove(node.address);
        space.free(node.address);
    }

    int dirtyCount() {
        return dirty.size();
    }

    /** Notes that all nodes are on the disk. */
    void committed() {
        for (TreeNode node : nodes()) {
            clean.put(node.address, node);
        }
        dirty.clear();
    }

    private Collection<TreeNode> nodes() {
        return dirty.values();
    }
}
