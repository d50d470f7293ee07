package dev.ristretto.bench.work;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Runs each kind of work for a while to warm up and then for a number of rounds, and prints a line each: its name and the milliseconds of
 * each round. Arguments: seconds to warm up, rounds, names of kinds (all if there are none).
 */
public final class Work {
    private Work() {
    }

    /** Runs them. */
    public static void main(String[] args) {
        long warmUp = args.length > 0 ? (long) (Double.parseDouble(args[0]) * 1e9) : 3_000_000_000L;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        Map<String, LongSupplier> kinds = new LinkedHashMap<>();
        kinds.put("json", new Json()::round);
        kinds.put("sort", Sort::round);
        kinds.put("sha-256", Sha::round);
        kinds.put("n-body", NBody::round);
        kinds.put("ray-tracer", RayTracer::round);
        kinds.put("regex", Regex::round);
        kinds.forEach((name, kind) -> {
            boolean wanted = args.length <= 2;
            for (int i = 2; i < args.length; i++) {
                wanted |= args[i].equals(name);
            }
            if (wanted) {
                measure(name, kind, warmUp, rounds);
            }
        });
    }

    private static void measure(String name, LongSupplier kind, long warmUp, int rounds) {
        long expected = kind.getAsLong();
        for (long start = System.nanoTime(); System.nanoTime() - start < warmUp;) {
            check(name, expected, kind.getAsLong());
        }
        StringBuilder line = new StringBuilder(name);
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            long result = kind.getAsLong();
            line.append(' ').append((System.nanoTime() - start) / 1000 / 1000.0);
            check(name, expected, result);
        }
        System.out.println(line);
    }

    private static void check(String name, long expected, long result) {
        if (expected != result) {
            throw new IllegalStateException(name + " gave " + result + " where it had given " + expected);
        }
    }
}
