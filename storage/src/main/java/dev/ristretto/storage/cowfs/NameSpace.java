package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names of files: what directories do, in terms of inode numbers. The errors and their order are Linux's. */
final class NameSpace {
    /** The root directory's number. */
    static final long ROOT = 1;
    /** The most names of a file, and one more than the most directories in one. */
    static final int LINK_MAXIMUM = 65_000;

    /** Deeper than any tree that was made by creating directories in a path of bounded length, step by step, is likely to be. */
    private static final int DEPTH_MAXIMUM = 1 << 20;
    private static final int ENTRY_BYTES = 9;

    /** What a directory has under a name. */
    record Entry(long number, FileType type) {
        static Entry decode(byte[] value) throws ErrnoException {
            Blocks.require(value.length == ENTRY_BYTES);
            return new Entry(Blocks.view(value).getLong(), Inode.type(value[8]));
        }

        byte[] encode() {
            byte[] value = new byte[ENTRY_BYTES];
            Blocks.view(value).putLong(number).put(Inode.code(type));
            return value;
        }
    }

    private final Volume volume;
    private final Contents contents;

    NameSpace(Volume volume, Contents contents) {
        this.volume = volume;
        this.contents = contents;
    }

    /** Returns what has a name, or null. */
    Entry lookup(long directory, String name) throws ErrnoException {
        return volume.read(() -> entry(directory, name));
    }

    private Entry entry(long directory, String name) throws ErrnoException {
        byte[] value = volume.tree.get(Keys.name(directory, name));
        return value == null ? null : Entry.decode(value);
    }

    private Entry existing(long directory, String name) throws ErrnoException {
        Entry entry = entry(directory, name);
        if (entry == null) {
            throw Errno.ENOENT.exception();
        }
        return entry;
    }

    /** Returns up to so many names after one (null: from the first) in the order of their bytes. */
    List<String> names(long directory, String after, int most) throws ErrnoException {
        return volume.read(() -> {
            byte[] from = Keys.name(directory, after == null ? "" : after);
            if (after != null) {
                // The next possible key after this one.
                from = Arrays.copyOf(from, from.length + 1);
            }
            List<String> names = new ArrayList<>();
            for (Tree.Entry entry : volume.tree.scan(from, Keys.after(directory, Keys.NAME), most)) {
                names.add(Keys.nameOf(entry.key()));
            }
            return names;
        });
    }

    private boolean isEmpty(long directory) throws ErrnoException {
        return volume.tree.ceiling(Keys.name(directory, ""), Keys.after(directory, Keys.NAME)) == null;
    }

    String target(long number) throws ErrnoException {
        return volume.read(() -> {
            StringBuilder target = new StringBuilder();
            byte[] all = new byte[0];
            for (Tree.Entry entry : volume.tree.scan(Keys.link(number, 0), Keys.after(number, Keys.LINK), 8)) {
                int end = all.length;
                all = Arrays.copyOf(all, end + entry.value().length);
                System.arraycopy(entry.value(), 0, all, end, entry.value().length);
            }
            return target.append(new String(all, StandardCharsets.UTF_8)).toString();
        });
    }

    // ------------------------------------------------------------------ creating

    /** Makes the root directory of an empty volume. */
    static void createRoot(Volume volume) throws ErrnoException {
        Inode root = new Inode(ROOT, FileType.DIRECTORY);
        root.permissions = 0755;
        root.links = 2;
        root.parent = ROOT;
        root.accessed = volume.options.clock().epochNanos();
        root.modified = root.accessed;
        root.changed = root.accessed;
        root.created = root.accessed;
        volume.inodes.add(root);
    }

    long create(long directory, String name, FileType type, int permissions) throws ErrnoException {
        return volume.change(false, () -> {
            Inode parent = roomFor(directory, name, type == FileType.DIRECTORY);
            return add(parent, name, type, permissions).number;
        });
    }

