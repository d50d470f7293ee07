package dev.ristretto.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Composes the kernel command line that an image reads: words for the system, then {@code --} and the program's arguments. Words are
 * separated by white space; those with white space, quotes or backslashes in them, and empty ones, are put in double quotes, inside
 * which a backslash takes the next character literally.
 */
final class CommandLine {
    private CommandLine() { }

    static String compose(List<String> systemWords, Map<String, String> environment, List<String> arguments) {
        List<String> words = new ArrayList<>(systemWords);
        environment.forEach((name, value) -> words.add("env." + name + "=" + value));
        if (!arguments.isEmpty()) {
            words.add("--");
            words.addAll(arguments);
        }
        return String.join(" ", words.stream().map(CommandLine::quote).toList());
    }

    /** One word as the image will read it back. */
    static String quote(String word) {
        boolean plain = !word.isEmpty() && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'' || c == '\\');
        return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
