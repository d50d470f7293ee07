package dev.ristretto.systemtests;

import java.util.List;
import java.util.stream.Stream;

/**
 * A line of the report that tests inside an image print on the console; its format is described at
 * {@code dev.ristretto.imagetests.launcher.ConsoleReport}.
 */
sealed interface Report {

    /** What such lines start with. */
    String MARK = "##ristretto-test\t";

    /** A test began. */
    record Started(String className, String id, String name) implements Report { }

    /** A test ended. */
    record Ended(String className, String id, String name, String status, long milliseconds, String trace) implements Report { }

    /** A test was left out on purpose. */
    record Skipped(String className, String id, String name, String reason) implements Report { }

    /** A class ended; its status is about what is outside its tests. */
    record ClassEnded(String className, String status, String trace) implements Report { }

    /** All ended. */
    record Done(int tests, int failures) implements Report { }

    /**
     * {@return what a line reports; null if it is an ordinary line of output}
     *
     * @throws IllegalArgumentException if it is a report that cannot be understood
     */
    static Report parse(String line) {
        if (!line.startsWith(MARK)) {
            return null;
        }
        List<String> fields = Stream.of(line.substring(MARK.length()).split("\t", -1)).map(Report::unescape).toList();
        try {
            return switch (fields.getFirst()) {
                case "start" -> new Started(fields.get(1), fields.get(2), fields.get(3));
                case "end" -> new Ended(fields.get(1), fields.get(2), fields.get(3), fields.get(4), Long.parseLong(fields.get(5)), fields.get(6));
                case "skip" -> new Skipped(fields.get(1), fields.get(2), fields.get(3), fields.get(4));
                case "class" -> new ClassEnded(fields.get(1), fields.get(2), fields.get(3));
                case "done" -> new Done(Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)));
                default -> throw new IllegalArgumentException("unknown report: " + line);
            };
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("report with missing or wrong fields: " + line, e);
        }
    }

    private static String unescape(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                text.append(switch (field.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> field.charAt(i);
                });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