    long createSymbolicLink(long directory, String name, String target) throws ErrnoException {
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Blocks.SIZE) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return volume.change(false, () -> {
            Inode link = add(roomFor(directory, name, false), name, FileType.SYMBOLIC_LINK, 0777);
            link.size = bytes.length;
            for (int part = 0; part * TreeNode.LONGEST_VALUE < bytes.length; part++) {
                int from = part * TreeNode.LONGEST_VALUE;
                volume.tree.put(Keys.link(link.number, part), Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + TreeNode.LONGEST_VALUE)));
            }
            return link.number;
        });
    }

    private Inode roomFor(long directory, String name, boolean forDirectory) throws ErrnoException {
        Inode parent = volume.inodes.get(directory, Errno.ENOENT);
        if (forDirectory) {
            checkRoomForDirectory(parent);
        }
        if (entry(directory, name) != null) {
            throw Errno.EEXIST.exception();
        }
        return parent;
    }

    private static void checkRoomForDirectory(Inode parent) throws ErrnoException {
        if (parent.links >= LINK_MAXIMUM) {
            throw Errno.EMLINK.exception();
        }
    }

    private Inode add(Inode parent, String name, FileType type, int permissions) throws ErrnoException {
        Inode inode = new Inode(volume.takeInodeNumber(), type);
        inode.permissions = permissions & Attributes.PERMISSION_BITS;
        inode.links = inode.isDirectory() ? 2 : 1;
        inode.parent = inode.isDirectory() ? parent.number : 0;
        inode.created = now();
        inode.accessed = inode.created;
        inode.modified = inode.created;
        inode.changed = inode.created;
        volume.tree.put(Keys.name(parent.number, name), new Entry(inode.number, type).encode());
        volume.inodes.add(inode);
        parent.links += inode.isDirectory() ? 1 : 0;
        touchContent(parent);
        return inode;
    }

    void link(long directory, String name, long number) throws ErrnoException {
        volume.change(false, () -> {
            Inode inode = volume.inodes.get(number, Errno.ENOENT);
            if (inode.links == 0) {
                throw Errno.ENOENT.exception();
            }
            if (inode.links >= LINK_MAXIMUM) {
                throw Errno.EMLINK.exception();
            }
            Inode parent = roomFor(directory, name, false);
            volume.tree.put(Keys.name(directory, name), new Entry(number, inode.type).encode());
            inode.links++;
            touchAttributes(inode);
            touchContent(parent);
            return null;
        });
    }

    // ------------------------------------------------------------------ removing

    void unlink(long directory, String name) throws ErrnoException {
        volume.change(true, () -> {
            Inode parent = volume.inodes.get(directory, Errno.ENOENT);
            Entry entry = existing(directory, name);
            if (entry.type == FileType.DIRECTORY) {
                throw Errno.EISDIR.exception();
            }
            Inode inode = volume.inodes.get(entry.number, Errno.EIO);
            volume.tree.remove(Keys.name(directory, name));
            touchContent(parent);
            release(inode);
            return null;
        });
    }

    void removeDirectory(long directory, String name) throws ErrnoException {
        volume.change(true, () -> {
            Inode parent = volume.inodes.get(directory, Errno.ENOENT);
            Entry entry = existing(directory, name);
            if (entry.type != FileType.DIRECTORY) {
                throw Errno.ENOTDIR.exception();
            }
            if (!isEmpty(entry.number)) {
                throw Errno.ENOTEMPTY.exception();
            }
            Inode inode = volume.inodes.get(entry.number, Errno.EIO);
            volume.tree.remove(Keys.name(directory, name));
            parent.links--;
            touchContent(parent);
            release(inode);
            return null;
        });
    }

    /** Does what follows from the loss of one name. */
    private void release(Inode inode) throws ErrnoException {
        if (inode.isDirectory()) {
            destroy(inode);
            return;
        }
        inode.links--;
        touchAttributes(inode);
        if (inode.links <= 0) {
            if (inode.holds > 0) {
                volume.tree.put(Keys.orphan(inode.number), new byte[0]);
            } else {
                destroy(inode);
            }
        }
    }

    private void destroy(Inode inode) throws ErrnoException {
        if (inode.type == FileType.REGULAR) {
            contents.free(inode, 0);
        } else if (inode.type == FileType.SYMBOLIC_LINK) {
            for (Tree.Entry part : volume.tree.scan(Keys.link(inode.number, 0), Keys.after(inode.number, Keys.LINK), 256)) {
                volume.tree.remove(part.key());
            }
        }
        volume.tree.remove(Keys.inode(inode.number));
        volume.inodes.forget(inode);
    }

    /** Deletes a file that has lost its last name and then the last that held it. */
    void destroyOrphan(long number) throws ErrnoException {
        volume.change(true, () -> {
            Inode inode = volume.inodes.find(number);
            if (inode != null && inode.links == 0 && inode.holds == 0) {
                destroy(inode);
            }
            volume.tree.remove(Keys.orphan(number));
            return null;
        });
    }

    /** Deletes what a crash left of files that were open after they had lost their names. */
    void destroyOrphans() throws ErrnoException {
        for (;;) {
            Tree.Entry entry = volume.read(() -> volume.tree.ceiling(Keys.orphan(0), Keys.after(0, Keys.ORPHAN)));
            if (entry == null) {
                return;
            }
            Blocks.require(entry.key().length == Keys.PREFIX + 8);
            destroyOrphan(Keys.tail(entry.key()));
        }
    }

    // ------------------------------------------------------------------ moving

    void rename(long directory, String name, long targetDirectory, String targetName) throws ErrnoException {
        // The space for one more name is there in any case: it is made before the old name goes.
        volume.change(false, () -> {
            Inode from = volume.inodes.get(directory, Errno.ENOENT);
            Entry entry = existing(directory, name);
            Inode to = volume.inodes.get(targetDirectory, Errno.ENOENT);
            Entry replaced = entry(targetDirectory, targetName);
            if (replaced != null && replaced.number == entry.number) {
                return null;
            }
            checkReplacement(entry, from, to, replaced);
            Inode inode = volume.inodes.get(entry.number, Errno.EIO);
            Inode gone = replaced == null ? null : volume.inodes.get(replaced.number, Errno.EIO);
            volume.tree.put(Keys.name(targetDirectory, targetName), entry.encode());
            volume.tree.remove(Keys.name(directory, name));
            if (inode.isDirectory()) {
                from.links--;
                to.links++;
                inode.parent = to.number;
            }
            touchContent(from);
            touchContent(to);
            touchAttributes(inode);
            if (gone != null) {
                to.links -= gone.isDirectory() ? 1 : 0;
                release(gone);
            }
            return null;
        });
    }

    /** Makes the checks of {@code rename(2)} in the order in which Linux makes them. */
    private void checkReplacement(Entry entry, Inode from, Inode to, Entry replaced) throws ErrnoException {
        boolean replacesDirectory = replaced != null && replaced.type == FileType.DIRECTORY;
        if (replacesDirectory && isWithin(from, replaced.number)) {
            throw Errno.ENOTEMPTY.exception();
        }
        if (entry.type == FileType.DIRECTORY) {
            if (isWithin(to, entry.number)) {
                throw Errno.EINVAL.exception();
            }
            if (replaced != null) {
                if (!replacesDirectory) {
                    throw Errno.ENOTDIR.exception();
                }
                if (!isEmpty(replaced.number)) {
                    throw Errno.ENOTEMPTY.exception();
                }
            } else if (to != from) {
                checkRoomForDirectory(to);
            }
        } else if (replacesDirectory) {
            throw Errno.EISDIR.exception();
        }
    }

    private boolean isWithin(Inode directory, long other) throws ErrnoException {
        Inode above = directory;
        for (int depth = 0; above.number != other; depth++) {
            if (above.number == ROOT) {
                return false;
            }
            Blocks.require(depth < DEPTH_MAXIMUM);
            above = volume.inodes.get(above.parent, Errno.EIO);
        }
        return true;
    }

    // ------------------------------------------------------------------ times

    private long now() {
        return volume.options.clock().epochNanos();
    }

    private void touchContent(Inode inode) {
        inode.modified = now();
        inode.changed = inode.modified;
        volume.inodes.changed(inode);
    }

    private void touchAttributes(Inode inode) {
        inode.changed = now();
        volume.inodes.changed(inode);
    }
}
