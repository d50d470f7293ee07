package dev.ristretto.jdk.nio;

import com.oracle.svm.core.SubstrateUtil;
import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.Statistics;
import dev.ristretto.storage.node.SymbolicLinkNode;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Status;
import dev.ristretto.storage.vfs.Vfs;
import java.nio.charset.StandardCharsets;

/**
 * The system calls that {@code sun.nio.fs} makes: paths are addresses of texts that end with a zero byte, and numbers are Linux's.
 * A relative path begins at the directory that a descriptor stands for, or with {@link #WORKING_DIRECTORY} at the current one.
 */
final class FileSystemCalls {
    /** {@code AT_FDCWD}. */
    static final int WORKING_DIRECTORY = -100;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int ACCESS_WRITE = 2;
    private static final int ACCESS_EXECUTE = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The only user, and the only group. */
    private static final String ROOT = "root";

    private FileSystemCalls() {
    }

    /** Returns the JDK's exception for an error. */
    static Exception exception(ErrnoException e) {
        return SubstrateUtil.cast(new Target_sun_nio_fs_UnixException(e.errno().number()), Exception.class);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Vfs vfs() {
        return MachineFiles.vfs();
    }

    static DirectoryNode base(int descriptor) throws ErrnoException {
        return descriptor == WORKING_DIRECTORY ? vfs().workingDirectory() : Descriptors.get(descriptor).directory();
    }

    /**
     * Sets times in nanoseconds. The JDK's native cuts them into seconds and nanoseconds as C does, so that times before 1970 have negative
     * nanoseconds, which Linux refuses; the JDK sets them to 1970 then.
     */
    static void setTimes(Node node, long accessed, long modified) throws ErrnoException {
        if (accessed % NANOS_PER_SECOND < 0 || modified % NANOS_PER_SECOND < 0) {
            throw Errno.EINVAL.exception();
        }
        node.setTimes(accessed, modified);
    }

    static int open(int directory, long path, int flags, int permissions) throws ErrnoException {
        return Descriptors.table().add(vfs().open(base(directory), NativeMemory.string(path), flags, permissions));
    }

    static long openDirectory(long path) throws ErrnoException {
        return stream(open(WORKING_DIRECTORY, path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0));
    }

    /** Returns what stands for the stream of names of an open directory. Not the descriptor itself: 0 would mean failure. */
    static long stream(int descriptor) throws ErrnoException {
        Descriptors.get(descriptor).directory();
        return descriptor + 1L;
    }

    static int descriptor(long stream) {
        return (int) (stream - 1);
    }

    static byte[] nextName(long stream) throws ErrnoException {
        String name = Descriptors.get(descriptor(stream)).nextName();
        return name == null ? null : bytes(name);
    }

    static Node node(int directory, long path, int flags) throws ErrnoException {
        return vfs().node(base(directory), NativeMemory.string(path), follows(flags));
    }

    static void status(int directory, long path, int flags, Target_sun_nio_fs_UnixFileAttributes target) throws ErrnoException {
        fill(target, vfs().status(base(directory), NativeMemory.string(path), follows(flags)));
    }

    static int noFollow() {
        return AT_SYMLINK_NOFOLLOW;
    }

    private static boolean follows(int flags) {
        return (flags & AT_SYMLINK_NOFOLLOW) == 0;
    }

    static void fill(Target_sun_nio_fs_UnixFileAttributes target, Status status) {
        Attributes attributes = status.attributes();
        target.st_mode = attributes.mode();
        target.st_ino = attributes.number();
        target.st_dev = status.device();
        target.st_rdev = attributes.deviceNumber();
        target.st_nlink = attributes.links();
        target.st_uid = attributes.owner();
        target.st_gid = attributes.group();
        target.st_size = attributes.size();
        target.st_atime_sec = seconds(attributes.accessed());
        target.st_atime_nsec = nanos(attributes.accessed());
        target.st_mtime_sec = seconds(attributes.modified());
        target.st_mtime_nsec = nanos(attributes.modified());
        target.st_ctime_sec = seconds(attributes.changed());
        target.st_ctime_nsec = nanos(attributes.changed());
        target.st_birthtime_sec = seconds(attributes.created());
        target.st_birthtime_nsec = nanos(attributes.created());
        target.birthtime_available = true;
    }

    private static long seconds(long epochNanos) {
        return Math.floorDiv(epochNanos, NANOS_PER_SECOND);
    }

    private static long nanos(long epochNanos) {
        return Math.floorMod(epochNanos, NANOS_PER_SECOND);
    }

    static void fill(Target_sun_nio_fs_UnixFileStoreAttributes target, Statistics statistics) {
        target.f_frsize = statistics.blockSize();
        target.f_blocks = statistics.blocks();
        target.f_bfree = statistics.freeBlocks();
        target.f_bavail = statistics.freeBlocks();
    }

    static void remove(int directory, long path, int flags) throws ErrnoException {
        DirectoryNode base = base(directory);
        String name = NativeMemory.string(path);
        if ((flags & AT_REMOVEDIR) != 0) {
            vfs().removeDirectory(base, name);
        } else {
            vfs().unlink(base, name);
        }
    }

    static void changePermissions(int directory, long path, int permissions, int flags) throws ErrnoException {
        Node node = node(directory, path, flags);
        if (node instanceof SymbolicLinkNode) {
            // As on Linux: a symbolic link has permissions, but nothing looks at them and nothing changes them.
            throw Errno.EOPNOTSUPP.exception();
        }
        node.setPermissions(permissions & Attributes.PERMISSION_BITS);
    }

    /** Returns 0, or the number of the error. */
    static int access(long path, int mode) {
        try {
            vfs().access(base(WORKING_DIRECTORY), NativeMemory.string(path), (mode & ACCESS_WRITE) != 0, (mode & ACCESS_EXECUTE) != 0);
            return 0;
        } catch (ErrnoException e) {
            return e.errno().number();
        }
    }

    static byte[] userName(int id) throws ErrnoException {
        if (id != 0) {
            throw Errno.ENOENT.exception();
        }
        return bytes(ROOT);
    }

    /** Returns the number of a user or group, or -1 if there is none of that name. */
    static int userNumber(long name) {
        return NativeMemory.string(name).equals(ROOT) ? 0 : -1;
    }

    /** Moves everything from one file to the other. */
    static void copy(int target, int source, long cancelAddress) throws ErrnoException {
        OpenFile from = Descriptors.get(source);
        OpenFile to = Descriptors.get(target);
        long moved;
        do {
            // A transfer that ends early is repeated for its reason: the end of the file, or an error.
            moved = Transfer.move(from, Transfer.OWN_POSITION, to, Transfer.OWN_POSITION, Long.MAX_VALUE, cancelAddress);
        } while (moved > 0);
    }
}
