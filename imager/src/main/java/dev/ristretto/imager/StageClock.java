package dev.ristretto.imager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the builder's output which stage it is in, and from how long each stage took last time how much is done.
 *
 * <p>Safe for use by several threads.
 */
final class StageClock {
    /** {@code [2/8] Performing analysis...  [****]    (12.3s @ 0.67GB)}; the end is missing while the stage lasts. */
    private static final Pattern STAGE = Pattern.compile("\\[(\\d+)/(\\d+)] ([^.\\[]+)\\.\\.\\..*");
    private static final String START = "Starting the builder";
    private static final String LINK = "Linking";

    /** How long the stages took, in milliseconds and in order. */
    private record Times(Map<String, Long> stages, boolean known) {
        /** Of a small program on two slow cores; only proportions matter, as nothing is left to tell from them. */
        private static final Times GUESS = new Times(guess(), false);

        private static Map<String, Long> guess() {
            Map<String, Long> guess = new LinkedHashMap<>();
            guess.put(START, 2_000L);
            guess.put("Initializing", 8_000L);
            guess.put("Performing analysis", 30_000L);
            guess.put("Building universe", 4_000L);
            guess.put("Parsing methods", 3_000L);
            guess.put("Inlining methods", 2_000L);
            guess.put("Compiling methods", 25_000L);
            guess.put("Laying out methods", 3_000L);
            guess.put("Creating image", 4_000L);
            guess.put(LINK, 1_000L);
            return guess;
        }
    }

    private final LongSupplier nanos;
    private final Times expected;
    private final List<String> begun = new ArrayList<>();
    private final List<Long> begins = new ArrayList<>();

    private StageClock(Times expected, LongSupplier nanos) {
        this.expected = expected;
        this.nanos = nanos;
        begin(START);
    }

    /** A clock that starts now and expects what {@code record} says, if it is there and can be read. */
    static StageClock start(Path record, LongSupplier nanos) {
        Map<String, Long> stages = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(record)) {
                int equals = line.lastIndexOf('=');
                stages.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
            }
        } catch (IOException | RuntimeException e) {
            return new StageClock(Times.GUESS, nanos);
        }
        return new StageClock(stages.isEmpty() ? Times.GUESS : new Times(stages, true), nanos);
    }

    /** Looks at a line of the builder's output, finished or not; true when a stage begins with it. */
    synchronized boolean line(String line) {
        Matcher stage = STAGE.matcher(line);
        return stage.matches() && begin(stage.group(3).strip());
    }

    /** The builder is done; what follows is ours. */
    synchronized boolean linking() {
        return begin(LINK);
    }

    private boolean begin(String stage) {
        if (begun.contains(stage)) {
            return false;
        }
        begun.add(stage);
        begins.add(nanos.getAsLong());
        return true;
    }

    /** Where the build is now. */
    synchronized ProgressListener.Progress now() {
        String current = begun.getLast();
        long total = Math.max(1, expected.stages.values().stream().mapToLong(Long::longValue).sum());
        long done = 0;
        for (Map.Entry<String, Long> stage : expected.stages.entrySet()) {
            if (stage.getKey().equals(current)) {
                break;
            }
            done += stage.getValue();
        }
        long spent = (nanos.getAsLong() - begins.getLast()) / 1_000_000;
        long inStage = Math.min(spent, expected.stages.getOrDefault(current, 0L));
        double fraction = Math.min(0.99, (done + inStage) / (double) total);
        if (!expected.stages.containsKey(current)) {
            fraction = 0;
        }
        Duration left = expected.known ? Duration.ofMillis(Math.max(0, total - done - inStage)) : null;
        return new ProgressListener.Progress(current, fraction, left);
    }

    /** Keeps how long the stages took, for the next build; for use at the end. */
    synchronized void save(Path record) throws IOException {
        List<String> lines = new ArrayList<>();
        long end = nanos.getAsLong();
        for (int i = 0; i < begun.size(); i++) {
            long next = i + 1 < begins.size() ? begins.get(i + 1) : end;
            lines.add(begun.get(i) + "=" + (next - begins.get(i)) / 1_000_000);
        }
        Files.write(record, lines);
    }
}
