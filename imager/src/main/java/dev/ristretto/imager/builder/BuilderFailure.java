package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Picks out of the builder's output what a user needs to know when it fails. One thread at a time. */
final class BuilderFailure {
    private static final int MOST_LINES = 40;

    private final Path log;
    private final List<String> errors = new ArrayList<>();
    private String last = "";
    private boolean inError;

    BuilderFailure(Path log) {
        this.log = log;
    }

    /** Looks at the next line of output. */
    synchronized void line(String line) {
        if (!line.isBlank()) {
            last = line;
        }
        boolean begins = line.startsWith("Error: ") || line.startsWith("Fatal error: ") || line.startsWith("Caused by: ")
                || line.startsWith("> ");
        boolean trace = line.startsWith("\tat ") || line.startsWith("\t... ");
        boolean ornament = line.startsWith("---") || line.startsWith("===") || line.isBlank();
        if (begins) {
            inError = true;
        } else if (trace || ornament) {
            inError = false;
        }
        if (inError && errors.size() < MOST_LINES && !errors.contains(line)) {
            errors.add(line);
        }
    }

    /** What is thrown when the builder has ended with this status, not 0. */
    synchronized ImagingException exception(int status) {
        String reason = String.join(System.lineSeparator(), errors);
        if (reason.isEmpty()) {
            reason = status > 128 ? "it was killed by signal " + (status - 128) : "its last words were: " + last;
        }
        String hint = status == 137 || reason.contains("OutOfMemoryError")
                ? "It needs 1 to 2 GB of free memory. The whole output is in " + log
                : "The whole output is in " + log;
        return new ImagingException("The native-image builder did not compile the program:" + System.lineSeparator() + reason, hint);
    }
}
