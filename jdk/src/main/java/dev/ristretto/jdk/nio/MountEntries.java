package dev.ristretto.jdk.nio;

import dev.ristretto.storage.vfs.Mount;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The walks over the list of mounts that are on their way; a number stands for each, as a pointer does in C. */
final class MountEntries {
    private static final Map<Long, Iterator<Mount>> WALKS = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();

    private MountEntries() {
    }

    static long begin() {
        long walk = LAST.incrementAndGet();
        WALKS.put(walk, FileSystemCalls.vfs().mounts().iterator());
        return walk;
    }

    /** Sets the next entry and returns true, or returns false after the last. */
    static boolean next(long walk, Target_sun_nio_fs_UnixMountEntry entry) {
        Iterator<Mount> mounts = WALKS.get(walk);
        if (mounts == null || !mounts.hasNext()) {
            return false;
        }
        Mount mount = mounts.next();
        entry.name = FileSystemCalls.bytes(mount.fileSystem().type());
        entry.dir = FileSystemCalls.bytes(mount.path());
        entry.fstype = FileSystemCalls.bytes(mount.fileSystem().type());
        entry.opts = FileSystemCalls.bytes(mount.fileSystem().isReadOnly() ? "ro" : "rw");
        entry.dev = mount.device();
        return true;
    }

    static void end(long walk) {
        WALKS.remove(walk);
    }
}
