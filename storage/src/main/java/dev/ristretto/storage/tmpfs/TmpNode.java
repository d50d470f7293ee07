package dev.ristretto.storage.tmpfs;

import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;

/** What files of all kinds have in common. */
abstract class TmpNode implements Node {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    final Tmpfs fileSystem;

    /** Number of names; guarded by {@link Tmpfs#nameSpace}, volatile for {@link #attributes}. */
    volatile int links;

    private final FileType type;
    private final long number;
    private final long created;
    private volatile int permissions;
    private volatile int owner;
    private volatile int group;
    private volatile long accessed;
    private volatile long modified;
    private volatile long changed;

    TmpNode(Tmpfs fileSystem, FileType type, int permissions, int links) {
        this.fileSystem = fileSystem;
        this.type = type;
        this.number = fileSystem.nextNumber();
        this.permissions = permissions & Attributes.PERMISSION_BITS;
        this.links = links;
        this.created = fileSystem.clock.epochNanos();
        this.accessed = created;
        this.modified = created;
        this.changed = created;
    }

    /** Returns the length in bytes. */
    public abstract long size();

    /** Returns the bytes of content in memory. */
    abstract long allocatedBytes();

    @Override
    public final Tmpfs fileSystem() {
        return fileSystem;
    }

    @Override
    public final Attributes attributes() {
        return new Attributes(type, number, permissions, links, owner, group, size(), allocatedBytes(), 0,
                accessed, modified, changed, created);
    }

    @Override
    public final void setPermissions(int newPermissions) {
        permissions = newPermissions & Attributes.PERMISSION_BITS;
        touchAttributes();
    }

    @Override
    public final void setOwner(int newOwner, int newGroup) {
        if (newOwner != -1) {
            owner = newOwner;
        }
        if (newGroup != -1) {
            group = newGroup;
        }
        touchAttributes();
    }

    @Override
    public final void setTimes(long newAccessed, long newModified) {
        if (newAccessed != KEEP_TIME) {
            accessed = newAccessed;
        }
        if (newModified != KEEP_TIME) {
            modified = newModified;
        }
        touchAttributes();
    }

    /** Notes that the content was read: like {@code relatime}, only if not noted since the last change, or a day ago. */
    final void touchAccess() {
        long last = accessed;
        long now = fileSystem.clock.epochNanos();
        if (last <= modified || last <= changed || now - last >= DAY_NANOS) {
            accessed = now;
        }
    }

    /** Notes that the content changed. */
    final void touchContent() {
        long now = fileSystem.clock.epochNanos();
        modified = now;
        changed = now;
    }

    /** Notes that names, permissions, owners or times changed. */
    final void touchAttributes() {
        changed = fileSystem.clock.epochNanos();
    }
}
