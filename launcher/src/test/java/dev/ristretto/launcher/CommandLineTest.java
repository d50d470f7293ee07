package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Command lines are read back by the rules images read them with, written down once more here. */
class CommandLineTest {
    @Property
    void everyWordIsReadBackAsItWas(@ForAll List<String> words) {
        assertEquals(words, read(String.join(" ", words.stream().map(CommandLine::quote).toList())));
    }

    /** Words by white space; both kinds of quotes; a backslash takes the next character literally but in single quotes. */
    private static List<String> read(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int quote = -1;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote < 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (quote != '\'' && c == '\\') {
                word.append(line.charAt(++i));
            } else if (quote < 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = -1;
            } else {
                word.append(c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
