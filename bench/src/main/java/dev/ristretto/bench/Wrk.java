package dev.ristretto.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk} found with one thread.
 *
 * @param requestsPerSecond  of all connections together
 * @param millisByPercentage latencies: below the value were so many per cent of the requests; 50, 75, 90 and 99
 * @param errors             its line about failed connections, reads and writes, and about responses that were none; or empty
 */
record Wrk(double requestsPerSecond, Map<Integer, Double> millisByPercentage, String errors) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("(?m)^\\s+(\\d+)%\\s+([0-9.]+)(us|ms|s|m) *$");
    private static final Pattern ERRORS = Pattern.compile("Socket errors:.*|Non-2xx.*");

    static boolean isInstalled() throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", "command -v wrk >/dev/null").start().waitFor() == 0;
    }

    /** Runs it. */
    static Wrk run(String url, int connections, int seconds, String... headers) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("wrk", "-t1", "--latency", "--timeout", "10s", "-c" + connections, "-d" + seconds + "s"));
        for (String header : headers) {
            words.addAll(List.of("-H", header));
        }
        words.add(url);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IOException("wrk said " + said);
        }
        Map<Integer, Double> millis = new TreeMap<>();
        LATENCY.matcher(said).results().forEach(found -> millis.put(Integer.valueOf(found.group(1)),
                Double.parseDouble(found.group(2)) * inMillis(found.group(3))));
        Matcher errors = ERRORS.matcher(said);
        return new Wrk(Double.parseDouble(rate.group(1)), millis, errors.find() ? errors.group() : "");
    }

    private static double inMillis(String unit) {
        return switch (unit) {
            case "us" -> 0.001;
            case "ms" -> 1;
            case "s" -> 1000;
            default -> 60_000;
        };
    }
}
