package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestCode.Label;
import dev.ristretto.launcher.guest.GuestCode.Register;
import dev.ristretto.launcher.guest.GuestElf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands; those that boot, boot guests of a few instructions. */
@Timeout(120)
class MainTest {
    private static final String MANIFEST = "format=1\nname=test\nmachine=x86_64-bare\ndevices=serial\nmin-memory-mib=24\n";
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int ristretto(String... args) {
        out.reset();
        err.reset();
        return Main.run(args, new ByteArrayInputStream(new byte[0]), out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String image(GuestCode code) throws Exception {
        return Files.write(directory.resolve("image.elf"), GuestElf.of(code, MANIFEST)).toString();
    }

    /** Writes the command line to the serial line and ends with {@code exitCode}. */
    private static GuestCode printCommandLine(int exitCode) {
        GuestCode code = new GuestCode();
        Label next = code.label();
        Label end = code.label();
        code.load(Register.ESI, Register.EBX, 24).port(GuestCode.COM1);
        code.place(next).load(Register.EAX, Register.ESI, 0).compareAl(0).jumpIfZero(end).outAl().increment(Register.ESI).jump(next);
        code.place(end).outText(GuestCode.DEBUG_CONSOLE, "mark entry 0\nmark kernel 10\nmark runtime 20\nmark main 30\nmark exit 40\n");
        return code.outText(GuestCode.DEBUG_CONSOLE, "exit " + exitCode + "\n").drainSerial().debugExit(exitCode & 127);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 125, 255})
    void runEndsWithTheProgramsExitCode(int code) throws Exception {
        assertEquals(code, ristretto("run", image(printCommandLine(code))), err());
    }

    @Test
    void whatIsSaidToRunReachesTheImage() throws Exception {
        String image = image(printCommandLine(0));
        assertEquals(0, ristretto("run", "-Xmx64m", "-Dgreeting=good day", "--env", "HOME=/", "--system", "ristretto.verbose", image,
                "--memory",
                "64m", "--", "one", "--memory", "two words", "-v"), err());
        assertTrue(out().matches("-Xmx64m \"-Dgreeting=good day\" ristretto\\.verbose ristretto\\.epoch=\\d+ env\\.HOME=/ -- one --memory "
                + "\"two words\" -v"), out());
        assertEquals("", err().replaceFirst("ristretto: runs on .*\\n", ""));
    }

    @Test
    void argumentsNeedNoDashesBeforeThemUnlessTheyBeginWithOne() throws Exception {
        assertEquals(0, ristretto("run", image(printCommandLine(0)), "one", "two"));
        assertTrue(out().endsWith(" -- one two"), out());
    }

    @Test
    void timingsShowABootChartOnStandardError() throws Exception {
        assertEquals(0, ristretto("run", "--timings", "--machine", "q35", image(printCommandLine(0))));
        assertTrue(out().startsWith("ristretto.timings"), out());
        for (String stage : new String[] {"boot chart: q35, ", "QEMU", "boot code", "kernel", "runtime", "main", "power off",
                "start to main"}) {
            assertTrue(err().contains(stage), err());
        }
    }

    @Test
    void failuresAreASentenceAndAHintWithoutAStackTrace() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "not a program");
        Path broken = Files.write(directory.resolve("broken.elf"), new byte[] {0x7f, 'E', 'L', 'F'});
        Files.createDirectory(directory.resolve("gradle"));
        Files.createFile(directory.resolve("gradle/build.gradle.kts"));
        assertFailure("There is no ", "run", directory.resolve("absent").toString());
        assertFailure("neither a jar nor an image", "run", text.toString());
        assertFailure("is only 4 bytes long", "run", broken.toString());
        assertFailure("run Gradle yourself", "build", directory.resolve("gradle").toString());
        assertFailure("has no pom.xml", "run", directory.toString());
        assertFailure("needs at least 24 MiB of memory", "run", "-m", "10", image(printCommandLine(0)));
        assertFailure("files are sealed in when one is built", "run", "--files", "site", directory.resolve("image.elf").toString());
        assertFailure("has no use for the folder", "run", "--share", directory.toString(), directory.resolve("image.elf").toString());
        assertFailure("is an image already", "build", directory.resolve("image.elf").toString());
        assertFailure("status 1 while it ran", "run", "--qemu-arg", "-nonsense", directory.resolve("image.elf").toString());
    }

    private void assertFailure(String part, String... args) {
        assertEquals(125, ristretto(args));
        assertEquals("", out());
        String message = err().replaceFirst("ristretto: runs on .*\\n", "");
        assertTrue(message.startsWith("ristretto: ") && message.contains(part), message);
        assertFalse(message.contains("\tat "), message);
    }

    @Test
    void verboseShowsTheStackTraceUnlessItIsTheProgramsWord() throws Exception {
        ristretto("run", "--verbose", directory.resolve("absent").toString());
        assertTrue(err().contains("\tat dev.ristretto.cli"), err());
        ristretto("run", directory.resolve("absent").toString(), "--", "--verbose");
        assertFalse(err().contains("\tat "), err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "run", "run --nonsense x", "run --memory 12q x", "run --machine toaster x",
            "build --optimize much x",
        "run -Xmxfoo x", "run -XX:+UseG1GC x", "run -Xfoo x", "run --memory 0 x", "run --gdb 99999 x", "inspect", "build --files :/www x"})
    void aWrongCommandLineEndsWithTwo(String line) {
        assertEquals(2, ristretto(line.split(" ")));
        assertTrue(err().startsWith("ristretto: ") && err().contains("--help"), err());
        assertFalse(err().contains("\tat "), err());
    }

    @Test
    void aCommandThatThereIsNotIsNamed() {
        assertEquals(2, ristretto("frobnicate", "examples/hello"));
        assertTrue(err().contains("'frobnicate' is no command"), err());
        assertEquals(2, ristretto("--frobnicate"));
        assertTrue(err().contains("Unknown option: '--frobnicate'"), err());
    }

    @Test
    void helpIsAnAnswerAndNoErrorAndAnEmptyCommandLineIs() {
        assertEquals(0, ristretto("run", "--help"));
        assertTrue(out().contains("--timings") && out().contains("125"), out());
        assertEquals(2, ristretto());
        assertTrue(out().contains("inspect"), out());
    }

    @Test
    void inspectShowsTheManifest() throws Exception {
        assertEquals(0, ristretto("inspect", image(new GuestCode().halt())));
        assertTrue(out().contains("min-memory-mib   24") && out().contains("PVH entry at 0x101000") && out().contains("rwx"), out());
    }

    @Test
    void versionNamesWhatIsAtWork() {
        assertEquals(0, ristretto("version"));
        assertTrue(out().matches("ristretto \\d+\\.\\d+\\.\\d+\\s+native-image builder \\d+\\S+\\s+JDK \\d+(?s).*"), out());
    }
}
