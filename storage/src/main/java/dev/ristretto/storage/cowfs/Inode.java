package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;
import java.util.TreeMap;

/**
 * What is known about a file, and the pages of it that are not on the disk yet. Read with {@link Volume#structure} held, changed with
 * {@link Volume#changes} held as well, but for {@link #holds}, which {@link Inodes} guards.
 */
final class Inode {
    private static final int BYTES = 80;
    private static final FileType[] TYPES = {null, FileType.REGULAR, FileType.DIRECTORY, FileType.SYMBOLIC_LINK};

    final long number;
    final FileType type;
    int permissions;
    int links;
    int owner;
    int group;
    long size;
    /** Blocks of content on the disk. */
    long blocks;
    long accessed;
    long modified;
    long changed;
    long created;
    /** Of a directory, the one that it is in. */
    long parent;

    /** Whether the tree has something else about this file. */
    boolean dirty;
    /** Pages by index, not on the disk yet; whatever lies beyond the size is zero in them, as it is on the disk. */
    final TreeMap<Long, byte[]> pages = new TreeMap<>();
    int holds;
    /** Where a read would begin that goes on from the last one; a hint, so races do not matter. */
    volatile long nextRead;

    Inode(long number, FileType type) {
        this.number = number;
        this.type = type;
    }

    static byte code(FileType type) {
        for (byte i = 1; i < TYPES.length; i++) {
            if (TYPES[i] == type) {
                return i;
            }
        }
        throw new IllegalArgumentException(type.name());
    }

    static FileType type(byte code) throws ErrnoException {
        Blocks.require(code > 0 && code < TYPES.length);
        return TYPES[code];
    }

    boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    byte[] encode() {
        byte[] bytes = new byte[BYTES];
        Blocks.view(bytes).put(code(type)).put((byte) 0).putShort((short) permissions).putInt(links).putInt(owner).putInt(group)
                .putLong(size).putLong(blocks).putLong(accessed).putLong(modified).putLong(changed).putLong(created).putLong(parent);
        return bytes;
    }

    static Inode decode(long number, byte[] bytes) throws ErrnoException {
        Blocks.require(bytes.length == BYTES);
        ByteBuffer view = Blocks.view(bytes);
        Inode inode = new Inode(number, type(view.get()));
        view.get();
        inode.permissions = view.getShort() & Attributes.PERMISSION_BITS;
        inode.links = view.getInt();
        inode.owner = view.getInt();
        inode.group = view.getInt();
        inode.size = view.getLong();
        inode.blocks = view.getLong();
        inode.accessed = view.getLong();
        inode.modified = view.getLong();
        inode.changed = view.getLong();
        inode.created = view.getLong();
        inode.parent = view.getLong();
        Blocks.require(inode.links >= 0 && inode.size >= 0 && inode.blocks >= 0);
        return inode;
    }

    Attributes attributes() {
        // Pages that replace some on the disk cannot be told from new ones without asking the tree.
        long allocated = Math.max(blocks, pages.size()) * Blocks.SIZE;
        return new Attributes(type, number, permissions, links, owner, group, isDirectory() ? Blocks.SIZE : size,
                allocated, 0, accessed, modified, changed, created);
    }
}
