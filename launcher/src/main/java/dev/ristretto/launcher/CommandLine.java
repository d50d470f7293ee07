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
        List<String> words = new ArrayList<>();
        systemWords.forEach(word -> words.add(isDevice(word) ? word : quote(word)));
        environment.forEach((name, value) -> words.add(quote("env." + name + "=" + value)));
        if (!arguments.isEmpty()) {
            words.add("--");
            arguments.forEach(word -> words.add(quote(word)));
        }
        return String.join(" ", words);
    }

    /** A word about a device is the system's wherever it stands, unless it is quoted. */
    private static boolean isDevice(String word) {
        return word.startsWith("virtio_mmio.device=");
    }

    /** One word as the image will read it back. */
    static String quote(String word) {
        boolean plain = !word.isEmpty() && !isDevice(word) && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'' || c == '\\');
        return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
