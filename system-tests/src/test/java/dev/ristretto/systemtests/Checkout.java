package dev.ristretto.systemtests;

import java.nio.file.Path;
import java.util.List;

/** Where things are in the checkout that is being tested. */
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
