package dev.ristretto.launcher;

import dev.ristretto.launcher.console.DebugConsole;
import dev.ristretto.launcher.console.InputPump;
import dev.ristretto.launcher.console.OutputPump;
import dev.ristretto.launcher.host.Host;
import dev.ristretto.launcher.qemu.QemuProcess;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * An image that was started. It is asked to end when this Java virtual machine is (Ctrl-C, SIGTERM, {@link System#exit}), and ends with
 * it in any case.
 *
 * <p>Methods may be called from any thread.
 */
public final class RunningImage implements AutoCloseable {
    /** Exit code of an image that panicked. */
    public static final int PANIC = 134;
    /** Exit code of an image that was killed. */
    public static final int KILLED = 137;

    /** After this long the user is told what is being waited for. */
    private static final int PATIENCE_MILLIS = 1000;

    private final Path image;
    private final Host host;
    private final LaunchOptions options;
    private final QemuProcess qemu;
    private final DebugConsole debug;
    private final Thread output;
    private final Thread hook = new Thread(this::endWithJvm, "ristretto-shutdown");
    private volatile boolean killed;
    private volatile long endNanos;

    RunningImage(Path image, Host host, LaunchOptions options, QemuProcess qemu, DebugConsole debug) {
        this.image = image;
        this.host = host;
        this.options = options;
        this.qemu = qemu;
        this.debug = debug;
        output = Thread.ofPlatform().daemon().name("ristretto-output").start(new OutputPump(qemu.serialOutput(), options.out()));
        Thread.ofPlatform().daemon().name("ristretto-input").start(new InputPump(options.in(), qemu.serialInput()));
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            kill(); // too late to start anything
        }
    }

    /** What it runs on. */
    public Host host() {
        return host;
    }

    /** Process id of its hypervisor. */
    public long pid() {
        return qemu.pid();
    }

    /**
     * Waits for the end; all output has been handed over then.
     *
     * @return the program's exit code, 0 to 255; {@link #PANIC} after a panic, {@link #KILLED} after {@link #kill}
     * @throws LaunchException if the hypervisor failed or the image vanished without a word
     */
    public int waitFor() throws LaunchException, InterruptedException {
        int status = qemu.waitFor();
        endNanos = System.nanoTime();
        output.join();
        removeHook();
        qemu.close();
        if (debug.panicked()) {
            return PANIC;
        }
        if (debug.exitCode().isPresent()) {
            return debug.exitCode().getAsInt();
        }
        return killed ? KILLED : codeOf(status);
    }

    /**
     * What QEMU's status means when the image did not announce its exit code. The debug-exit device ends QEMU with {@code 2 * value +
     * 1}; QEMU's own failures give 1 as well, but never without a complaint, and signals 128 and more.
     */
    private int codeOf(int status) throws LaunchException {
        String complaint = qemu.errors().lines().filter(line -> !line.contains("warning:")).collect(Collectors.joining("\n")).strip();
        if (status == 0) {
            // An early reset can come before QEMU was listened to, so its reason is not always known.
            String reason = qemu.shutdownReason();
            throw new LaunchException(image + " ended without announcing an exit code" + (reason.isEmpty() ? "" : " (" + reason + ")"),
                    "That is a reset after a triple fault, most likely, very early in the boot; --gdb lets you look.");
        }
        boolean debugExit = status % 2 == 1 && status < 128 && (status != 1 || complaint.isEmpty());
        if (debugExit) {
            return status >> 1;
        }
        String how = status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
        throw new LaunchException("QEMU " + how + " while it ran " + image + (complaint.isEmpty() ? "" : ":\n" + complaint),
                complaint.contains("annot allocate memory") ? "Give the image less with --memory, or free memory on this host." : "");
    }

    /** Presses the power button: the program's shutdown hooks run and it ends, like a process that was sent SIGTERM. */
    public void powerDown() throws InterruptedException {
        qemu.powerDown();
    }

    /** Presses the power button and waits; kills the image if it has not ended within the options' grace. */
    public void stop() throws InterruptedException {
        qemu.powerDown();
        killAfterGrace();
    }

    private void killAfterGrace() throws InterruptedException {
        if (!qemu.endsWithin(options.grace().toMillis())) {
            options.notices().accept(image.getFileName() + " did not end within " + options.grace().toSeconds() + " s and is killed");
            kill();
        }
    }

    /** Ends it at once. */
    public void kill() {
        killed = true;
        qemu.kill();
    }

    /** Where the time went; after {@link #waitFor} only. */
    public BootChart bootChart() {
        return BootChart.of(debug.marks(), qemu.startNanos(), endNanos);
    }

    /** Version of the QEMU it runs on, empty until QEMU has told. */
    public String qemuVersion() {
        return qemu.version();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
        removeHook();
        qemu.close();
    }

    private void endWithJvm() {
        SecondInterrupt.listen(this::kill);
        try {
            qemu.powerDown();
            if (!qemu.endsWithin(PATIENCE_MILLIS)) {
                options.notices().accept("waiting for " + image.getFileName() + " to end; Ctrl-C kills it");
            }
            killAfterGrace();
            output.join(options.grace().toMillis());
        } catch (InterruptedException e) {
            kill();
        }
        qemu.close();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook is what ended it
        }
    }
}
