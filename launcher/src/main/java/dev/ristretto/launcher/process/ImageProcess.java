package dev.ristretto.launcher.process;

import dev.ristretto.launcher.Leash;
import dev.ristretto.launcher.console.DebugConsole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running image that is a child of this process, and does not outlive it: see {@link Leash}. It has exactly the environment it is
 * given, and either this process's own standard streams or pipes.
 *
 * <p>Methods may be called from any thread.
 */
public final class ImageProcess implements AutoCloseable {
    /** Variable in which an image finds the words for the system. */
    public static final String OPTIONS = "RISTRETTO_OPTIONS";
    /** Characters; with a name of our own behind it, it fits into the 107 bytes of a Unix socket's path. */
    private static final int LONGEST_DIRECTORY = 60;

    private final Path line;
    private final DebugConsole debug;
    private final boolean inherited;
    private final Leash.Started started;

    private ImageProcess(Path line, DebugConsole debug, boolean inherited, Leash.Started started) {
        this.line = line;
        this.debug = debug;
        this.inherited = inherited;
        this.started = started;
    }

    /**
     * Starts an image.
     *
     * @param words   for the system, as on a command line
     * @param inherit true for the standard streams of this process, false for pipes
     * @param debug   is fed what the image tells its launcher, when it has ended; null if nobody wants to know
     * @throws IOException if it cannot be executed
     */
    public static ImageProcess start(Path image, String words, Map<String, String> environment, List<String> arguments, boolean inherit,
                                     DebugConsole debug) throws IOException, InterruptedException {
        Path line = debug == null ? null : Files.createTempFile(temporaryDirectory(), "ristretto", ".line");
        try {
            List<String> command = new ArrayList<>(Leash.words(System.getenv("PATH"), !inherit));
            command.add(image.toAbsolutePath().toString());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put(OPTIONS, words + (line == null ? "" : " ristretto.line=" + line));
            if (inherit) {
                builder.inheritIO();
            } else {
                builder.redirectErrorStream(true); // one pipe keeps the order of output and errors
            }
            return new ImageProcess(line, debug, inherit, Leash.start(builder, "image-owner"));
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (line != null) {
                Files.deleteIfExists(line);
            }
            throw e;
        }
    }

    /** Where files go that words for an image name: those words have no white space in them, and those of sockets are short. */
    public static Path temporaryDirectory() {
        String usual = System.getProperty("java.io.tmpdir");
        return Path.of(usual.length() > LONGEST_DIRECTORY || usual.chars().anyMatch(c -> c <= ' ') ? "/tmp" : usual);
    }

    /** Process id. */
    public long pid() {
        return started.process().pid();
    }

    /** {@link System#nanoTime()} right before it was started. */
    public long startNanos() {
        return started.nanos();
    }

    /** Carries input to the image and closes its pipe at the end; does nothing if the streams are inherited. Returns at once. */
    public void pumpInput(InputStream from) {
        if (!inherited) {
            Thread.ofPlatform().daemon().name("ristretto-input").start(() -> {
                try (OutputStream to = started.process().getOutputStream()) {
                    byte[] piece = new byte[4096];
                    int length;
                    while ((length = from.read(piece)) > 0) {
                        to.write(piece, 0, length);
                        to.flush();
                    }
                } catch (IOException e) {
                    return; // the image is gone, or does not listen any more
                }
            });
        }
    }

    /** What it writes, output and errors; empty if the streams are inherited. */
    public InputStream output() {
        return started.process().getInputStream();
    }

    /** Waits for the end; the exit code, 128 + n after signal n. */
    public int waitFor() throws InterruptedException {
        int status = started.process().waitFor();
        readLine();
        return status;
    }

    private void readLine() {
        if (line != null) {
            try {
                for (String text : Files.readAllLines(line)) {
                    debug.line(text, System.nanoTime());
                }
            } catch (IOException e) {
                return; // deleted already
            }
        }
    }

    /** Waits up to {@code millis} for the end; whether it has come. */
    public boolean endsWithin(long millis) throws InterruptedException {
        return started.process().waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Sends SIGTERM, which is an image's power button. */
    public void terminate() {
        started.process().toHandle().destroy();
    }

    /** Sends SIGKILL. */
    public void kill() {
        started.process().toHandle().destroyForcibly(); // the Process's own method would close the streams before they are read
    }

    /** Kills it if it still runs and gives everything back. */
    @Override
    public void close() {
        kill();
        if (line != null) {
            try {
                Files.deleteIfExists(line);
            } catch (IOException e) {
                return; // an empty file left behind harms nobody
            }
        }
    }
}
