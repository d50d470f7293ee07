package dev.ristretto.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Where things are in the checkout that is being tested, and its command line. */
final class Checkout {

    private static final Path ROOT = Path.of(System.getProperty("ristretto.checkout", "..")).toAbsolutePath().normalize();

    private Checkout() {
    }

    /** The folder that {@code ./ristretto} starts from, with lib, builder and platform. */
    static Path dist() {
        return ROOT.resolve("cli/target/dist");
    }

    /** The command line as {@code ./ristretto} starts it, but with the jars of this very build. */
    static List<String> commandLine() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dristretto.home=" + dist(),
                "--add-modules", "jdk.internal.vm.ci",
                "--add-exports", "jdk.internal.vm.ci/jdk.vm.ci.code=ALL-UNNAMED", "--add-exports", "jdk.internal.vm.ci/jdk.vm.ci.meta=ALL-UNNAMED",
                "--add-exports", "jdk.internal.vm.ci/jdk.vm.ci.amd64=ALL-UNNAMED",
                "-cp", dist().resolve("lib") + "/*:" + dist().resolve("builder") + "/*", "dev.ristretto.cli.Main");
    }

    /** Runs the command line, which must succeed; returns all it said. */
    static String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(commandLine());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** A file of the image-tests module's build. */
    static Path imageTests(String name) {
        return ROOT.resolve("image-tests/target").resolve(name);
    }

    /** An example's folder. */
    static Path example(String name) {
        return ROOT.resolve("examples").resolve(name);
    }

    /** A file in this module's build folder. */
    static Path target(String name) {
        return ROOT.resolve("system-tests/target").resolve(name);
    }
}
