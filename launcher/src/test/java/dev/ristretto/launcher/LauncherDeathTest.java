package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.guest.GuestCode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an image when the process that started it is told to end, or is ended. */
@Timeout(60)
class LauncherDeathTest {
    @TempDir
    static Path cache;
    @TempDir
    Path directory;

    private Process process;
    private BufferedReader out;
    private long pid;

    private void start(GuestCode code) throws Exception {
        Path guest = TestGuests.write(directory, code);
        // Whoever runs the tests in the background has them ignore SIGINT, which their children, and the JVM among them, go on to do.
        process = new ProcessBuilder("env", "--default-signal=INT", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), RunGuest.class.getName(), guest.toString(), cache.toString(), "MICROVM").start();
        out = process.inputReader();
        BufferedReader errors = process.errorReader();
        String line;
        do {
            line = errors.readLine();
        } while (!line.startsWith("pid "));
        pid = Long.parseLong(line.substring(4));
        assertEquals("ready", out.readLine());
        assertEquals("qemu-system-x86_64",
                Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow()).getFileName().toString());
    }

    private void signal(String name) throws Exception {
        assertEquals(0, new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid())).start().waitFor());
    }

    private boolean hypervisorEnds() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                return true;
            }
            Thread.sleep(10);
        }
        return false;
    }

    @Test
    void sigtermPressesThePowerButton() throws Exception {
        start(TestGuests.awaitPowerButton(Machine.MICROVM, "bye\n"));
        signal("TERM");
        assertEquals("bye", out.readLine());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        assertTrue(hypervisorEnds());
    }

    @Test
    void ctrlCPressesThePowerButtonAndNothingElse() throws Exception {
        start(TestGuests.awaitPowerButton(Machine.MICROVM, "bye\n"));
        assertNotEquals(sessionOf(process.pid()), sessionOf(pid)); // the terminal's SIGINT goes to the foreground group, QEMU is in none
        signal("INT");
        assertEquals("bye", out.readLine());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
        assertTrue(hypervisorEnds());
    }

    @Test
    void aSecondCtrlCKillsWhatDoesNotEnd() throws Exception {
        start(TestGuests.stay()); // it has ten seconds
        signal("INT");
        BufferedReader errors = process.errorReader();
        assertTrue(errors.readLine().contains("Ctrl-C kills it"));
        long before = System.nanoTime();
        signal("INT");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - before < 6e9, "it was waited for");
        assertTrue(hypervisorEnds());
    }

    @Test
    void theHypervisorDiesWithItsLauncher() throws Exception {
        start(TestGuests.stay());
        signal("KILL");
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertTrue(hypervisorEnds(), "QEMU outlived its launcher");
    }

    /** Field 6 of proc(5)'s stat; the second field ends with the last parenthesis. */
    private static String sessionOf(long process) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    }
}
