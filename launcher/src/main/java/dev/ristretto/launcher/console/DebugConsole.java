package dev.ristretto.launcher.console;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image says about itself on the debug console, one fact a line: {@code exit CODE}, {@code panic}, {@code mark NAME NANOS},
 * and from a process, whose clock is the host's, {@code entered NANOS}. Other lines are passed over.
 *
 * <p>One thread feeds lines, any thread may ask.
 */
public final class DebugConsole {
    /**
     * A moment in the boot.
     *
     * @param guestNanos nanoseconds since the guest's entry, by its own clock
     * @param hostNanos {@link System#nanoTime()} when the line arrived
     */
    public record Mark(String name, long guestNanos, long hostNanos) { }

    private static final Pattern EXIT = Pattern.compile("exit (\\d{1,3})");
    private static final Pattern MARK = Pattern.compile("mark (\\S+) (\\d{1,18})");
    private static final Pattern ENTERED = Pattern.compile("entered (\\d{1,18})");
    /** Enough for any boot chart; a guest gone wild must not fill the launcher's memory. */
    private static final int MAX_MARKS = 1000;

    private final List<Mark> marks = new ArrayList<>();
    private int exitCode = -1;
    private boolean panicked;
    /** The entry on the host's clock, if the image told; else -1. */
    private long entered = -1;

    /** Takes one line, without its line feed, that arrived at {@code hostNanos}. */
    public synchronized void line(String line, long hostNanos) {
        Matcher exit = EXIT.matcher(line);
        Matcher mark = MARK.matcher(line);
        Matcher entry = ENTERED.matcher(line);
        if (line.equals("panic")) {
            panicked = true;
        } else if (exit.matches()) {
            int code = Integer.parseInt(exit.group(1));
            exitCode = code <= 255 ? code : exitCode;
        } else if (mark.matches() && marks.size() < MAX_MARKS) {
            long guestNanos = Long.parseLong(mark.group(2));
            marks.add(new Mark(mark.group(1), guestNanos, entered < 0 ? hostNanos : entered + guestNanos));
        } else if (entry.matches()) {
            entered = Long.parseLong(entry.group(1));
        }
    }

    /** The exit code the image announced, 0 to 255; empty if it did not. */
    public synchronized OptionalInt exitCode() {
        return exitCode < 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** Whether the image said that it panicked. */
    public synchronized boolean panicked() {
        return panicked;
    }

    /** The marks so far, in order of arrival. */
    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }
}
