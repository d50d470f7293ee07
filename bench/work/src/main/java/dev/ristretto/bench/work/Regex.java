package dev.ristretto.bench.work;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds dates, addresses and numbers in a text of a megabyte. */
final class Regex {
    private static final Pattern[] PATTERNS = {Pattern.compile("\\b(\\d{4})-(\\d\\d)-(\\d\\d)\\b"),
        Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"), Pattern.compile("(?i)\\b(error|warning|notice):\\s+(.*?)$", Pattern.MULTILINE),
        Pattern.compile("(?<![\\d.])-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?")};
    private static final String TEXT = text();

    private Regex() {
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1 << 20; i++) {
            text.append("2026-").append(10 + i % 3).append('-').append(10 + i % 18).append(" host").append(i % 7)
                .append(" someone.").append(i).append("@example.org said it took ").append(i * 0.75).append(" ms\n");
            if (i % 5 == 0) {
                text.append("Warning: disk ").append(i).append(" is nearly full\n");
            }
        }
        return text.toString();
    }

    static long round() {
        long sum = 0;
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(TEXT);
            while (matcher.find()) {
                sum = 31 * sum + matcher.end() - matcher.start();
            }
        }
        return sum;
    }
}
