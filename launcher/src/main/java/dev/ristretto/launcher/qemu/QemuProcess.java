package dev.ristretto.launcher.qemu;

import dev.ristretto.launcher.Leash;
import dev.ristretto.launcher.console.DebugConsole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running QEMU with its serial line on pipes, its debug console and its machine protocol on sockets. It does not outlive this process:
 * see {@link Leash}.
 *
 * <p>Methods may be called from any thread.
 */
public final class QemuProcess implements AutoCloseable {
    /** A socket's path fits in 107 bytes (unix(7)); longer temporary directories are passed over. */
    private static final int MAX_DIRECTORY = 80;
    private static final int MAX_ERRORS = 16_384;

    private final Path directory;
    private final Channel debugChannel;
    private final Channel qmpChannel;
    private final Qmp qmp;
    private final List<Thread> threads = new ArrayList<>();
    private final StringBuffer errors = new StringBuffer();
    private Process process;
    private long startNanos;

    private QemuProcess() throws IOException {
        directory = temporaryDirectory();
        debugChannel = new Channel(directory.resolve("debug"));
        qmpChannel = new Channel(directory.resolve("qmp"));
        qmp = new Qmp(qmpChannel);
    }

    /**
     * Starts QEMU.
     *
     * @param command its command line but for the serial line, the debug console and the monitor
     * @param debug is fed what the guest writes on the debug console
     * @throws IOException if the program cannot be started
     */
    public static QemuProcess start(QemuCommand command, DebugConsole debug) throws IOException, InterruptedException {
        QemuProcess qemu = new QemuProcess();
        try {
            command.add("-chardev", "stdio,id=serial,signal=off", "-serial", "chardev:serial");
            command.add("-chardev", qemu.debugChannel.option("debug"), "-device", "isa-debugcon,iobase=0xe9,chardev=debug");
            command.add("-chardev", qemu.qmpChannel.option("qmp"), "-mon", "chardev=qmp,mode=control");
            List<String> words = new ArrayList<>(Leash.words(System.getenv("PATH"), true));
            words.addAll(command.words());
            qemu.thread("debug-console", () -> qemu.readDebug(debug));
            qemu.thread("qmp", qemu.qmp::converse);
            Leash.Started started = Leash.start(new ProcessBuilder(words), "qemu-owner");
            qemu.process = started.process();
            qemu.startNanos = started.nanos();
            qemu.thread("errors", qemu::readErrors);
            return qemu;
        } catch (IOException | InterruptedException | RuntimeException e) {
            qemu.close();
            throw e;
        }
    }

    /** {@link System#nanoTime()} right before the process was started. */
    public long startNanos() {
        return startNanos;
    }

    /** What is written here arrives on the guest's serial line. */
    public OutputStream serialInput() {
        return process.getOutputStream();
    }

    /** What the guest writes on its serial line; ends with QEMU. */
    public InputStream serialOutput() {
        return process.getInputStream();
    }

    /** Waits for QEMU's end and for all it had to say on the debug console and as errors; its exit status, 128 + n after signal n. */
    public int waitFor() throws InterruptedException {
        int status = process.waitFor();
        debugChannel.releaseWaiter();
        qmpChannel.releaseWaiter();
        for (Thread thread : threads) {
            thread.join();
        }
        return status;
    }

    /** Waits up to {@code millis} for QEMU's end; whether it has ended. */
    public boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Presses the guest's power button; whether QEMU could be told so within a second. */
    public boolean powerDown() throws InterruptedException {
        return qmp.command("system_powerdown", 1000);
    }

    /** Ends QEMU at once. */
    public void kill() {
        process.toHandle().destroyForcibly(); // the Process's own method would close the streams before they are read
    }

    /** QEMU's process id. */
    public long pid() {
        return process.pid();
    }

    /** What QEMU wrote to its standard error; complete after {@link #waitFor}. */
    public String errors() {
        return errors.toString();
    }

    /** QEMU's version, empty if it did not come far enough to tell. */
    public String version() {
        return qmp.version();
    }

    /** Why the guest's machine stopped, as QEMU's {@code ShutdownCause} calls it; empty if QEMU did not say. */
    public String shutdownReason() {
        return qmp.shutdownReason();
    }

    /** Kills QEMU if it still runs and gives everything back. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        debugChannel.close();
        qmpChannel.close();
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            return; // an empty directory left behind harms nobody
        }
    }

    private void thread(String name, Runnable body) {
        threads.add(Thread.ofPlatform().daemon().name("qemu-" + name).start(body));
    }

    private void readDebug(DebugConsole debug) {
        try (SocketChannel connection = debugChannel.accept(); BufferedReader lines = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                debug.line(line, System.nanoTime());
            }
        } catch (IOException e) {
            return; // QEMU is gone, and has said what it had to say
        }
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (errors.length() < MAX_ERRORS) {
                    errors.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            return; // the same
        }
    }

    private static Path temporaryDirectory() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        Path parent = usual.toString().length() > MAX_DIRECTORY ? Path.of("/tmp") : usual;
        return Files.createTempDirectory(parent, "ristretto");
    }
}
