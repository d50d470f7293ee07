package dev.ristretto.launcher;

import dev.ristretto.launcher.console.DebugConsole.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of one run went, from starting QEMU, or the process, to its end.
 *
 * <p>The guest's marks are counted from its entry by its own clock. The entry itself is placed on the host's clock by the mark that took
 * the least time to arrive, less what the guest's clock showed in it; that least time (well under a millisecond) is thus counted as
 * QEMU's.
 *
 * @param stages in order
 */
public record BootChart(List<Stage> stages) {
    /**
     * One stage.
     *
     * @param nanos its length in nanoseconds
     */
    public record Stage(String name, long nanos) { }

    private static final int BAR = 40;

    public BootChart {
        stages = List.copyOf(stages);
    }

    /**
     * The chart of a run.
     *
     * @param engine what runs until the image's entry
     * @param startNanos host time at which it was started
     * @param endNanos host time at which it had ended
     */
    static BootChart of(String engine, List<Mark> marks, long startNanos, long endNanos) {
        List<Stage> stages = new ArrayList<>();
        if (marks.isEmpty()) {
            stages.add(new Stage(engine + " and image", endNanos - startNanos));
            return new BootChart(stages);
        }
        long entry = marks.stream().mapToLong(mark -> mark.hostNanos() - mark.guestNanos()).min().orElseThrow();
        stages.add(new Stage(engine, entry - startNanos));
        long previous = 0;
        for (Mark mark : marks) {
            if (!mark.name().equals("entry")) {
                stages.add(new Stage(stageBefore(mark.name()), mark.guestNanos() - previous));
                previous = mark.guestNanos();
            }
        }
        stages.add(new Stage(marks.getLast().name().equals("exit") ? "power off" : "to the end", endNanos - entry - previous));
        return new BootChart(stages);
    }

    /** A mark names what begins; the stage it ends is named after what ran until then. */
    private static String stageBefore(String mark) {
        return switch (mark) {
            case "kernel" -> "boot code";
            case "runtime" -> "kernel";
            case "main" -> "runtime";
            case "exit" -> "main";
            default -> "to " + mark;
        };
    }

    /** Milliseconds from the start to the program's main method; negative if the image did not say when that was. */
    public double millisToMain() {
        long sum = 0;
        for (Stage stage : stages) {
            sum += stage.nanos;
            if (stage.name.equals("runtime")) {
                return sum / 1e6;
            }
        }
        return -1;
    }

    /** The chart as text, one stage a line, each line ended by a line feed. */
    public String render() {
        long total = Math.max(1, stages.stream().mapToLong(Stage::nanos).sum());
        StringBuilder text = new StringBuilder();
        long before = 0;
        for (Stage stage : stages) {
            int from = (int) (BAR * Math.max(0, before) / total);
            int length = (int) Math.max(1, Math.round((double) BAR * stage.nanos / total));
            String bar = " ".repeat(from) + "#".repeat(Math.min(length, BAR + 1));
            text.append(String.format(Locale.ROOT, "  %-14s %9.2f ms  %s%n", stage.name, stage.nanos / 1e6, bar));
            before += stage.nanos;
        }
        text.append(String.format(Locale.ROOT, "  %-14s %9.2f ms%n", "all", total / 1e6));
        if (millisToMain() >= 0) {
            text.append(String.format(Locale.ROOT, "  %-14s %9.2f ms%n", "start to main", millisToMain()));
        }
        return text.toString();
    }
}
