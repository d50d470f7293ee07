package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Assertions;

/** Random workloads on a name space of two file systems in memory behave, step by step, like {@link ModelTree}. */
class VfsModelTest {
    private static final long LIMIT = 64L << 20;

    @Provide
    Arbitrary<List<Op>> workloads() {
        return Op.arbitrary().list().ofMinSize(200).ofMaxSize(400);
    }

    @Property(tries = 1000)
    void behavesLikeTheModel(@ForAll("workloads") List<Op> workload) throws ErrnoException {
        Tmpfs first = new Tmpfs(LIMIT, 10_000, () -> 0);
        Tmpfs second = new Tmpfs(LIMIT, 10_000, () -> 0);
        Vfs vfs = new Vfs(first, 022);
        vfs.makeDirectory(vfs.root(), "m", 0777);
        vfs.mount("/m", second);
        Subject subject = new Subject(vfs);
        ModelTree model = new ModelTree();
        for (int i = 0; i < workload.size(); i++) {
            Op op = workload.get(i);
            String expected = outcome(() -> model.run(op));
            assertEquals(expected, outcome(() -> subject.run(op)), "step " + i + ": " + op);
            Statistics.label("outcome").collect(isErrno(expected) ? expected : "success of " + op.kind());
        }
        requireEveryOutcome();
        subject.closeAll();
        removeAll(vfs, "/");
        assertEquals(LIMIT, first.statistics().freeBlocks() * Tmpfs.PAGE_SIZE, "space is given back");
        assertEquals(LIMIT, second.statistics().freeBlocks() * Tmpfs.PAGE_SIZE, "space is given back");
        assertEquals(10_000 - 2, first.statistics().freeNodes(), "names are given back");
        assertEquals(10_000 - 1, second.statistics().freeNodes(), "names are given back");
    }

    /** The workloads are worth something only if every operation succeeds now and then, and fails in every way it can. */
    private static void requireEveryOutcome() {
        Statistics.label("outcome").coverage(coverage -> {
            for (Op.Kind kind : Op.Kind.values()) {
                coverage.check("success of " + kind).count(n -> n > 20);
            }
            for (Errno errno : List.of(Errno.EBADF, Errno.EBUSY, Errno.EEXIST, Errno.EINVAL, Errno.EISDIR, Errno.ELOOP, Errno.ENOENT,
                    Errno.ENOTDIR, Errno.ENOTEMPTY, Errno.EPERM, Errno.EXDEV)) {
                coverage.check(errno.name()).count(n -> n > 20);
            }
        });
    }

    private static boolean isErrno(String outcome) {
        return outcome.startsWith("E") && !outcome.contains(" ");
    }

    private interface Step {
        String run() throws ErrnoException;
    }

