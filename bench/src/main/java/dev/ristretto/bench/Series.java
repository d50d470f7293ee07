package dev.ristretto.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values of one thing measured several times. */
final class Series {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** In the order of measuring. */
    List<Double> values() {
        return values;
    }

    /** The value at {@code fraction} (0 to 1) of the way from the least to the greatest; between two values the lower one. */
    double quantile(double fraction) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.floor(fraction * (sorted.size() - 1)));
    }

    double median() {
        return quantile(0.5);
    }

    /** Median, quartiles, least and greatest in columns of the table. */
    String columns() {
        return String.format(Locale.ROOT, "%9.1f %9.1f %9.1f %9.1f %9.1f", median(), quantile(0.25), quantile(0.75), quantile(0),
                quantile(1));
    }
}
