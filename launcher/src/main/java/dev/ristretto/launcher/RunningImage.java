package dev.ristretto.launcher;

import dev.ristretto.launcher.console.DebugConsole;
import dev.ristretto.launcher.console.OutputPump;
import java.nio.file.Path;

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
    private final LaunchOptions options;
    private final Engine engine;
    private final DebugConsole debug;
    private final Thread output;
    private final Thread hook = new Thread(this::endWithJvm, "ristretto-shutdown");
    private volatile boolean killed;
    private volatile long endNanos;

    RunningImage(Path image, LaunchOptions options, Engine engine, DebugConsole debug) {
        this.image = image;
        this.options = options;
        this.engine = engine;
        this.debug = debug;
        output = Thread.ofPlatform().daemon().name("ristretto-output").start(new OutputPump(engine.output(), options.out()));
        engine.pumpInput(options.in());
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            kill(); // too late to start anything
        }
    }

    /** One line for the user: what it runs on, and why. */
    public String description() {
        return engine.description();
    }

    /** Process id of the image or of its hypervisor. */
    public long pid() {
        return engine.pid();
    }

    /**
     * Waits for the end; all output has been handed over then.
     *
     * @return the program's exit code, 0 to 255; {@link #PANIC} after a panic, {@link #KILLED} after {@link #kill}
     * @throws LaunchException if the hypervisor failed or the image vanished without a word
     */
    public int waitFor() throws LaunchException, InterruptedException {
        int status = engine.waitFor();
        endNanos = System.nanoTime();
        output.join();
        removeHook();
        engine.close();
        if (debug.panicked()) {
            return PANIC;
        }
        if (debug.exitCode().isPresent()) {
            return debug.exitCode().getAsInt();
        }
        return killed ? KILLED : engine.codeOf(status);
    }

    /** Presses the power button: the program's shutdown hooks run and it ends, like a process that was sent SIGTERM. */
    public void powerDown() throws InterruptedException {
        engine.powerDown();
    }

    /** Presses the power button and waits; kills the image if it has not ended within the options' grace. */
    public void stop() throws InterruptedException {
        engine.powerDown();
        killAfterGrace();
    }

    private void killAfterGrace() throws InterruptedException {
        if (!engine.endsWithin(options.grace().toMillis())) {
            options.notices().accept(image.getFileName() + " did not end within " + options.grace().toSeconds() + " s and is killed");
            kill();
        }
    }

    /** Ends it at once. */
    public void kill() {
        killed = true;
        engine.kill();
    }

    /** Where the time went; after {@link #waitFor} only. */
    public BootChart bootChart() {
        return BootChart.of(engine.name(), debug.marks(), engine.startNanos(), endNanos);
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
        removeHook();
        engine.close();
    }

    private void endWithJvm() {
        SecondInterrupt.listen(this::kill);
        try {
            engine.powerDown();
            if (!engine.endsWithin(PATIENCE_MILLIS)) {
                options.notices().accept("waiting for " + image.getFileName() + " to end; Ctrl-C kills it");
            }
            killAfterGrace();
            output.join(options.grace().toMillis());
        } catch (InterruptedException e) {
            kill();
        }
        engine.close();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook is what ended it
        }
    }
}
