package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.LocalServer;
import dev.ristretto.storage.ninep.NinepFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Random workloads on two folders of this machine behave, step by step, like {@link ModelTree}, and leave what they say that they do. */
class NinepModelTest {
    @Provide
    Arbitrary<List<Op>> workloads() {
        return Op.arbitrary().map(NinepModelTest::suited).list().ofMinSize(200).ofMaxSize(400);
    }

    /** Permissions keep the user who runs the test from nothing; targets of links are such as Java can make. */
    private static Op suited(Op op) {
        return switch (op.kind()) {
            case PERMISSIONS -> new Op(op.kind(), op.path(), op.other(), op.place() & 01777 | 0700, op.length());
            case SYMBOLIC_LINK -> new Op(op.kind(), op.path(), op.other().replaceFirst("(.)/$", "$1"), op.place(), op.length());
            default -> op;
        };
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void behavesLikeTheModel(@ForAll("workloads") List<Op> workload) throws Exception {
        Path folder = Files.createTempDirectory("ninep");
        try {
            Path firstFolder = Files.createDirectory(folder.resolve("first"));
            Path secondFolder = Files.createDirectory(folder.resolve("second"));
            NinepFileSystem first = LocalServer.mount(firstFolder, false);
            NinepFileSystem second = LocalServer.mount(secondFolder, false);
            first.root().setPermissions(01777);
            second.root().setPermissions(01777);
            Vfs vfs = new Vfs(first, 022);
            vfs.makeDirectory(vfs.root(), "m", 0777);
            vfs.mount("/m", second);
            VfsSteps subject = new VfsSteps(vfs, vfs.root());
            ModelTree model = new ModelTree();
            for (int i = 0; i < workload.size(); i++) {
                Op op = workload.get(i);
                String came = outcome(() -> subject.run(op));
                // The one thing that is refused: cutting off a file of several names by one that it has lost.
                if (op.kind() != Op.Kind.HANDLE_TRUNCATE || !came.equals("ESTALE")) {
                    assertEquals(outcome(() -> model.run(op)), came, "step " + i + ": " + op);
                }
            }
            subject.closeAll();
            TreeMap<String, String> seen = Trees.dump(second.root());
            assertEquals(seen, Trees.dump(LocalServer.mount(secondFolder, true).root()), "nothing is kept that the folder does not have");
        } finally {
            remove(folder);
        }
    }

    private interface Step {
        String run() throws ErrnoException;
    }

    /** A directory's length and number of links are the file system's business that the folder is on. */
    private static String outcome(Step step) {
        try {
            return step.run().replaceFirst("^(DIRECTORY \\d+) .*", "$1");
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
