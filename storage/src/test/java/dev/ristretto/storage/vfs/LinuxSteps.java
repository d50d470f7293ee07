package dev.ristretto.storage.vfs;

import dev.ristretto.storage.node.FileType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Does the steps of a workload with a directory of Linux. */
final class LinuxSteps {
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int S_IFMT = 0170000;

    private final LinuxCalls linux;
    private final Path root;
    private final int base;
    private final int[] descriptors = new int[Op.HANDLES];

    LinuxSteps(LinuxCalls linux, Path root) throws Throwable {
        this.linux = linux;
        this.root = root;
        this.base = linux.open(-1, root.toString(), OpenFlags.O_RDONLY, 0);
        Arrays.fill(descriptors, -1);
    }

    void closeAll() throws Throwable {
        for (int descriptor : descriptors) {
            if (descriptor >= 0) {
                linux.closeDescriptor(descriptor);
            }
        }
        linux.closeDescriptor(base);
    }

    /** Does one step and says what came of it, in the words of {@link VfsSteps}. */
    String run(Op op) throws Throwable {
        switch (op.kind()) {
            case MAKE_DIRECTORY -> linux.makeDirectory(base, op.path(), 0770);
            case CREATE -> linux.closeDescriptor(open(op.path(), OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY));
            case WRITE -> {
                return using(open(op.path(), OpenFlags.O_WRONLY), d -> linux.write(d, op.data(), op.place()) + "");
            }
            case APPEND -> {
                return using(open(op.path(), OpenFlags.O_WRONLY | OpenFlags.O_APPEND), d -> linux.write(d, op.data(), -1) + "");
            }
            case READ -> {
                return using(open(op.path(), OpenFlags.O_RDONLY), d -> content(d, op.place(), linux.read(d, op.length(), op.place())));
            }
            case TRUNCATE -> {
                return using(open(op.path(), OpenFlags.O_WRONLY), d -> {
                    linux.truncate(d, op.place());
                    return "ok";
                });
            }
            case UNLINK -> linux.remove(base, op.path(), 0);
            case REMOVE_DIRECTORY -> linux.remove(base, op.path(), AT_REMOVEDIR);
            case RENAME -> linux.rename(base, op.path(), op.other());
            case LINK -> linux.link(base, op.path(), op.other());
            case SYMBOLIC_LINK -> linux.symbolicLink(op.other(), base, op.path());
            case READ_LINK -> {
                return linux.readLink(base, op.path());
            }
            case STATUS -> {
                return describe(linux.status(base, op.path(), 0));
            }
            case LINK_STATUS -> {
                return describe(linux.status(base, op.path(), AT_SYMLINK_NOFOLLOW));
            }
            case LIST -> {
                linux.closeDescriptor(open(op.path(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY));
                try (Stream<Path> files = Files.list(root.resolve(op.path()))) {
                    return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()).toString();
                }
            }
            case HANDLE_OPEN -> {
                if (descriptors[op.handle()] >= 0) {
                    linux.closeDescriptor(descriptors[op.handle()]);
                    descriptors[op.handle()] = -1;
                }
                descriptors[op.handle()] = open(op.path(), OpenFlags.O_RDWR);
            }
            case HANDLE_READ -> {
                int descriptor = descriptors[op.handle()];
                long position = linux.position(descriptor);
                return content(descriptor, position, linux.read(descriptor, op.length(), -1));
            }
            case HANDLE_WRITE -> {
                return linux.write(descriptors[op.handle()], op.data(), -1) + "";
            }
            case HANDLE_TRUNCATE -> linux.truncate(descriptors[op.handle()], op.place());
            case HANDLE_CLOSE -> {
                linux.closeDescriptor(descriptors[op.handle()]);
                descriptors[op.handle()] = -1;
            }
            default -> throw new IllegalArgumentException(op.kind() + " is not among the steps that Linux can be asked for here");
        }
        return "ok";
    }

    private String content(int descriptor, long place, byte[] bytes) throws Throwable {
        long size = linux.status(descriptor, "", 0x1000)[2];
        return place >= size ? "" : Arrays.hashCode(bytes) + "";
    }

    private static String describe(long[] status) {
        for (FileType type : FileType.values()) {
            if (type.modeBits() == (status[0] & S_IFMT)) {
                boolean isDirectory = type == FileType.DIRECTORY;
                // What a directory's links and size are is each file system's own affair.
                return type + " " + Long.toOctalString(status[0] & 07777) + (isDirectory ? "" : " " + status[1] + " " + status[2]);
            }
        }
        throw new IllegalStateException("mode " + Long.toOctalString(status[0]));
    }

    private int open(String path, int flags) throws Throwable {
        return linux.open(base, path, flags, 0666);
    }

    private interface Use {
        String with(int descriptor) throws Throwable;
    }

    private String using(int descriptor, Use use) throws Throwable {
        try {
            return use.with(descriptor);
        } finally {
            linux.closeDescriptor(descriptor);
        }
    }
}
