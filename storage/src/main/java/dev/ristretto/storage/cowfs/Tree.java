package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A B+tree of short keys and values, changed by copying: no node that a commit refers to is overwritten. Read by any number of threads
 * that hold {@link Volume#structure} for reading, or by the one that holds {@link Volume#changes}; changed with both held.
 */
final class Tree {
    /** A key and its value; neither array may be changed. */
    record Entry(byte[] key, byte[] value) {
    }

    private record Split(byte[] key, TreeNode right) {
    }

    private final NodeStore nodes;
    private long root;
    private int rootChecksum;
    private int rootLevel;
    private long modifications;

    Tree(NodeStore nodes, long root, int rootChecksum, int rootLevel) {
        this.nodes = nodes;
        this.root = root;
        this.rootChecksum = rootChecksum;
        this.rootLevel = rootLevel;
    }

    /** Makes an empty tree. */
    static Tree create(NodeStore nodes) throws ErrnoException {
        return new Tree(nodes, nodes.create(0).address, 0, 0);
    }

    long root() {
        return root;
    }

    int rootLevel() {
        return rootLevel;
    }

    /** Returns a number that grows with each change: an operation that failed without changing anything left no trace. */
    long modifications() {
        return modifications;
    }

    TreeNode rootNode() throws ErrnoException {
        return nodes.load(root, rootChecksum, rootLevel);
    }

    private TreeNode child(TreeNode node, int i) throws ErrnoException {
        return nodes.load(node.children[i], node.checksums[i], node.level - 1);
    }

    /** Returns the value of a key, or null. */
    byte[] get(byte[] key) throws ErrnoException {
        TreeNode node = rootNode();
        while (!node.isLeaf()) {
            node = child(node, node.childFor(key));
        }
        int found = node.find(key);
        return found < 0 ? null : node.values[found];
    }

    /** Returns the entry with the greatest key that is not greater than this one, or null. */
    Entry floor(byte[] key) throws ErrnoException {
        return floor(rootNode(), key);
    }

    private Entry floor(TreeNode node, byte[] key) throws ErrnoException {
        if (node.isLeaf()) {
            int found = node.find(key);
            int i = found >= 0 ? found : -2 - found;
            return i < 0 ? null : new Entry(node.keys[i], node.values[i]);
        }
        for (int i = node.childFor(key); i >= 0; i--) {
            Entry entry = floor(child(node, i), key);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** Returns the entry with the least key that is not less than this one and less than the other one, or null. */
    Entry ceiling(byte[] key, byte[] before) throws ErrnoException {
        List<Entry> one = scan(key, before, 1);
        return one.isEmpty() ? null : one.getFirst();
    }

    /** Returns the entries with keys from one on to before another one, in order, not more than {@code most}. */
    List<Entry> scan(byte[] from, byte[] before, int most) throws ErrnoException {
        List<Entry> entries = new ArrayList<>();
        scan(rootNode(), from, before, most, entries);
        return entries;
    }

    /** Returns whether there may be more. */
    private boolean scan(TreeNode node, byte[] from, byte[] before, int most, List<Entry> entries) throws ErrnoException {
        if (!node.isLeaf()) {
            for (int i = node.childFor(from); i < node.count; i++) {
                if (!scan(child(node, i), from, before, most, entries)) {
                    return false;
                }
            }
            return true;
        }
        int found = node.find(from);
        for (int i = found >= 0 ? found : -1 - found; i < node.count; i++) {
            if (entries.size() == most || Arrays.compareUnsigned(node.keys[i], before) >= 0) {
                return false;
            }
            entries.add(new Entry(node.keys[i], node.values[i]));
        }
        return entries.size() < most;
    }

    /** Sets the value of a key. */
    void put(byte[] key, byte[] value) throws ErrnoException {
        TreeNode old = rootNode();
        modifications++;
        TreeNode top = nodes.writable(old);
        root = top.address;
        Split split = put(top, key, value);
        if (split != null) {
            TreeNode above = nodes.create(top.level + 1);
            above.insert(0, top.keys[0], null, top.address, 0);
            above.insert(1, split.key, null, split.right.address, 0);
            root = above.address;
            rootLevel = above.level;
        }
    }

    private Split put(TreeNode node, byte[] key, byte[] value) throws ErrnoException {
        boolean atEnd;
        if (node.isLeaf()) {
            int found = node.find(key);
            atEnd = found == -1 - node.count;
            if (found >= 0) {
                node.setValue(found, value);
            } else {
                node.insert(-1 - found, key, value, 0, 0);
            }
        } else {
            int i = node.childFor(key);
            TreeNode child = nodes.writable(child(node, i));
            node.children[i] = child.address;
            if (i == 0 && Arrays.compareUnsigned(key, node.keys[0]) < 0) {
                // The first key stays a lower bound of what is below, so that it can become one in the middle when nodes are joined.
                node.bytes += key.length - node.keys[0].length;
                node.keys[0] = key;
            }
            Split split = put(child, key, value);
            atEnd = i == node.count - 1;
            if (split != null) {
                node.insert(i + 1, split.key, null, split.right.address, 0);
            }
        }
        if (node.bytes <= TreeNode.CAPACITY) {
            return null;
        }
        TreeNode right = nodes.create(node.level);
        node.splitInto(right, atEnd);
        return new Split(right.keys[0], right);
    }

    /** Removes a key, and returns whether it was there. */
    boolean remove(byte[] key) throws ErrnoException {
        if (get(key) == null) {
            return false;
        }
        modifications++;
        TreeNode top = nodes.writable(rootNode());
        root = top.address;
        remove(top, key);
        while (!top.isLeaf() && top.count <= 1) {
            nodes.free(top);
            if (top.count == 0) {
                top = nodes.create(0);
            } else {
                rootChecksum = top.checksums[0];
                top = child(top, 0);
            }
            root = top.address;
            rootLevel = top.level;
        }
        return true;
    }

    private void remove(TreeNode node, byte[] key) throws ErrnoException {
        if (node.isLeaf()) {
            node.remove(node.find(key));
            return;
        }
        int i = node.childFor(key);
        TreeNode child = nodes.writable(child(node, i));
        node.children[i] = child.address;
        remove(child, key);
        if (child.count == 0) {
            node.remove(i);
            nodes.free(child);
        } else if (child.bytes < TreeNode.CAPACITY / 4 && node.count > 1) {
            int left = i > 0 ? i - 1 : i;
            merge(node, left);
        }
    }

    /** Joins two neighbours if they fit in one node with room to spare. */
    private void merge(TreeNode node, int left) throws ErrnoException {
        TreeNode one = child(node, left);
        TreeNode other = child(node, left + 1);
        if (one.bytes + other.bytes > TreeNode.CAPACITY * 3 / 4) {
            return;
        }
        TreeNode joined = nodes.writable(one);
        node.children[left] = joined.address;
        for (int i = 0; i < other.count; i++) {
            joined.append(other, i);
        }
        node.remove(left + 1);
        nodes.free(other);
    }

    /** Adds what a commit has to write, children before parents, and returns the root's checksum. */
    int seal(long generation, List<BlockWrite> writes) {
        TreeNode top = nodes.dirty(root);
        return top == null ? rootChecksum : seal(top, generation, writes);
    }

    private int seal(TreeNode node, long generation, List<BlockWrite> writes) {
        for (int i = 0; !node.isLeaf() && i < node.count; i++) {
            TreeNode child = nodes.dirty(node.children[i]);
            if (child != null) {
                node.checksums[i] = seal(child, generation, writes);
            }
        }
        byte[] block = node.encode(generation);
        BlockWrite write = BlockWrite.of(node.address, block);
        writes.add(write);
        return write.checksum();
    }

    /** Notes that what {@link #seal} said is on the disk. */
    void committed(int checksum) {
        rootChecksum = checksum;
    }
}
