package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ristretto} in a checkout of its own, with a JDK, a Maven and a QEMU that only write down how they were called. */
@Timeout(60)
class ScriptTest {
    private static final List<String> MODULES = List.of("machine", "kernel", "storage", "network", "devices", "jdk", "imager", "launcher", "cli");
    @TempDir
    Path directory;
    private Path checkout;
    private Path programs;
    private Path jdk;

    private record Outcome(int status, String out, String err) { }

    @BeforeEach
    void makeCheckout() throws Exception {
        checkout = Files.createDirectories(directory.resolve("my check out"));
        programs = Files.createDirectories(directory.resolve("bin"));
        jdk = directory.resolve("my jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"25.0.1\"\n");
        program(jdk.resolve("bin/javac"), "");
        program(jdk.resolve("bin/java"), "while [ \"$1\" != dev.ristretto.cli.Main ]; do shift; done; shift; printf '<%s>' \"$@\"; exit 7");
        program(programs.resolve("mvn"), "echo \"$*\" >> '" + directory + "/mvn.log'; mkdir -p '" + checkout
                + "/cli/target/dist/platform'; " + "echo JAVA_HOME=$JAVA_HOME");
        program(programs.resolve("qemu-system-x86_64"), "");
        program(checkout.resolve("ristretto"), Files.readString(Path.of("../ristretto")));
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : MODULES) {
            Path sources = Files.createDirectories(checkout.resolve(module).resolve("src/main/java"));
            Files.createFile(sources.resolve("A.java"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        past(checkout);
    }

    private static void program(Path file, String commands) throws IOException {
        Files.writeString(file, commands.startsWith("#!") ? commands : "#!/bin/sh\n" + commands + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static void past(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
            }
        }
    }

    private Outcome run(Path script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", programs + ":/usr/bin:/bin", "HOME", directory.toString(), "JAVA_HOME",
                jdk.toString()));
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private Outcome run(String... args) throws Exception {
        return run(checkout.resolve("ristretto"), args);
    }

    private int mavenCalls() throws IOException {
        Path log = directory.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void wordsAndExitCodePassThroughUnchanged() throws Exception {
        Outcome outcome = run("run", "a b", "", "--", "*", "$HOME", "ü");
        assertEquals(7, outcome.status, outcome.err);
        assertEquals("<run><a b><><--><*><$HOME><ü>", outcome.out);
    }

    @Test
    void itBuildsItselfOnlyWhenASourceChanged() throws Exception {
        run("version");
        assertEquals(1, mavenCalls());
        assertEquals("", run("version").err);
        assertEquals(1, mavenCalls());
        for (String touched : List.of("pom.xml", "kernel/src/main/java/A.java", "cli/pom.xml")) {
            int before = mavenCalls();
            Files.setLastModifiedTime(checkout.resolve("cli/target/dist.stamp"), FileTime.fromMillis(System.currentTimeMillis() - 30_000));
            Files.setLastModifiedTime(checkout.resolve(touched), FileTime.fromMillis(System.currentTimeMillis() - 10_000));
            run("version");
            assertEquals(before + 1, mavenCalls(), touched);
        }
        int before = mavenCalls();
        past(checkout);
        Files.setLastModifiedTime(checkout.resolve("cli/target/dist.stamp"), FileTime.fromMillis(System.currentTimeMillis() - 30_000));
        Files.delete(checkout.resolve("jdk/src/main/java/A.java"));
        run("version");
        assertEquals(before + 1, mavenCalls(), "a deleted file");
    }

    @Test
    void whatCannotBeBuiltIsNotStarted() throws Exception {
        program(programs.resolve("mvn"), "echo '[ERROR] no'; exit 1");
        Outcome outcome = run("version");
        assertEquals(125, outcome.status);
        assertEquals("", outcome.out);
        assertTrue(outcome.err.contains("[ERROR] no") && outcome.err.contains("could not be built"), outcome.err);
        assertEquals(125, run("version").status, "a failed build must not count as done");
    }

    @Test
    void itWorksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), checkout.resolve("ristretto"));
        assertEquals("<version>", run(link, "version").out);
    }

    @Test
    void helpNeedsNoBuildAndAnEmptyCommandLineIsAnError() throws Exception {
        assertEquals(0, run("--help").status);
        assertTrue(run("help").out.contains("./ristretto run examples/hello"));
        assertEquals(2, run().status);
        assertEquals(0, mavenCalls());
    }

    @Test
    void testSumsUpWhatWasReportedSinceItBegan() throws Exception {
        Path reports = Files.createDirectories(checkout.resolve("kernel/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-old.xml"), "<testsuite tests=\"1000\" errors=\"0\" skipped=\"0\" failures=\"0\">");
        past(reports);
        program(programs.resolve("mvn"), "cd '" + checkout
                + "'; case \"$*\" in *package) mkdir -p cli/target/dist/platform; exit 0;; esac; "
                + "sleep 0.05; mkdir -p cli/target/surefire-reports jdk/target/failsafe-reports; "
                + "echo '<testsuite name=\"a\" time=\"1\" tests=\"10\" errors=\"1\" skipped=\"2\" failures=\"3\">' > "
                + "cli/target/surefire-reports/TEST-a.xml; "
                + "echo '<testsuite name=\"tests=9\" tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\">' > "
                + "jdk/target/failsafe-reports/TEST-b.xml; "
                + "echo \"$*\" > '" + directory + "/mvn.log'; exit 1");
        Outcome outcome = run("test", "-Dx=y");
        assertEquals(1, outcome.status);
        assertEquals("9 passed, 4 failed, 2 skipped", outcome.out.lines().toList().getLast());
        String call = Files.readString(directory.resolve("mvn.log"));
        assertTrue(call.contains(" verify -Dx=y"), call);
        assertFalse(call.contains("skip"), call);
    }

    @Test
    void aJdkOfAnotherVersionIsPassedOver() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
        Path other = directory.resolve(".sdkman/candidates/java/25-tem");
        Files.createDirectories(other.getParent());
        Path right = directory.resolve("right");
        Files.createDirectories(right.resolve("bin"));
        program(right.resolve("bin/javac"), "");
        program(right.resolve("bin/java"), "echo right");
        Files.writeString(right.resolve("release"), "JAVA_VERSION=\"25\"\n");
        Files.createSymbolicLink(other, right);
        Outcome outcome = run("version");
        assertFalse(outcome.out.contains("<version>"), outcome.out); // this host may have a JDK 25 of its own, which is found first
        assertFalse(outcome.err.contains("no JDK 25"), outcome.err);
    }
}
