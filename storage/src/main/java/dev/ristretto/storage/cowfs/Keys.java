package dev.ristretto.storage.cowfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the tree: the number of a file (big-endian, so that order of bytes is order of numbers), a kind, and what the kind needs.
 * Everything about one file is side by side, its inode first.
 */
final class Keys {
    static final byte INODE = 1;
    static final byte NAME = 2;
    static final byte LINK = 3;
    static final byte EXTENT = 4;
    static final byte ORPHAN = 5;

    /** Length of what all keys begin with. */
    static final int PREFIX = 9;

    private Keys() {
    }

    private static ByteBuffer key(long inode, byte kind, int more) {
        return ByteBuffer.allocate(PREFIX + more).putLong(inode).put(kind);
    }

    static byte[] inode(long inode) {
        return key(inode, INODE, 0).array();
    }

    static byte[] name(long directory, byte[] name) {
        return key(directory, NAME, name.length).put(name).array();
    }

    static byte[] name(long directory, String name) {
        return name(directory, name.getBytes(StandardCharsets.UTF_8));
    }

    /** A part of the target of a symbolic link. */
    static byte[] link(long inode, int part) {
        return key(inode, LINK, 1).put((byte) part).array();
    }

    /** The blocks of a file from an index on. */
    static byte[] extent(long inode, long index) {
        return key(inode, EXTENT, 8).putLong(index).array();
    }

    /** A file without a name that was open when it lost the last. */
    static byte[] orphan(long inode) {
        return key(0, ORPHAN, 8).putLong(inode).array();
    }

    /** The first key that is after all of one kind. */
    static byte[] after(long inode, byte kind) {
        return key(inode, (byte) (kind + 1), 0).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte kind(byte[] key) {
        return key[8];
    }

    static boolean isOf(byte[] key, long inode, byte kind) {
        return key.length >= PREFIX && number(key) == inode && kind(key) == kind;
    }

    /** Returns the number at the end of a key of an extent or an orphan. */
    static long tail(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX);
    }

    static String nameOf(byte[] key) {
        return new String(key, PREFIX, key.length - PREFIX, StandardCharsets.UTF_8);
    }
}
