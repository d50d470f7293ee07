package dev.ristretto.launcher.qemu;

import dev.ristretto.launcher.LaunchException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds programs of the host. */
public final class QemuFinder {
    /** The program that emulates x86-64 PCs. */
    public static final String PROGRAM = "qemu-system-x86_64";

    private QemuFinder() { }

    /**
     * QEMU on the search path.
     *
     * @param searchPath directories, as in the environment variable {@code PATH}; null for none
     * @throws LaunchException if it is not there, with the command that installs it
     */
    public static Path find(String searchPath) throws LaunchException {
        Path program = onPath(PROGRAM, searchPath);
        if (program == null) {
            throw new LaunchException("QEMU (" + PROGRAM + ") is not installed",
                    "Type: apt-get install -y --no-install-recommends qemu-system-x86");
        }
        return program;
    }

    /** The first executable file called {@code program} in {@code searchPath}, or null. */
    public static Path onPath(String program, String searchPath) {
        if (searchPath != null) {
            for (String directory : searchPath.split(File.pathSeparator)) {
                try {
                    Path candidate = Path.of(directory.isEmpty() ? "." : directory, program).toAbsolutePath();
                    if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                        return candidate;
                    }
                } catch (InvalidPathException e) {
                    continue; // as a shell would: a nonsensical entry finds nothing
                }
            }
        }
        return null;
    }
}
