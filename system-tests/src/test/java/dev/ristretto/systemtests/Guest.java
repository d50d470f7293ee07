package dev.ristretto.systemtests;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.NetworkOptions;
import dev.ristretto.launcher.share.FolderShare;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in an image: what it is told, and what it says. Not for several threads, except that output arrives by itself.
 * A guest that takes longer than its limit is killed, which its exit code then shows.
 */
final class Guest implements AutoCloseable {
    /** No card: what a process is handed for something else is descriptor 3 then. */
    static final NetworkOptions NO_NETWORK = new NetworkOptions(new Connection.None(), List.of(), null, null);


    private static final int INPUT_BUFFER = 1 << 20;

    private final RunningImage running;
    private final Output output;
    private final PipedOutputStream input;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private Guest(RunningImage running, Output output, PipedOutputStream input, Duration limit) {
        this.running = running;
        this.output = output;
        this.input = input;
        watchdog.schedule(running::kill, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a guest is started with; made with the static method of this class's owner. */
    static final class Setup {
        private final List<String> arguments = new ArrayList<>();
        private List<String> systemWords = List.of();
        private Map<String, String> environment = Map.of();
        private RunsOn runsOn = RunsOn.QEMU;
        private int memoryMib = 256;
        private Machine machine;
        private NetworkOptions network = NetworkOptions.DEFAULT;
        private List<DiskFile> disks = List.of();
        private List<FolderShare> shares = List.of();
        private List<String> qemuArguments = List.of();
        private Duration limit = Duration.ofSeconds(60);

        private Setup(String... arguments) {
            this.arguments.addAll(List.of(arguments));
        }

        Setup systemWords(String... words) {
            systemWords = List.of(words);
            return this;
        }

        Setup environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        Setup on(RunsOn what) {
            runsOn = what;
            return this;
        }

        Setup memoryMib(int mib) {
            memoryMib = mib;
            return this;
        }

        Setup machine(Machine model) {
            machine = model;
            return this;
        }

        Setup network(NetworkOptions options) {
            network = options;
            return this;
        }

        Setup disks(DiskFile... files) {
            disks = List.of(files);
            return this;
        }

        Setup shares(List<FolderShare> folders) {
            shares = folders;
            return this;
        }

        Setup qemuArguments(String... words) {
            qemuArguments = List.of(words);
            return this;
        }

        Setup limit(Duration duration) {
            limit = duration;
            return this;
        }

        /** Starts the image of the tests; its input stays open. */
        Guest start() throws Exception {
            return start(TestImage.get());
        }

        /** Starts an image; its input stays open. */
        Guest start(Path image) throws LaunchException, InterruptedException, IOException {
            Output output = new Output();
            PipedOutputStream input = new PipedOutputStream();
            LaunchOptions options = LaunchOptions.builder().runsOn(runsOn).memoryMib(memoryMib).machine(machine).arguments(arguments)
                    .systemWords(systemWords).environment(environment).network(network).disks(disks)
                    .shares(shares).qemuArguments(qemuArguments).in(new PipedInputStream(input, INPUT_BUFFER)).out(output).build();
            return new Guest(new Launcher().start(image, options), output, input, limit);
        }

        /** Starts the image of the tests without input and waits for its end. */
        Ended run() throws Exception {
            try (Guest guest = start()) {
                guest.endOfInput();
                return guest.waitFor();
            }
        }
    }

    /** How a guest ended. */
    record Ended(int code, String output) {

        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** A program of the image of the tests with its arguments. */
    static Setup program(String... nameAndArguments) {
        return new Setup(nameAndArguments);
    }

    /** Process id of what runs it. */
    long pid() {
        return running.pid();
    }

    /** Waits until the output contains {@code text}, or the guest ends. */
    void awaitOutput(String text) throws InterruptedException {
        output.await(text, Duration.ofMinutes(2));
    }

    /** Everything said so far. */
    String output() {
        return output.text();
    }

    /** Types. */
    void type(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
    }

    /** Types a line. */
    void type(String line) throws IOException {
        type((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the input. */
    void endOfInput() throws IOException {
        input.close();
    }

    /** Presses the power button. */
    void powerButton() throws InterruptedException {
        running.powerDown();
    }

    /** Ends it at once. */
    void kill() {
        running.kill();
    }

    /** Waits for the end. */
    Ended waitFor() throws LaunchException, InterruptedException {
        try {
            return new Ended(running.waitFor(), output.text());
        } catch (LaunchException e) {
            throw new LaunchException(e.getMessage() + "\nIt had said:\n" + output.text(), e.hint());
        } finally {
            output.ended();
        }
    }

    @Override
    public void close() throws IOException {
        watchdog.shutdownNow();
        input.close();
        running.close();
    }

    /** Collects output and wakes who waits for some. */
    private static final class Output extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
            notifyAll();
        }

        @Override
        public synchronized void write(byte[] b, int off, int len) {
            bytes.write(b, off, len);
            notifyAll();
        }

        private synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private synchronized void ended() {
            ended = true;
            notifyAll();
        }

        private synchronized void await(String text, Duration limit) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            while (!text().contains(text)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("The guest did not say '" + text + "' but:\n" + text());
                }
                wait(left);
            }
        }
    }
}
