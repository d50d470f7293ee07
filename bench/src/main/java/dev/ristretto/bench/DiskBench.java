package dev.ristretto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An image as a process, on a disk that is a file, beside HotSpot with the same jar on the file system that this file is on; both on this
 * host. The two take turns. Arguments: the java command, the image, its jar, a folder to work in, {@code ristretto}, and how often.
 */
public final class DiskBench {
    private static final String ROUNDS = "3";
    private static final String HEAP = "-Xmx512m";

    private DiskBench() { }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[3])), "disk").toAbsolutePath();
        Path disk = folder.resolve("disk.img");
        int runs = Integer.parseInt(args[5]);
        Map<String, List<List<Double>>> results = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            Command.run(List.of(args[4], "disk", "create", disk.toString(), "--size", "4g"), Map.of());
            take(results, 0, Command.run(List.of(args[1], "/data", ROUNDS),
                    Map.of("RISTRETTO_OPTIONS", HEAP + " ristretto.memory=2000000000 ristretto.disk=" + disk)));
            Files.delete(disk);
            Path host = Files.createDirectory(folder.resolve("host"));
            take(results, 1, Command.run(List.of(args[0], HEAP, "-jar", args[2], host.toString(), ROUNDS), Map.of()));
            for (String left : List.of("database.mv.db", "database.trace.db")) {
                Files.deleteIfExists(host.resolve(left));
            }
            Files.delete(host);
        }
        Files.delete(folder);
        System.out.printf(Locale.ROOT, "%-52s %28s %28s%n", "median of " + runs + " (least to most)", "process", "HotSpot");
        results.forEach((what, values) -> System.out.printf(Locale.ROOT, "%-52s %28s %28s%n", what, summary(values.get(0)), summary(values.get(1))));
    }

    private static void take(Map<String, List<List<Double>>> results, int which, String said) {
        DiskRates.of(said).forEach((what, rate) -> results.computeIfAbsent(what, key -> List.of(new ArrayList<>(), new ArrayList<>())).get(which).add(rate));
    }

    private static String summary(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}
