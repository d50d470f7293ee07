package dev.ristretto.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An example that runs, by the command that its readers type, or on HotSpot. */
final class RunningExample implements AutoCloseable {
    /** Also for builds, on a machine that has other things to do. */
    private static final long LIMIT_MINUTES = 20;
    /** For builds: nobody compares two of these images, so that all processors may work on them. */
    static final String PARALLEL = "--builder-arg=--parallelism=" + Runtime.getRuntime().availableProcessors();

    private final Process process;
    private final List<String> said = new ArrayList<>();
    private boolean ended;

    private RunningExample(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** Starts an example in QEMU; see {@link #startOn}. */
    static RunningExample start(String name, String... words) throws IOException {
        return startOn("qemu", name, words);
    }

    /**
     * Starts an example; its image is built if it has changed, or is the one that {@code ristretto.test.example.NAME} names.
     *
     * @param machine as of {@code --on}
     * @param words options of {@code run}, and the program's arguments after {@code --}
     */
    static RunningExample startOn(String machine, String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        Path given = givenImage(name);
        command.addAll(List.of("run", (given != null ? given : Checkout.example(name)).toString(), "--quick", PARALLEL, "--on", machine));
        command.addAll(List.of(words));
        return new RunningExample(command);
    }

    /** The image of an example that was built already, or null. */
    static Path givenImage(String name) {
        String image = System.getProperty("ristretto.test.example." + name);
        return image == null ? null : Path.of(image);
    }

    /** Starts any command. */
    static RunningExample start(List<String> command) throws IOException {
        return new RunningExample(command);
    }

    /** A TCP port of this host that nobody uses now. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** A UDP port of this host that nobody uses now. */
    static int freeUdpPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(cannot be heard any more: " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        said.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until it has said a line that begins so; fails if it ends instead. */
    synchronized void await(String beginning) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (said.stream().noneMatch(line -> line.startsWith(beginning))) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("It did not say '" + beginning + "' but:\n" + String.join("\n", said));
            }
            wait(left);
        }
    }

    /** Everything said so far. */
    synchronized List<String> said() {
        return List.copyOf(said);
    }

    /** Waits until it ends by itself, and returns its exit code. */
    int waitFor() throws InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("It does not end; it said:\n" + String.join("\n", said()));
        }
        synchronized (this) {
            while (!ended) {
                wait();
            }
        }
        return process.exitValue();
    }

    /** Asks it to end, by SIGTERM; what it says while it ends is heard. */
    void terminate() {
        process.toHandle().destroy(); // the process' own method would close its streams
    }

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() throws InterruptedException {
        terminate();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
