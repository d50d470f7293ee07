package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.RunsOn;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to an image that runs as a process: it is a good citizen of the host. */
class ProcessIT {

    private record Ended(int code, String output, String errors) { }

    /** Runs a shell script in which {@code $image} is the image of the tests. */
    private static Ended shell(String script) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
            builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile()).redirectError(errors.toFile());
            builder.environment().put("image", TestImage.get().toString());
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("'" + script + "' has not ended; it said " + Files.readString(out) + Files.readString(errors));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(errors));
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }

    @Test
    void theFileItselfIsAProgram() throws Exception {
        assertEquals(new Ended(0, "count=3\n[one]\n[two words]\n[]\n", ""), shell("exec \"$image\" args one 'two words' ''"));
        assertEquals(new Ended(0, "NAME=a \"b\" \\c\n", ""), shell("NAME='a \"b\" \\c' exec \"$image\" env NAME"));
        assertEquals(new Ended(0, "a.b=c d\n", ""), shell("RISTRETTO_OPTIONS='-Xmx32m \"-Da.b=c d\"' exec \"$image\" props a.b"));
        assertEquals(new Ended(0, "RISTRETTO_OPTIONS=(none)\n", ""),
                shell("RISTRETTO_OPTIONS=-Xmx32m exec \"$image\" env RISTRETTO_OPTIONS"));
    }

    @Test
    void outputAndErrorsAreApart() throws Exception {
        assertEquals(new Ended(0, "to standard output\ncaff\u00e8 ristretto \u2615\nno line feed at the end", "to standard error\n"),
                shell("exec \"$image\" streams"));
    }

    @Test
    void streamsThatAreClosedOrBreakDoNoHarm() throws Exception {
        assertEquals(new Ended(0, "ready\nlines=0\n", ""), shell("exec \"$image\" echo <&-"));
        assertEquals(new Ended(3, "", ""), shell("exec \"$image\" exit 3 >&- 2>&-"));
        assertEquals(new Ended(0, "line 0 of a flood that must arrive complete and in order\n", ""),
                shell("\"$image\" flood 20000 | head -n 1"));
        assertEquals(new Ended(0, "ready\necho: from a file\nlines=1\n", ""), shell("echo 'from a file' | exec \"$image\" echo"));
    }

    @Test
    void inputThatNobodyReadsIsLeftToOthers() throws Exception {
        assertEquals(new Ended(0, "returning\nfor cat\n", ""), shell("echo 'for cat' | { \"$image\" return; cat; }"));
    }

    @Test
    void aSlowReaderHoldsNothingUpButOutput() throws Exception {
        Ended ended = shell("\"$image\" flood 5000 | { sleep 0.5; wc -l; }");
        assertEquals("5000", ended.output.strip(), ended.errors);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void signalsAreThePowerButton(String signal, int code) throws Exception {
        Process process = image("wait-for-power-button");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("waiting", lines.readLine());
            assertEquals(0, new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor());
            assertEquals("orderly shutdown", lines.readLine());
            assertEquals(code, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process image(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(TestImage.get().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void anIdleImageSleeps() throws Exception {
        Process process = image("wait-for-power-button");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("waiting", lines.readLine());
            // what was begun right before the wait may still end
            eventually("an image that waits woke up again and again", process, 10, ignored -> {
                long before = contextSwitches(process);
                sleep(500);
                return contextSwitches(process) == before;
            });
        } finally {
            process.destroyForcibly();
        }
    }

    private static long contextSwitches(Process process) {
        return statusNumber(process, "voluntary_ctxt_switches:") + statusNumber(process, "nonvoluntary_ctxt_switches:");
    }

    @Test
    void memoryGoesBackToTheHostAfterAPeak() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "RISTRETTO_OPTIONS=-Xmx400m exec \"$0\" peak 200",
                TestImage.get().toString()).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("peak 200", lines.readLine());
            long peak = statusNumber(process, "VmRSS:");
            assertTrue(peak > 200 << 10, "KiB resident at the peak: " + peak);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertEquals("low 0", lines.readLine());
            long low = statusNumber(process, "VmRSS:");
            assertTrue(low < 100 << 10, "KiB resident after the peak of " + peak + ": " + low);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theLimitOfAControlGroupIsTheMachinesMemory() throws Exception {
        Path group = Path.of("/sys/fs/cgroup/memory/ristretto-test-" + ProcessHandle.current().pid());
        String file = "memory.limit_in_bytes";
        if (!Files.isDirectory(group.getParent())) {
            group = Path.of("/sys/fs/cgroup/ristretto-test-" + ProcessHandle.current().pid());
            file = "memory.max";
        }
        try {
            Files.createDirectory(group);
            Files.writeString(group.resolve(file), Long.toString(200 << 20));
        } catch (java.io.IOException e) {
            Files.deleteIfExists(group);
            Assumptions.abort("no control group can be made here: " + e);
        }
        try {
            Ended ended = shell("echo $$ >" + group + "/cgroup.procs && exec \"$image\" memory");
            long heap = Long.parseLong(ended.output.lines().findFirst().orElseThrow().substring("max=".length()));
            assertTrue(heap > 20 << 20 && heap < 80 << 20, "heap within 200 MiB: " + heap + ended.errors);
        } finally {
            Files.delete(group);
        }
    }

    @Test
    void whatCannotBeIsSaidInASentence() throws Exception {
        Ended ended = shell("ulimit -v 1000000; exec \"$image\" return");
        assertEquals(125, ended.code);
        assertTrue(ended.errors.startsWith("ristretto: Linux refuses to reserve 8 TiB of addresses") && ended.errors.lines().count() == 1,
                ended.errors);
        LaunchException e = Assertions.assertThrows(LaunchException.class, () -> new Launcher().run(TestImage.get(),
                LaunchOptions.builder().runsOn(RunsOn.PROCESS).gdbPort(1234).build()));
        assertTrue(e.hint().contains("gdb --args"), e.hint());
    }

    @ParameterizedTest
    @CsvSource({"/nowhere/net, nobody listens at the socket", "42, ristretto.net= names no network", "1, ristretto.net= names no network",
        "tap0, ristretto.net= names no network", "/dev/null, nobody listens at the socket",
        "/a-path-that-is-longer-than-Linux-takes-for-a-socket-a-path-that-is-longer-than-Linux-takes-for-a-socket-and-more, longer than the 107 bytes"})
    void aNetworkThatIsNotThereIsSaidInASentence(String network, String words) throws Exception {
        Ended ended = shell("RISTRETTO_OPTIONS=ristretto.net=" + network + " exec \"$image\" return");
        assertEquals(125, ended.code, ended.output + ended.errors);
        assertTrue(ended.errors.contains(words) && ended.errors.lines().count() == 1, ended.errors);
    }

    /** Signals reach the image through the command line, which ends with its code; and the image does not outlive the command line. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void itSharesTheLifeOfItsLauncher(String signal, int code) throws Exception {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", "--on", "process", TestImage.get().toString(), "wait-for-power-button"));
        Process launcher = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("waiting", lines.readLine());
            ProcessHandle image = launcher.children().findFirst().orElseThrow();
            assertEquals(0, new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + launcher.pid()).start().waitFor());
            assertEquals(signal.equals("KILL") ? null : "orderly shutdown", lines.readLine());
            assertEquals(code, launcher.waitFor());
            image.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            launcher.destroyForcibly();
        }
    }

    private static long statusNumber(Process process, String key) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.substring(key.length()).replace("kB", "").strip())).findFirst().orElseThrow();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void eventually(String otherwise, Process process, int tries, Predicate<Process> condition) {
        for (int i = 0; i < tries; i++) {
            if (condition.test(process)) {
                return;
            }
        }
        throw new AssertionError(otherwise);
    }
}
