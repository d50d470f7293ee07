package dev.ristretto.jdk.nio;

import static dev.ristretto.jdk.nio.FileSystemCalls.WORKING_DIRECTORY;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.vfs.Vfs;

/** Each method stands for the system call of its name; see {@link FileSystemCalls} for what arguments mean. */
@TargetClass(className = "sun.nio.fs.UnixNativeDispatcher")
final class Target_sun_nio_fs_UnixNativeDispatcher {
    @Substitute
    private static int init() {
        // The original returns what the system can do; the three methods that look at it are replaced below.
        return 0;
    }

    @Substitute
    static boolean openatSupported() {
        return true;
    }

    @Substitute
    static boolean birthtimeSupported() {
        return true;
    }

    @Substitute
    static boolean xattrSupported() {
        return false;
    }

    /** Says no, so that the JDK opens the file without following links, and changes what it opened. */
    @Substitute
    private static boolean fchmodatNoFollowSupported0() {
        return false;
    }

    @Substitute
    static byte[] strerror(int errnum) {
        return FileSystemCalls.bytes(Errno.message(errnum));
    }

    /** For the length of a line in the list of mounts, which is no text here. */
    @Substitute
    static int getlinelen(long stream) {
        return -1;
    }

    @Substitute
    static void rewind(long stream) {
        // Nothing has been read by getlinelen.
    }

    @Substitute
    private static int stat0(long pathAddress, Target_sun_nio_fs_UnixFileAttributes attrs) {
        try {
            FileSystemCalls.status(WORKING_DIRECTORY, pathAddress, 0, attrs);
            return 0;
        } catch (ErrnoException e) {
            return e.errno().number();
        }
    }

    @Substitute
    private static int access0(long pathAddress, int amode) {
        return FileSystemCalls.access(pathAddress, amode);
    }

    @Substitute
    private static int getpwnam0(long nameAddress) {
        return FileSystemCalls.userNumber(nameAddress);
    }

    @Substitute
    private static int getgrnam0(long nameAddress) {
        return FileSystemCalls.userNumber(nameAddress);
    }

