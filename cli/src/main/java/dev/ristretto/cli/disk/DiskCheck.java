package dev.ristretto.cli.disk;

import dev.ristretto.cli.CliException;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a disk before an image is started with it, so that what is wrong with it is told at once. */
public final class DiskCheck {
    private static final long NEW_BYTES = 1L << 30;
    private static final String FORMAT_HINT = "If there is nothing in it that you need, say --format to make an empty file system on it; "
            + "'ristretto disk create' makes one in a new file.";

    private DiskCheck() {
    }

    /**
     * Objects to a disk that an image could not mount.
     *
     * @param readOnly whether the image is to read it only
     * @param format   whether a disk without a file system is given one, and one that does not exist is made; what holds a file system,
     *                 damaged or not, is never touched
     */
    public static void check(Path file, boolean readOnly, boolean format) throws CliException {
        if (format && !readOnly && !Files.exists(file)) {
            Disk.create(file, NEW_BYTES, "", false);
            return;
        }
        try {
            verify(file, readOnly);
        } catch (CliException e) {
            if (!(e.getCause() instanceof CowfsException problem) || problem.problem() != Problem.NOT_COWFS) {
                throw e;
            }
            if (!format || readOnly) {
                throw new CliException(e.getMessage(), FORMAT_HINT, e);
            }
            format(file);
        }
    }

    private static void verify(Path file, boolean readOnly) throws CliException {
        try (Disk disk = Disk.open(file, true)) {
            if (!readOnly && !(disk.fileSystem() instanceof Cowfs)) {
                throw Disk.onlyRead(file, "Say --disk " + file + ":ro.");
            }
            if (!readOnly && !Files.isWritable(disk.file())) {
                throw new CliException(file + " may not be written by you", "Make it writable, or say --disk " + file + ":ro for reading only.");
            }
        }
    }

    private static void format(Path file) throws CliException {
        try {
            Disk.format(file);
        } catch (IOException e) {
            throw new CliException(file + " cannot be formatted: " + e.getMessage(), "", e);
        }
    }
}