    private static String outcome(Step step) {
        try {
            return step.run();
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    private static void removeAll(Vfs vfs, String path) throws ErrnoException {
        var cursor = ((dev.ristretto.storage.node.DirectoryNode) vfs.node(vfs.root(), path, false)).entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            String child = path + "/" + name;
            if (vfs.status(vfs.root(), child, false).attributes().type() == dev.ristretto.storage.node.FileType.DIRECTORY) {
                removeAll(vfs, child);
                if (!child.equals("//m")) {
                    vfs.removeDirectory(vfs.root(), child);
                }
            } else {
                vfs.unlink(vfs.root(), child);
            }
        }
    }

    /** Does the steps with a {@link Vfs}. */
    private static final class Subject {
        private final Vfs vfs;
        private final DescriptorTable table = new DescriptorTable(100);
        private final int[] descriptors = new int[Op.HANDLES];

        Subject(Vfs vfs) {
            this.vfs = vfs;
            Arrays.fill(descriptors, -1);
        }

        String run(Op op) throws ErrnoException {
            var base = vfs.root();
            switch (op.kind()) {
                case MAKE_DIRECTORY -> vfs.makeDirectory(base, op.path(), 0770);
                case CREATE -> close(open(op.path(), OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY));
                case WRITE -> {
                    return using(open(op.path(), OpenFlags.O_WRONLY), file -> file.write(op.place(), ByteBuffer.wrap(op.data())) + "");
                }
                case APPEND -> {
                    return using(open(op.path(), OpenFlags.O_WRONLY | OpenFlags.O_APPEND), file -> file.write(ByteBuffer.wrap(op.data())) + "");
                }
                case READ -> {
                    return using(open(op.path(), OpenFlags.O_RDONLY), file -> {
                        ByteBuffer buffer = ByteBuffer.allocate(op.length());
                        // A directory can be opened; reading is what fails.
                        int length = file.node() instanceof dev.ristretto.storage.node.DirectoryNode ? file.read(buffer) : file.read(op.place(), buffer);
                        return content(file.status().attributes(), op.place(), buffer, length);
                    });
                }
                case TRUNCATE -> {
                    return using(open(op.path(), OpenFlags.O_WRONLY), file -> {
                        file.truncate(op.place());
                        return "ok";
                    });
                }
                case UNLINK -> vfs.unlink(base, op.path());
                case REMOVE_DIRECTORY -> vfs.removeDirectory(base, op.path());
                case RENAME -> vfs.rename(base, op.path(), base, op.other());
                case LINK -> vfs.link(base, op.path(), base, op.other());
                case SYMBOLIC_LINK -> vfs.makeSymbolicLink(base, op.path(), op.other());
                case READ_LINK -> {
                    return vfs.readLink(base, op.path());
                }
                case STATUS -> {
                    return describe(vfs.status(base, op.path(), true).attributes());
                }
                case LINK_STATUS -> {
                    return describe(vfs.status(base, op.path(), false).attributes());
                }
                case LIST -> {
                    return using(open(op.path(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY), directory -> {
                        TreeSet<String> names = new TreeSet<>();
                        for (String name = directory.nextName(); name != null; name = directory.nextName()) {
                            Assertions.assertTrue(names.add(name), "listed twice");
                        }
                        return names.toString();
                    });
                }
                case PERMISSIONS -> vfs.node(base, op.path(), true).setPermissions(op.place() & 07777);
                case REAL_PATH -> {
                    return vfs.realPath(base, op.path());
                }
                case HANDLE_OPEN -> {
                    if (descriptors[op.handle()] >= 0) {
                        table.close(descriptors[op.handle()]);
                        descriptors[op.handle()] = -1;
                    }
                    descriptors[op.handle()] = open(op.path(), OpenFlags.O_RDWR);
                }
                case HANDLE_READ -> {
                    OpenFile file = table.get(descriptors[op.handle()]);
                    ByteBuffer buffer = ByteBuffer.allocate(op.length());
                    long position = file.position();
                    return content(file.status().attributes(), position, buffer, file.read(buffer));
                }
                case HANDLE_WRITE -> {
                    return table.get(descriptors[op.handle()]).write(ByteBuffer.wrap(op.data())) + "";
                }
                case HANDLE_TRUNCATE -> table.get(descriptors[op.handle()]).truncate(op.place());
                case HANDLE_CLOSE -> {
                    table.close(descriptors[op.handle()]);
                    descriptors[op.handle()] = -1;
                }
            }
            return "ok";
        }

        void closeAll() throws ErrnoException {
            for (int descriptor : descriptors) {
                if (descriptor >= 0) {
                    table.close(descriptor);
                }
            }
            // If any step had leaked a descriptor, the lowest free one would not be the first.
            assertEquals(0, open("/", OpenFlags.O_RDONLY));
        }

        private static String content(Attributes attributes, long place, ByteBuffer buffer, int length) {
            return place >= attributes.size() ? "" : Arrays.hashCode(Arrays.copyOf(buffer.array(), length)) + "";
        }

        private static String describe(Attributes attributes) {
            return attributes.type() + " " + Integer.toOctalString(attributes.permissions()) + " " + attributes.links() + " " + attributes.size();
        }

        private int open(String path, int flags) throws ErrnoException {
            return table.add(vfs.open(vfs.root(), path, flags, 0666));
        }

        private void close(int descriptor) throws ErrnoException {
            table.close(descriptor);
        }

        private interface Use {
            String with(OpenFile file) throws ErrnoException;
        }

        private String using(int descriptor, Use use) throws ErrnoException {
            try {
                return use.with(table.get(descriptor));
            } finally {
                table.close(descriptor);
            }
        }
    }
}
