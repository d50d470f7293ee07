package dev.ristretto.cli.console;

import java.io.PrintStream;

/**
 * Messages for the user on standard error, so that standard output is the program's alone. A progress line that stands there is taken
 * away first.
 *
 * <p>May be used by several threads.
 */
public final class Messages {
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private boolean lineOpen;

    /**
     * @param terminal whether {@code err} is a terminal, where a line can be written over
     */
    public Messages(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Whether the user looks at a terminal. */
    public boolean terminal() {
        return terminal;
    }

    /** A message of ours, with our name before it. */
    public synchronized void say(String message) {
        plain("ristretto: " + message);
    }

    /** What went wrong, and below it what to do; an empty or null hint is left out. */
    public synchronized void error(String message, String hint) {
        say(message);
        if (hint != null && !hint.isEmpty()) {
            plain("  " + hint.replace("\n", "\n  "));
        }
    }

    /** A line, or several, as they are. */
    public synchronized void plain(String text) {
        clear();
        err.print(text.endsWith("\n") ? text : text + "\n");
        err.flush();
    }

    /** Shows {@code text} on the one line that moves; nothing where there is no terminal. */
    public synchronized void progress(String text) {
        if (terminal) {
            err.print(ERASE + text);
            err.flush();
            lineOpen = true;
        }
    }

    /** Takes the moving line away. */
    public synchronized void clear() {
        if (lineOpen) {
            err.print(ERASE);
            err.flush();
            lineOpen = false;
        }
    }
}
