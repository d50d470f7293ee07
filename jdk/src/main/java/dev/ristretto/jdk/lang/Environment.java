package dev.ristretto.jdk.lang;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The environment of the program in the form in which {@code java.lang.ProcessEnvironment} wants it. */
final class Environment {
    private Environment() {
    }

    /**
     * Names and values in turn, as UTF-8.
     *
     * @param variables {@code NAME=value} each; the first {@code =} that is not at the start separates (as in the C library's
     *            environment, where a name may begin with one). What has no separator is left out, as the JDK does.
     */
    static byte[][] namesAndValues(String[] variables) {
        List<byte[]> result = new ArrayList<>(2 * variables.length);
        for (String variable : variables) {
            int separator = variable.indexOf('=', 1);
            if (separator > 0) {
                result.add(variable.substring(0, separator).getBytes(StandardCharsets.UTF_8));
                result.add(variable.substring(separator + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return result.toArray(byte[][]::new);
    }

    /** The value of a variable, or null; of several with the same name the first counts, as it does in {@code System.getenv}. */
    static String get(String[] variables, String name) {
        String prefix = name + "=";
        for (String variable : variables) {
            if (variable.startsWith(prefix)) {
                return variable.substring(prefix.length());
            }
        }
        return null;
    }
}
