package dev.ristretto.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An example that runs, by the command that its readers type (in QEMU), or on HotSpot. */
final class RunningExample implements AutoCloseable {
    /** Also for builds, on a machine that has other things to do. */
    private static final long LIMIT_MINUTES = 20;

    private final Process process;
    private final List<String> said = new ArrayList<>();
    private boolean ended;

    private RunningExample(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /**
     * Starts an example in QEMU; its image is built if it has changed, or is the one that {@code ristretto.test.example.NAME} names.
     *
     * @param words options of {@code run}, and the program's arguments after {@code --}
     */
    static RunningExample start(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        String image = System.getProperty("ristretto.test.example." + name);
        command.addAll(List.of("run", image != null ? image : Checkout.example(name).toString(), "--quick",
                // nobody compares two of these images: all processors may work on them
                "--builder-arg=--parallelism=" + Runtime.getRuntime().availableProcessors(), "--on", "qemu"));
        command.addAll(List.of(words));
        return new RunningExample(command);
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

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
