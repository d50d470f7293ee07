package dev.ristretto.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An image as a process beside HotSpot with the same jar. The two take turns, so that a busy moment of the host meets both. Arguments:
 * the java command, image and jar of hello, image and jar of the work, number of runs, seconds to warm up.
 */
public final class ProcessBench {
    private static final int WORK_PROCESSES = 3;
    private static final String ROUNDS = "7";

    private ProcessBench() { }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String java = args[0];
        List<String> image = List.of(args[1]);
        List<String> hotspot = List.of(java, "-Xshare:auto", "-jar", args[2]);
        int runs = Integer.parseInt(args[5]);
        start(image, hotspot, runs);
        memory(image, hotspot);
        work(List.of(args[3]), List.of(java, "-Xmx1g", "-jar", args[4]), args[6]);
    }

    private static void start(List<String> image, List<String> hotspot, int runs) throws IOException, InterruptedException {
        Map<String, Series> main = new LinkedHashMap<>();
        Map<String, Series> end = new LinkedHashMap<>();
        for (int run = -1; run < runs; run++) { // the first round fills caches and is not counted
            for (boolean isImage : new boolean[] {true, false}) {
                String name = isImage ? "process" : "HotSpot";
                Times times = isImage ? imageTimes(image) : hotspotTimes(hotspot);
                if (run >= 0) {
                    main.computeIfAbsent(name, key -> new Series()).add(times.main);
                    end.computeIfAbsent(name, key -> new Series()).add(times.end);
                }
            }
        }
        Table.print("hello: start of the process to main, ms (HotSpot's is to the first line of output)", main);
        Table.print("hello: start of the process to its end, ms", end);
    }

    private record Times(double main, double end) { }

    /** The image says on its launcher's line when it was entered, on the clock that is also this process's, and when it got to main. */
    private static Times imageTimes(List<String> command) throws IOException, InterruptedException {
        Path line = Files.createTempFile("line", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("RISTRETTO_OPTIONS", "ristretto.timings ristretto.line=" + line);
            long start = System.nanoTime();
            await(builder.start());
            long end = System.nanoTime();
            long entered = 0;
            long main = 0;
            for (String text : Files.readAllLines(line)) {
                String[] words = text.split(" ");
                entered = words[0].equals("entered") ? Long.parseLong(words[1]) : entered;
                main = text.startsWith("mark main ") ? Long.parseLong(words[2]) : main;
            }
            return new Times((entered + main - start) / 1e6, (end - start) / 1e6);
        } finally {
            Files.delete(line);
        }
    }

    private static Times hotspotTimes(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).start();
        process.getInputStream().read();
        long main = System.nanoTime();
        process.getInputStream().readAllBytes();
        await(process);
        return new Times((main - start) / 1e6, (System.nanoTime() - start) / 1e6);
    }

    private static void await(Process process) throws IOException, InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException("a program ended with " + code + ": " + errors);
        }
    }

    /** What {@code /usr/bin/time} would call the maximum resident set, which it gets from the same call. */
    private static void memory(List<String> image, List<String> hotspot) throws IOException, InterruptedException {
        Map<String, Series> resident = new LinkedHashMap<>();
        for (int run = 0; run < 5; run++) {
            resident.computeIfAbsent("process", key -> new Series()).add(peakMib(image));
            resident.computeIfAbsent("HotSpot", key -> new Series()).add(peakMib(hotspot));
        }
        Table.print("hello: greatest resident memory, MiB", resident);
    }

    private static double peakMib(List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("python3", "-c", "import os,resource,sys\n"
                + "pid=os.fork()\nif pid==0:\n os.dup2(os.open('/dev/null',os.O_WRONLY),1)\n os.execv(sys.argv[1],sys.argv[1:])\n"
                + "_,_,usage=os.wait4(pid,0)\nprint(usage.ru_maxrss)"));
        words.addAll(command);
        Process process = new ProcessBuilder(words).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        await(process);
        return Long.parseLong(text) / 1024.0;
    }

    private static void work(List<String> image, List<String> hotspot, String warmUp) throws IOException, InterruptedException {
        Map<String, Series> images = new LinkedHashMap<>();
        Map<String, Series> hotspots = new LinkedHashMap<>();
        for (int i = 0; i < WORK_PROCESSES; i++) {
            collect(image, warmUp, images);
            collect(hotspot, warmUp, hotspots);
        }
        for (String kind : images.keySet()) {
            Map<String, Series> both = new LinkedHashMap<>();
            both.put("process", images.get(kind));
            both.put("HotSpot", hotspots.get(kind));
            Table.print(kind + ": ms a round, warmed up for " + warmUp + " s, " + WORK_PROCESSES + " processes of " + ROUNDS + " rounds", both);
        }
        System.out.printf("%nSpeed of the process as a part of HotSpot's (medians; 1.00 is as fast)%n");
        images.forEach((kind, series) ->
                System.out.printf(Locale.ROOT, "  %-12s %.2f%n", kind, hotspots.get(kind).median() / series.median()));
    }

    private static void collect(List<String> command, String warmUp, Map<String, Series> into)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(warmUp, ROUNDS));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("RISTRETTO_OPTIONS", "-Xmx1g");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        await(process);
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ");
            for (int i = 1; i < parts.length; i++) {
                into.computeIfAbsent(parts[0], key -> new Series()).add(Double.parseDouble(parts[i]));
            }
        }
    }
}
