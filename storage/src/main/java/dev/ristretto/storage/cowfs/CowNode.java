package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.Node;

/** A file of any kind: its number. What is known about it is looked up each time. */
abstract class CowNode implements Node {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    final Cowfs fileSystem;
    final long number;

    CowNode(Cowfs fileSystem, long number) {
        this.fileSystem = fileSystem;
        this.number = number;
    }

    @Override
    public final Cowfs fileSystem() {
        return fileSystem;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof CowNode that && that.fileSystem == fileSystem && that.number == number;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(number);
    }

    final Volume volume() {
        return fileSystem.volume;
    }

    /** {@code ESTALE} once the file is gone: it has no name, and nobody holds it. */
    @Override
    public final Attributes attributes() throws ErrnoException {
        return volume().read(() -> inode().attributes());
    }

    final Inode inode() throws ErrnoException {
        return volume().inodes.get(number, Errno.ESTALE);
    }

    @Override
    public final void setPermissions(int permissions) throws ErrnoException {
        change(inode -> inode.permissions = permissions & Attributes.PERMISSION_BITS);
    }

    @Override
    public final void setOwner(int owner, int group) throws ErrnoException {
        change(inode -> {
            inode.owner = owner == -1 ? inode.owner : owner;
            inode.group = group == -1 ? inode.group : group;
        });
    }

    @Override
    public final void setTimes(long accessed, long modified) throws ErrnoException {
        change(inode -> {
            inode.accessed = accessed == KEEP_TIME ? inode.accessed : accessed;
            inode.modified = modified == KEEP_TIME ? inode.modified : modified;
        });
    }

    private interface Setter {
        void set(Inode inode);
    }

    private void change(Setter setter) throws ErrnoException {
        volume().change(true, () -> {
            Inode inode = inode();
            setter.set(inode);
            inode.changed = now();
            volume().inodes.changed(inode);
            return null;
        });
    }

    private long now() {
        return volume().options.clock().epochNanos();
    }

    /**
     * Notes that the content was read: like {@code relatime}, only if not noted since the last change, or a day ago. Given up if somebody
     * else is changing something at this moment: a reader shall not wait for a commit.
     */
    final void touchAccess() throws ErrnoException {
        Volume volume = volume();
        if (volume.isReadOnly() || !volume.read(() -> isAccessOld(volume.inodes.find(number))) || !volume.changes.tryLock()) {
            return;
        }
        try {
            volume.prepare(0, true);
            volume.apply(() -> {
                Inode inode = volume.inodes.find(number);
                if (isAccessOld(inode)) {
                    inode.accessed = now();
                    volume.inodes.changed(inode);
                }
                return null;
            });
        } catch (ErrnoException e) {
            // It was read all the same; who wants to know about the disk will ask it to keep something.
        } finally {
            volume.changes.unlock();
        }
    }

    private boolean isAccessOld(Inode inode) {
        return inode != null && (inode.accessed <= inode.modified || inode.accessed <= inode.changed || now() - inode.accessed >= DAY_NANOS);
    }
}
