package dev.ristretto.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code bench/disk} says: a line for each kind of work, its name and a rate; among lines of others, where it shares their console. */
final class DiskRates {
    private static final Pattern LINE = Pattern.compile("((?:write|read|create|delete|H2).*): ([0-9.]+)");

    private DiskRates() { }

    /** By the kind of work, in the order in which they were said. */
    static Map<String, Double> of(String said) {
        Map<String, Double> rates = new LinkedHashMap<>();
        said.lines().map(String::strip).map(LINE::matcher).filter(matcher -> matcher.matches())
                .forEach(matcher -> rates.put(matcher.group(1), Double.parseDouble(matcher.group(2))));
        return rates;
    }
}
