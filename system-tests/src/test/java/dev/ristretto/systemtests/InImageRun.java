package dev.ristretto.systemtests;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs all JUnit tests of an image and hands out their outcomes as they come. When the image ends or hangs in the middle, the test it
 * was at has failed, and the image is booted again for the classes after it, so that one crash costs one class.
 */
final class InImageRun implements Iterator<InImageRun.Outcome> {

    /** Longest silence between two lines of the report: longer than the longest test. */
    private static final Duration SILENCE = Duration.ofMinutes(5).plusSeconds(Integer.getInteger("ristretto.test.gc.seconds", 0));
    /** Room for a hundred thousand virtual threads; more only makes it take longer to run out of memory. */
    private static final int MEMORY_MIB = 1024;
    private static final int MAX_BOOTS = 40;
    private static final int LINES_OF_OUTPUT = 400;
    private static final String ENDED = "\u0000ended";

    /**
     * What became of a test.
     *
     * @param name class and test
     * @param failure what to report as its failure; null for none
     * @param skipped why it was not run or given up; null if it was
     */
    record Outcome(String name, String failure, String skipped) { }

    private final RunsOn runsOn;
    private final Path image;
    private final List<String> systemWords;
    private final List<String> only;
    private final List<DiskFile> disks;
    private final Path log;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Deque<Outcome> ready = new ArrayDeque<>();
    private final Deque<String> recent = new ArrayDeque<>();
    private RunningImage running;
    private int boots;
    private boolean done;
    private String lastClass = "";
    private Report.Started current;

    /**
     * @param runsOn the machine
     * @param image what to boot
     * @param systemWords words for the system on the command line
     * @param only the classes to run, or {@code CLASS#METHOD}; empty for all
     * @param disks its disks
     * @param log gets everything the image prints
     */
    InImageRun(RunsOn runsOn, Path image, List<String> systemWords, List<String> only, List<DiskFile> disks, Path log) throws IOException {
        this.runsOn = runsOn;
        this.image = image;
        this.systemWords = systemWords;
        this.only = only;
        this.disks = disks;
        this.log = log;
        Files.deleteIfExists(log);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !done) {
            advance();
        }
        return !ready.isEmpty();
    }

    @Override
    public Outcome next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }

    private void advance() {
        try {
            if (running == null) {
                boot();
            }
            String line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                running.kill();
                broken("said nothing for " + SILENCE.toSeconds() + " s and was killed");
            } else if (line.startsWith(ENDED)) {
                broken(line.substring(ENDED.length()));
            } else {
                take(line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done = true;
        } catch (LaunchException | IOException e) {
            done = true;
            ready.add(new Outcome("boot " + boots, "The image could not be started: " + e.getMessage(), null));
        }
    }

    private void boot() throws LaunchException, InterruptedException, IOException {
        boots++;
        lines.clear();
        recent.clear();
        current = null;
        List<String> arguments = new ArrayList<>(List.of("junit"));
        if (!only.isEmpty()) {
            arguments.addAll(only);
        } else if (!lastClass.isEmpty()) {
            arguments.addAll(List.of("--after", lastClass));
        }
        List<String> words = new ArrayList<>(systemWords);
        words.add("-Dristretto.test.epoch-millis=" + System.currentTimeMillis());
        LaunchOptions options = LaunchOptions.builder().runsOn(runsOn).memoryMib(MEMORY_MIB).systemWords(words).arguments(arguments)
                .disks(disks).out(new Lines()).build();
        RunningImage started = new Launcher().start(image, options);
        running = started;
        Thread.ofPlatform().daemon().name("image-end").start(() -> {
            String how;
            try {
                how = "ended with exit code " + started.waitFor();
            } catch (LaunchException e) {
                how = "failed: " + e.getMessage();
            } catch (InterruptedException e) {
                how = "was no longer watched";
            }
            lines.add(ENDED + how);
        });
    }

    private void take(String line) {
        recent.addLast(line);
        if (recent.size() > LINES_OF_OUTPUT) {
            recent.removeFirst();
        }
        switch (Report.parse(line)) {
            case null -> { }
            case Report.Started started -> {
                current = started;
                lastClass = topClass(started.className());
            }
            case Report.Ended ended -> {
                current = null;
                recent.clear();
                String name = name(ended.className(), ended.name());
                switch (ended.status()) {
                    case "SUCCESSFUL" -> ready.add(new Outcome(name, null, null));
                    case "ABORTED" -> ready.add(new Outcome(name, null, ended.trace()));
                    default -> ready.add(new Outcome(name, ended.trace(), null));
                }
            }
            case Report.Skipped skipped -> ready.add(new Outcome(name(skipped.className(), skipped.name()), null, skipped.reason()));
            case Report.ClassEnded ended -> {
                lastClass = topClass(ended.className());
                if (ended.status().equals("FAILED")) {
                    ready.add(new Outcome(name(ended.className(), "outside its tests"), ended.trace(), null));
                }
            }
            case Report.Done end -> {
                done = true;
                if (end.tests() == 0) {
                    ready.add(new Outcome("all", "The image ran no test at all", null));
                }
            }
        }
    }

    private void broken(String how) {
        running = null;
        String where = current == null ? name(lastClass.isEmpty() ? "the start" : lastClass, "between tests") : name(current.className(), current.name());
        ready.add(new Outcome(where, "The image " + how + "; other tests of this class may not have run. It had said:\n"
                + String.join("\n", recent), null));
        // Without a class to go on after, the same would happen again.
        done = lastClass.isEmpty() || !only.isEmpty() || boots >= MAX_BOOTS;
    }

    private static String topClass(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    private static String name(String className, String test) {
        return className.substring(className.lastIndexOf('.') + 1) + "." + test;
    }

    /** Cuts output into lines, and keeps all of it in the log. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(bytes, offset, length);
            }
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    lines.add(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (bytes[i] != '\r') {
                    line.write(bytes[i]);
                }
            }
        }
    }
}
