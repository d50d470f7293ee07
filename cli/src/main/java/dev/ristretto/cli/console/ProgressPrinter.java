package dev.ristretto.cli.console;

import dev.ristretto.imager.ProgressListener;
import java.time.Duration;
import java.util.Locale;

/** Shows how a build gets on: one line that moves on a terminal, elsewhere a line when a stage begins. */
public final class ProgressPrinter implements ProgressListener {
    private final Messages messages;
    private final boolean verbose;
    private String stage = "";

    /**
     * @param verbose whether the builder's own lines are shown too
     */
    public ProgressPrinter(Messages messages, boolean verbose) {
        this.messages = messages;
        this.verbose = verbose;
    }

    @Override
    public synchronized void progress(Progress progress) {
        if (progress.fraction() >= 1) {
            messages.clear();
        } else if (messages.terminal()) {
            messages.progress(line(progress));
        } else if (!progress.stage().equals(stage)) {
            messages.say(line(progress));
        }
        stage = progress.stage();
    }

    private static String line(Progress progress) {
        return String.format(Locale.ROOT, "[%3d%%] %s%s", progress.percent(), progress.stage(), left(progress.left()));
    }

    private static String left(Duration left) {
        if (left == null) {
            return "";
        }
        long seconds = Math.max(1, left.toSeconds());
        return seconds < 60 ? ", about " + seconds + " s left"
                : String.format(Locale.ROOT, ", about %d:%02d min left", seconds / 60, seconds % 60);
    }

    @Override
    public void builderOutput(String line) {
        if (verbose) {
            messages.plain(line);
        }
    }

    @Override
    public void warning(String message) {
        messages.say("warning: " + message);
    }
}
