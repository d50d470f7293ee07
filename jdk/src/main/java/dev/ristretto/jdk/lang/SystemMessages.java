package dev.ristretto.jdk.lang;

import dev.ristretto.kernel.console.Console;
import java.nio.charset.StandardCharsets;

/**
 * What the system itself says to whoever looks at the console. Not by {@code System.err}: a program may have put something there that needs
 * what the system talks about. Any thread may call.
 */
public final class SystemMessages {
    private SystemMessages() {
    }

    /** Prints a line. */
    public static void say(String line) {
        write("ristretto: " + line + "\n");
    }

    /** Prints why the system ends, in the form of a panic's report. */
    public static void panic(String what, String hint) {
        write("ristretto panic: " + what + "\nhint: " + hint + "\n");
    }

    private static void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Console.write(Console.ERRORS, bytes, 0, bytes.length);
    }
}
