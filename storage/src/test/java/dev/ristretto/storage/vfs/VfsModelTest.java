package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

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
        VfsSteps subject = new VfsSteps(vfs, vfs.root());
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
}
