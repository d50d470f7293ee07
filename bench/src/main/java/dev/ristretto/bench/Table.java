package dev.ristretto.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints what was measured, with the raw values. */
final class Table {
    private static final String ROW = "  %-22s %s   raw: %s%n";

    private Table() { }

    /** A row for each name. */
    static void print(String title, Map<String, Series> rows) {
        System.out.printf("%n%s%n", title);
        System.out.printf("  %-22s %s%n", "", "   median  quartile  quartile     least  greatest");
        rows.forEach((name, series) -> System.out.printf(ROW, name, series.columns(), series.values().stream()
                .map(value -> String.format(Locale.ROOT, "%.1f", value)).collect(Collectors.joining(" "))));
    }

    /** How often {@code second} is in {@code first}: of the medians, and the least and the greatest of those that were measured in turns. */
    static void printRatio(String what, Series first, Series second) {
        double[] ratios = IntStream.range(0, Math.min(first.values().size(), second.values().size()))
                .mapToDouble(i -> first.values().get(i) / second.values().get(i)).sorted().toArray();
        System.out.printf(Locale.ROOT, "  %s: %.2f (in single rounds %.2f to %.2f)%n", what, first.median() / second.median(), ratios[0],
                ratios[ratios.length - 1]);
    }
}
