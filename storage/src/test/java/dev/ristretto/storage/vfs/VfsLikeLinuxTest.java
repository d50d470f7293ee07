package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random workloads on our file system have, step by step, the results and the error numbers that they have on Linux. Runs where the
 * oracle is: on Linux for x86-64, as root (others are refused for reasons that we do not have).
 */
class VfsLikeLinuxTest {
    /** Left out: what depends on the place of the directory within the machine, and permissions that could lock us out. */
    private static final Set<Op.Kind> ELSEWHERE = Set.of(Op.Kind.REAL_PATH, Op.Kind.PERMISSIONS);

    @Provide
    Arbitrary<List<Op>> workloads() {
        return Op.arbitrary().filter(op -> !ELSEWHERE.contains(op.kind())).map(VfsLikeLinuxTest::inside)
                .list().ofMinSize(100).ofMaxSize(300);
    }

    /** Keeps paths below the directory that the oracle works in. */
    private static Op inside(Op op) {
        return new Op(op.kind(), inside(op.path()), inside(op.other()), op.place(), op.length());
    }

    private static String inside(String path) {
        String relative = path.replace("..", "a").replaceAll("^/+", "");
        return relative.isEmpty() ? "." : relative;
    }

    @Property(tries = 200)
    void behavesLikeLinux(@ForAll("workloads") List<Op> workload) throws Throwable {
        Assume.that(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"));
        Assume.that(System.getProperty("user.name").equals("root"));
        Path directory = Files.createTempDirectory("like-linux");
        Files.setAttribute(directory, "unix:mode", 01777);
        try (LinuxCalls calls = new LinuxCalls()) {
            int umask = calls.umask(022);
            LinuxSteps linux = new LinuxSteps(calls, directory);
            Vfs vfs = new Vfs(new Tmpfs(64 << 20, 10_000, () -> 0), 022);
            vfs.makeDirectory(vfs.root(), "/base", 0755);
            vfs.node(vfs.root(), "/base", false).setPermissions(01777);
            VfsSteps ours = new VfsSteps(vfs, (DirectoryNode) vfs.node(vfs.root(), "/base", false));
            try {
                for (int i = 0; i < workload.size(); i++) {
                    Op op = workload.get(i);
                    assertEquals(ofLinux(linux, op), ofOurs(ours, op), "step " + i + ": " + op);
                }
            } finally {
                linux.closeAll();
                calls.umask(umask);
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String ofLinux(LinuxSteps steps, Op op) throws Throwable {
        try {
            return steps.run(op);
        } catch (LinuxCalls.Failure e) {
            for (Errno errno : Errno.values()) {
                if (errno.number() == e.errno) {
                    return errno.name();
                }
            }
            return "error " + e.errno;
        }
    }

    private static String ofOurs(VfsSteps steps, Op op) {
        try {
            String result = steps.run(op);
            return switch (op.kind()) {
                case STATUS, LINK_STATUS -> result.startsWith("DIRECTORY") ? result.substring(0, result.indexOf(' ', 10)) : result;
                default -> result;
            };
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }
}
