package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A node of the tree, in memory: sorted keys, each with a value in a leaf, or with a child that has the keys from there on. The first key of
 * an inner node counts as less than any other. Knows how many bytes it takes on the disk; a node that takes more than {@link #CAPACITY}
 * has to be split before it is written.
 */
final class TreeNode {
    static final int HEADER = 16;
    static final int CAPACITY = Blocks.SIZE - HEADER;
    /** More levels than any tree has. */
    static final int LEVELS = 16;
    static final int LONGEST_KEY = Keys.PREFIX + 255;
    static final int LONGEST_VALUE = 1024;

    private static final int MAGIC = 0x444f4e43; // CNOD
    private static final int LEAF_ENTRY = 4;
    private static final int INNER_ENTRY = 14;

    final int level;
    long address;
    int count;
    int bytes;
    byte[][] keys;
    /** In a leaf. */
    byte[][] values;
    /** In an inner node. */
    long[] children;
    int[] checksums;

    TreeNode(int level, long address, int room) {
        this.level = level;
        this.address = address;
        this.keys = new byte[room][];
        if (level == 0) {
            this.values = new byte[room][];
        } else {
            this.children = new long[room];
            this.checksums = new int[room];
        }
    }

    boolean isLeaf() {
        return level == 0;
    }

    TreeNode copy(long newAddress) {
        TreeNode copy = new TreeNode(level, newAddress, 0);
        copy.count = count;
        copy.bytes = bytes;
        copy.keys = keys.clone();
        copy.values = values == null ? null : values.clone();
        copy.children = children == null ? null : children.clone();
        copy.checksums = checksums == null ? null : checksums.clone();
        return copy;
    }

    /** Returns where a key is, or {@code -1 - n} if it belongs at n. */
    int find(byte[] key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(keys[middle], key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Returns which child of an inner node may have a key. */
    int childFor(byte[] key) {
        int found = find(key);
        return found >= 0 ? found : Math.max(0, -2 - found);
    }

    int entryBytes(int i) {
        return keys[i].length + (isLeaf() ? LEAF_ENTRY + values[i].length : INNER_ENTRY);
    }

    void setValue(int i, byte[] value) {
        bytes += value.length - values[i].length;
        values[i] = value;
    }

    void insert(int i, byte[] key, byte[] value, long child, int checksum) {
        if (count == keys.length) {
            int room = Math.max(8, count + (count >> 1));
            keys = Arrays.copyOf(keys, room);
            if (isLeaf()) {
                values = Arrays.copyOf(values, room);
            } else {
                children = Arrays.copyOf(children, room);
                checksums = Arrays.copyOf(checksums, room);
            }
        }
        move(i, i + 1, count - i);
        keys[i] = key;
        if (isLeaf()) {
            values[i] = value;
        } else {
            children[i] = child;
            checksums[i] = checksum;
        }
        count++;
        bytes += entryBytes(i);
    }

    void remove(int i) {
        bytes -= entryBytes(i);
        move(i + 1, i, count - i - 1);
        count--;
        keys[count] = null;
        if (isLeaf()) {
            values[count] = null;
        }
    }

    private void move(int from, int to, int length) {
        System.arraycopy(keys, from, keys, to, length);
        if (isLeaf()) {
            System.arraycopy(values, from, values, to, length);
        } else {
            System.arraycopy(children, from, children, to, length);
            System.arraycopy(checksums, from, checksums, to, length);
        }
    }

    /** Appends an entry of another node of the same level. */
    void append(TreeNode other, int i) {
        insert(count, other.keys[i], isLeaf() ? other.values[i] : null, isLeaf() ? 0 : other.children[i], isLeaf() ? 0 : other.checksums[i]);
    }

    /** Moves the upper part to a new node; about half, or the last entry alone if that is where it grew. */
    void splitInto(TreeNode right, boolean grewAtEnd) {
        int from = count - 1;
        if (!grewAtEnd) {
            int left = 0;
            from = 0;
            while (from < count - 1 && (from == 0 || left < bytes / 2)) {
                left += entryBytes(from++);
            }
        }
        for (int i = from; i < count; i++) {
            right.append(this, i);
        }
        while (count > from) {
            remove(count - 1);
        }
    }

    byte[] encode(long generation) {
        byte[] block = new byte[Blocks.SIZE];
        ByteBuffer view = Blocks.view(block);
        view.putInt(MAGIC).put((byte) level).put((byte) 0).putShort((short) count).putLong(generation);
        for (int i = 0; i < count; i++) {
            view.putShort((short) keys[i].length);
            if (isLeaf()) {
                view.putShort((short) values[i].length).put(keys[i]).put(values[i]);
            } else {
                view.putLong(children[i]).putInt(checksums[i]).put(keys[i]);
            }
        }
        return block;
    }

    /** Reads what a block of the right checksum says; {@code EIO} if that cannot be: whoever made the disk may have meant harm. */
    static TreeNode decode(byte[] block, long address, int level, long volumeBlocks) throws ErrnoException {
        ByteBuffer view = Blocks.view(block);
        Blocks.require(view.getInt() == MAGIC && view.get() == level);
        view.get();
        int count = view.getShort() & 0xffff;
        view.getLong();
        Blocks.require(count <= CAPACITY / LEAF_ENTRY && (level == 0 || count > 0));
        TreeNode node = new TreeNode(level, address, count + 1);
        for (int i = 0; i < count; i++) {
            Blocks.require(view.remaining() >= (level == 0 ? LEAF_ENTRY : INNER_ENTRY));
            int keyLength = view.getShort() & 0xffff;
            int valueLength = level == 0 ? view.getShort() & 0xffff : 0;
            long child = level == 0 ? 0 : view.getLong();
            int checksum = level == 0 ? 0 : view.getInt();
            Blocks.require(view.remaining() >= keyLength + valueLength && keyLength >= Keys.PREFIX && keyLength <= LONGEST_KEY
                    && valueLength <= LONGEST_VALUE && (level == 0 || child > 0 && child < volumeBlocks));
            byte[] key = new byte[keyLength];
            view.get(key);
            byte[] value = level == 0 ? new byte[valueLength] : null;
            if (level == 0) {
                view.get(value);
            }
            Blocks.require(i == 0 || Arrays.compareUnsigned(node.keys[i - 1], key) < 0);
            node.insert(i, key, value, child, checksum);
        }
        return node;
    }
}