    @Substitute
    static byte[] getcwd() throws Exception {
        try {
            return FileSystemCalls.bytes(FileSystemCalls.vfs().workingDirectoryPath());
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static int dup(int filedes) throws Exception {
        try {
            return Descriptors.table().duplicate(filedes);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static int open0(long pathAddress, int flags, int mode) throws Exception {
        try {
            return FileSystemCalls.open(WORKING_DIRECTORY, pathAddress, flags, mode);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static int openat0(int dfd, long pathAddress, int flags, int mode) throws Exception {
        try {
            return FileSystemCalls.open(dfd, pathAddress, flags, mode);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void close0(int fd) throws Exception {
        try {
            Descriptors.table().close(fd);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void link0(long existingAddress, long newAddress) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            vfs.link(vfs.workingDirectory(), NativeMemory.string(existingAddress), vfs.workingDirectory(), NativeMemory.string(newAddress));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void unlink0(long pathAddress) throws Exception {
        try {
            FileSystemCalls.remove(WORKING_DIRECTORY, pathAddress, 0);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void unlinkat0(int dfd, long pathAddress, int flag) throws Exception {
        try {
            FileSystemCalls.remove(dfd, pathAddress, flag);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void mknod0(long pathAddress, int mode, long dev) throws Exception {
        throw FileSystemCalls.exception(Errno.EPERM.exception());
    }

    @Substitute
    private static void rename0(long fromAddress, long toAddress) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            vfs.rename(vfs.workingDirectory(), NativeMemory.string(fromAddress), vfs.workingDirectory(), NativeMemory.string(toAddress));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void renameat0(int fromfd, long fromAddress, int tofd, long toAddress) throws Exception {
        try {
            FileSystemCalls.vfs().rename(FileSystemCalls.base(fromfd), NativeMemory.string(fromAddress),
                    FileSystemCalls.base(tofd), NativeMemory.string(toAddress));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void mkdir0(long pathAddress, int mode) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            vfs.makeDirectory(vfs.workingDirectory(), NativeMemory.string(pathAddress), mode);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void rmdir0(long pathAddress) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            vfs.removeDirectory(vfs.workingDirectory(), NativeMemory.string(pathAddress));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static byte[] readlink0(long pathAddress) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            return FileSystemCalls.bytes(vfs.readLink(vfs.workingDirectory(), NativeMemory.string(pathAddress)));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static byte[] realpath0(long pathAddress) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            return FileSystemCalls.bytes(vfs.realPath(vfs.workingDirectory(), NativeMemory.string(pathAddress)));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void symlink0(long name1, long name2) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            vfs.makeSymbolicLink(vfs.workingDirectory(), NativeMemory.string(name2), NativeMemory.string(name1));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void lstat0(long pathAddress, Target_sun_nio_fs_UnixFileAttributes attrs) throws Exception {
        try {
            FileSystemCalls.status(WORKING_DIRECTORY, pathAddress, FileSystemCalls.noFollow(), attrs);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void fstat0(int fd, Target_sun_nio_fs_UnixFileAttributes attrs) throws Exception {
        try {
            FileSystemCalls.fill(attrs, Descriptors.get(fd).status());
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void fstatat0(int dfd, long pathAddress, int flag, Target_sun_nio_fs_UnixFileAttributes attrs) throws Exception {
        try {
            FileSystemCalls.status(dfd, pathAddress, flag, attrs);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void chown0(long pathAddress, int uid, int gid) throws Exception {
        try {
            FileSystemCalls.node(WORKING_DIRECTORY, pathAddress, 0).setOwner(uid, gid);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void lchown0(long pathAddress, int uid, int gid) throws Exception {
        try {
            FileSystemCalls.node(WORKING_DIRECTORY, pathAddress, FileSystemCalls.noFollow()).setOwner(uid, gid);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static void fchown0(int fd, int uid, int gid) throws Exception {
        try {
            Descriptors.get(fd).node().setOwner(uid, gid);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void chmod0(long pathAddress, int mode) throws Exception {
        try {
            FileSystemCalls.changePermissions(WORKING_DIRECTORY, pathAddress, mode, 0);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void fchmod0(int fd, int mode) throws Exception {
        try {
            Descriptors.get(fd).node().setPermissions(mode & Attributes.PERMISSION_BITS);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void fchmodat0(int fd, long pathAddress, int mode, int flag) throws Exception {
        try {
            FileSystemCalls.changePermissions(fd, pathAddress, mode, flag);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void futimens0(int fd, long times0, long times1) throws Exception {
        try {
            FileSystemCalls.setTimes(Descriptors.get(fd).node(), times0, times1);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void utimensat0(int fd, long pathAddress, long times0, long times1, int flags) throws Exception {
        try {
            FileSystemCalls.setTimes(FileSystemCalls.node(fd, pathAddress, flags), times0, times1);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static long opendir0(long pathAddress) throws Exception {
        try {
            return FileSystemCalls.openDirectory(pathAddress);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static long fdopendir(int dfd) throws Exception {
        try {
            return FileSystemCalls.stream(dfd);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static void closedir(long dir) throws Exception {
        try {
            Descriptors.table().close(FileSystemCalls.descriptor(dir));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static byte[] readdir0(long dir) throws Exception {
        try {
            return FileSystemCalls.nextName(dir);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static int read0(int fildes, long buf, int nbyte) throws Exception {
        try {
            return Descriptors.get(fildes).read(NativeMemory.buffer(buf, nbyte));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static int write0(int fildes, long buf, int nbyte) throws Exception {
        try {
            return Descriptors.get(fildes).write(NativeMemory.buffer(buf, nbyte));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static byte[] getpwuid(int uid) throws Exception {
        try {
            return FileSystemCalls.userName(uid);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    static byte[] getgrgid(int gid) throws Exception {
        try {
            return FileSystemCalls.userName(gid);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static void statvfs0(long pathAddress, Target_sun_nio_fs_UnixFileStoreAttributes attrs) throws Exception {
        try {
            Vfs vfs = FileSystemCalls.vfs();
            FileSystemCalls.fill(attrs, vfs.statistics(vfs.workingDirectory(), NativeMemory.string(pathAddress)));
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }

    @Substitute
    private static int fgetxattr0(int filedes, long nameAddress, long valueAddress, int valueLen) throws Exception {
        throw FileSystemCalls.exception(Errno.EOPNOTSUPP.exception());
    }

    @Substitute
    private static void fsetxattr0(int filedes, long nameAddress, long valueAddress, int valueLen) throws Exception {
        throw FileSystemCalls.exception(Errno.EOPNOTSUPP.exception());
    }

    @Substitute
    private static void fremovexattr0(int filedes, long nameAddress) throws Exception {
        throw FileSystemCalls.exception(Errno.EOPNOTSUPP.exception());
    }

    @Substitute
    static int flistxattr(int filedes, long listAddress, int size) throws Exception {
        throw FileSystemCalls.exception(Errno.EOPNOTSUPP.exception());
    }
}
