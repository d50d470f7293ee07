package dev.ristretto.jdk.io;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.Statistics;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link java.io.File} does with files; failures are told by {@code false}, 0 or null, as that class has it. */
final class FileOperations {
    /** The constants of {@code java.io.FileSystem}, which are hidden there. */
    private static final int BA_EXISTS = 1;
    private static final int BA_REGULAR = 2;
    private static final int BA_DIRECTORY = 4;
    static final int ACCESS_WRITE = 2;
    private static final int ACCESS_EXECUTE = 1;
    private static final int SPACE_TOTAL = 0;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private FileOperations() {
    }

    static String canonicalPath(String path) throws IOException {
        try {
            return CanonicalPath.of(MachineFiles.vfs(), path);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int booleanAttributes(File f) {
        try {
            FileType type = attributes(f).type();
            return BA_EXISTS | (type == FileType.REGULAR ? BA_REGULAR : 0) | (type == FileType.DIRECTORY ? BA_DIRECTORY : 0);
        } catch (ErrnoException e) {
            return 0;
        }
    }

    static boolean checkAccess(File f, int access) {
        Vfs vfs = MachineFiles.vfs();
        try {
            vfs.access(vfs.workingDirectory(), f.getPath(), access == ACCESS_WRITE, access == ACCESS_EXECUTE);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    static long lastModifiedMillis(File f) {
        try {
            return Math.floorDiv(attributes(f).modified(), NANOS_PER_MILLI);
        } catch (ErrnoException e) {
            return 0;
        }
    }

    static long length(File f) {
        try {
            return attributes(f).size();
        } catch (ErrnoException e) {
            return 0;
        }
    }

    static boolean setPermission(File f, int access, boolean enable, boolean owneronly) {
        // The constants are the bits of one of the three groups: owner, group, others.
        int bits = access << 6 | (owneronly ? 0 : access << 3 | access);
        try {
            Node node = node(f);
            int permissions = node.attributes().permissions();
            node.setPermissions(enable ? permissions | bits : permissions & ~bits);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    static boolean setLastModifiedMillis(File f, long time) {
        try {
            node(f).setTimes(Node.KEEP_TIME, Math.multiplyExact(time, NANOS_PER_MILLI));
            return true;
        } catch (ErrnoException | ArithmeticException e) {
            return false;
        }
    }

    static boolean createExclusively(String path) throws IOException {
        if (path.equals("/")) {
            return false;
        }
        try {
            int descriptor = Streams.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL);
            Descriptors.table().close(descriptor);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw Failures.io(e);
        }
    }

    static boolean delete(File f) {
        Vfs vfs = MachineFiles.vfs();
        try {
            if (vfs.status(vfs.workingDirectory(), f.getPath(), false).attributes().type() == FileType.DIRECTORY) {
                vfs.removeDirectory(vfs.workingDirectory(), f.getPath());
            } else {
                vfs.unlink(vfs.workingDirectory(), f.getPath());
            }
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    static String[] list(File f) {
        Vfs vfs = MachineFiles.vfs();
        try {
            OpenFile directory = vfs.open(vfs.workingDirectory(), f.getPath(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
            List<String> names = new ArrayList<>();
            for (String name = directory.nextName(); name != null; name = directory.nextName()) {
                names.add(name);
            }
            return names.toArray(new String[0]);
        } catch (ErrnoException e) {
            return null;
        }
    }

    static boolean createDirectory(File f) {
        Vfs vfs = MachineFiles.vfs();
        try {
            vfs.makeDirectory(vfs.workingDirectory(), f.getPath(), 0777);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    static boolean rename(File f1, File f2) {
        Vfs vfs = MachineFiles.vfs();
        try {
            vfs.rename(vfs.workingDirectory(), f1.getPath(), vfs.workingDirectory(), f2.getPath());
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    static long space(File f, int t) {
        Vfs vfs = MachineFiles.vfs();
        try {
            Statistics statistics = vfs.statistics(vfs.workingDirectory(), f.getPath());
            return statistics.blockSize() * (t == SPACE_TOTAL ? statistics.blocks() : statistics.freeBlocks());
        } catch (ErrnoException e) {
            return 0;
        }
    }

    private static Node node(File f) throws ErrnoException {
        Vfs vfs = MachineFiles.vfs();
        return vfs.node(vfs.workingDirectory(), f.getPath(), true);
    }

    private static Attributes attributes(File f) throws ErrnoException {
        return node(f).attributes();
    }
}
