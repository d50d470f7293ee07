package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.guest.GuestCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs tiny guests in a real QEMU. */
@Timeout(120)
class LauncherTest {
    /** One for all tests, so that the host is probed once. */
    @TempDir
    static Path cache;
    @TempDir
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void probe() throws Exception {
        Path guest = TestGuests.write(cache, TestGuests.exit(new GuestCode(), 0));
        assertEquals(0, new Launcher().run(guest, LaunchOptions.builder().cacheDirectory(cache).build()));
    }

    private LaunchOptions.Builder options() {
        return LaunchOptions.builder().cacheDirectory(cache).out(output).notices(notices::add);
    }

    private int run(GuestCode code, LaunchOptions.Builder options) throws Exception {
        return new Launcher().run(TestGuests.write(directory, code), options.build());
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 126, 127, 128, 134, 143, 255})
    void theExitCodeIsTheProgramsOwn(int code) throws Exception {
        assertEquals(code, run(TestGuests.exit(new GuestCode().outText(GuestCode.COM1, "Grüße\n"), code), options()));
        assertEquals("Grüße\n", text());
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void runsOnEveryMachineModel(Machine machine) throws Exception {
        assertEquals(7, run(TestGuests.exit(new GuestCode(), 7), options().machine(machine)));
    }

    @Test
    void withoutAnAnnouncementTheDebugExitStatusCounts() throws Exception {
        assertEquals(0, run(new GuestCode().debugExit(0), options()));
        assertEquals(42, run(new GuestCode().debugExit(42), options()));
    }

    @Test
    void aPanicHasItsOwnCode() throws Exception {
        GuestCode code = new GuestCode().outText(GuestCode.COM1, "PANIC\n").outText(GuestCode.DEBUG_CONSOLE, "panic\n");
        assertEquals(RunningImage.PANIC, run(code.drainSerial().debugExit(127), options()));
        assertEquals("PANIC\n", text());
    }

    @Test
    void aResetIsAnErrorOfItsOwn() {
        LaunchException e = assertThrows(LaunchException.class, () -> run(TestGuests.tripleFault(), options()));
        assertTrue(e.getMessage().contains("without announcing an exit code") && e.hint().contains("triple fault"), e.getMessage());
    }

    @Test
    void everyByteOfTheInputArrivesAndSoDoesItsEnd() throws Exception {
        byte[] input = new byte[3000];
        new Random(1).nextBytes(input);
        for (int i = 0; i < 256; i++) {
            input[i] = (byte) i;
        }
        input[input.length - 1] = 0x10;
        assertEquals(9, run(TestGuests.echo(9), options().in(new ByteArrayInputStream(input))));
        assertArrayEquals(input, output.toByteArray());
    }

    @Test
    void anEmptyInputEndsAtOnce() throws Exception {
        assertEquals(3, run(TestGuests.echo(3), options()));
        assertEquals("", text());
    }

    @Test
    void nothingIsLostWhenTheCallerReadsSlowly() throws Exception {
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                output.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (output.size() == 0) {
                    pause();
                }
                output.write(bytes, from, length);
            }

            private void pause() throws IOException {
                try {
                    Thread.sleep(1500);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        int length = 300_000; // several times what pipes and buffers hold
        assertEquals(0, run(TestGuests.count(length), options().out(slow)));
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
            expected[i] = (byte) (length - i);
        }
        assertArrayEquals(expected, output.toByteArray());
    }

    @Test
    void aCallerThatStopsListeningDoesNotHoldUpTheProgram() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("nobody there");
            }
        };
        assertEquals(4, run(TestGuests.exit(TestGuests.counting(300_000), 4), options().out(broken)));
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void theCommandLineArrivesWhole(Machine machine) throws Exception {
        List<String> arguments = List.of("plain", "two words", "", "quote\"and\\slash", "it's", "käse", "x".repeat(100_000));
        run(TestGuests.printCommandLine(), options().machine(machine).arguments(arguments).systemWords(List.of("-Xmx64m", "-Da=b c"))
                .environment(Map.of("PATH", "/bin")).timings(true));
        assertTrue(text().matches("-Xmx64m \"-Da=b c\" ristretto\\.timings ristretto\\.epoch=\\d{19} env\\.PATH=/bin -- plain "
                + "\"two words\" "
                + "\"\" \"quote\\\\\"and\\\\\\\\slash\" \"it's\" käse x{100000}"), text().substring(0, Math.min(300, text().length())));
    }

    @Test
    void argumentsBeyondTheLimitAreRefused() {
        LaunchException e = assertThrows(LaunchException.class,
                () -> run(TestGuests.printCommandLine(), options().arguments(List.of("x".repeat(130_000)))));
        assertTrue(e.getMessage().contains("130"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void stopPressesThePowerButton(Machine machine) throws Exception {
        Path guest = TestGuests.write(directory, TestGuests.awaitPowerButton(machine));
        try (RunningImage running = new Launcher().start(guest, options().machine(machine).build())) {
            awaitReady();
            running.stop();
            assertEquals(143, running.waitFor());
        }
    }

    @Test
    void anImageThatIgnoresThePowerButtonIsKilledAfterTheGrace() throws Exception {
        Path guest = TestGuests.write(directory, TestGuests.stay());
        try (RunningImage running = new Launcher().start(guest, options().grace(Duration.ofMillis(300)).build())) {
            awaitReady();
            running.stop();
            assertEquals(RunningImage.KILLED, running.waitFor());
        }
        assertTrue(notices.stream().anyMatch(notice -> notice.contains("did not end")), notices.toString());
    }

    @Test
    void closingARunningImageEndsItsHypervisor() throws Exception {
        RunningImage running = new Launcher().start(TestGuests.write(directory, TestGuests.stay()), options().build());
        awaitReady();
        long pid = running.pid();
        assertTrue(ProcessHandle.of(pid).isPresent());
        running.close();
        running.waitFor();
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aHypervisorThatDiesIsReportedInItsOwnWords() {
        LaunchException e = assertThrows(LaunchException.class,
                () -> run(TestGuests.stay(), options().qemuArguments(List.of("-device", "no-such-device"))));
        assertTrue(e.getMessage().contains("no-such-device") && e.getMessage().contains("status 1"), e.getMessage());
    }

    @Test
    void aHypervisorThatSharesNoFoldersIsReportedWithARemedy() {
        LaunchException e = assertThrows(LaunchException.class,
                () -> run(TestGuests.stay(), options().qemuArguments(List.of("-device", "virtio-9p-device,fsdev=none,mount_tag=x"))));
        assertTrue(e.getMessage().contains("fsdev") && e.hint().contains("--on process"), e.getMessage() + e.hint());
    }

    @Test
    void aHypervisorThatIsKilledIsReported() throws Exception {
        try (RunningImage running = new Launcher().start(TestGuests.write(directory, TestGuests.stay()), options().build())) {
            awaitReady();
            ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
            LaunchException e = assertThrows(LaunchException.class, running::waitFor);
            assertTrue(e.getMessage().contains("signal 9"), e.getMessage());
        }
    }

    @Test
    void aProgramThatIsNotQemuIsReported() throws Exception {
        Path fake = Files.writeString(directory.resolve("fake-qemu"), "#!/bin/sh\necho I am not QEMU >&2\nexit 3\n");
        assertTrue(fake.toFile().setExecutable(true));
        LaunchException e = assertThrows(LaunchException.class, () -> run(TestGuests.stay(), options().qemu(fake)));
        assertTrue(e.getMessage().contains("I am not QEMU"), e.getMessage());
    }

    @Test
    void theBootChartFollowsTheMarks() throws Exception {
        GuestCode code = new GuestCode().outText(GuestCode.DEBUG_CONSOLE, "mark entry 0\nmark kernel 1000\nmark runtime 3000\n"
                + "something else\nmark main 6000\nmark exit 10000\n");
        try (RunningImage running = new Launcher().start(TestGuests.write(directory, TestGuests.exit(code, 0)),
                options().timings(true).build())) {
            assertEquals(0, running.waitFor());
            BootChart chart = running.bootChart();
            assertEquals(List.of("QEMU", "boot code", "kernel", "runtime", "main", "power off"),
                    chart.stages().stream().map(BootChart.Stage::name).toList());
            assertEquals(List.of(1_000L, 2_000L, 3_000L, 4_000L),
                    chart.stages().stream().map(BootChart.Stage::nanos).toList().subList(1, 5));
            assertTrue(chart.stages().getFirst().nanos() > 0);
            assertEquals(chart.stages().getFirst().nanos() / 1e6 + 0.006, chart.millisToMain(), 1e-6);
            assertTrue(chart.render().contains("boot code"), chart.render());
        }
    }

    @Test
    void withAPortTheGuestWaitsForADebugger() throws Exception {
        int port = freePort();
        Path guest = TestGuests.write(directory, TestGuests.exit(new GuestCode(), 0));
        try (RunningImage running = new Launcher().start(guest, options().gdbPort(port).build())) {
            assertEquals("+$OK#9a", GdbRemote.detachKilling(port)); // the first instruction has not run, so the guest is there to be asked
            assertThrows(LaunchException.class, running::waitFor);
        }
        assertTrue(notices.stream().anyMatch(notice -> notice.contains("target remote 127.0.0.1:" + port)), notices.toString());
    }

    @Test
    void theSocketsAreGoneOnceTheImageRuns() throws Exception {
        String temporary = System.getProperty("java.io.tmpdir");
        try (RunningImage running = new Launcher().start(TestGuests.write(directory, TestGuests.awaitPowerButton(Machine.MICROVM)),
                options().machine(Machine.MICROVM).build())) {
            awaitReady();
            running.stop();
            assertEquals(143, running.waitFor());
        }
        try (Stream<Path> files = Files.list(Path.of(temporary))) {
            assertEquals(List.of(), files.filter(file -> file.getFileName().toString().matches("ristretto\\d+")
                    && Files.exists(file.resolve("debug"))).toList());
        }
    }

    private void awaitReady() throws InterruptedException {
        while (!text().contains("ready")) {
            Thread.sleep(5);
        }
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
