package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.cli.disk.DiskCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run --disk} says of disks, and what {@code --format} does to them. */
class DiskCheckTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path foreign(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 'x');
        return Files.write(folder.resolve("foreign.img"), content);
    }

    private static void refused(Path file, boolean readOnly, boolean format, String says) {
        CliException e = assertThrows(CliException.class, () -> DiskCheck.check(file, readOnly, format));
        assertTrue(e.getMessage().contains(says), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    @Test
    void nothingIsFormattedWithoutBeingAsked() throws Exception {
        Path file = foreign(2 * MIB);
        byte[] before = Files.readAllBytes(file);
        CliException e = assertThrows(CliException.class, () -> DiskCheck.check(file, false, false));
        assertTrue(e.hint().contains("--format"), e.hint());
        refused(file, true, true, "no file system of ours");
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void whatHoldsAFileSystemIsNotFormatted() throws Exception {
        Path file = foreign(2 * MIB);
        DiskCheck.check(file, false, true);
        byte[] formatted = Files.readAllBytes(file);
        assertEquals(2 * MIB, formatted.length);
        DiskCheck.check(file, false, true);
        DiskCheck.check(file, false, false);
        DiskCheck.check(file, true, false);
        assertArrayEquals(formatted, Files.readAllBytes(file));
        Files.write(file, Arrays.copyOf(formatted, MIB + 4096));
        refused(file, false, true, "less than");
        assertEquals(MIB + 4096, Files.size(file));
    }

    @Test
    void aFileThatDoesNotExistIsMadeOnlyIfAsked() throws Exception {
        Path file = folder.resolve("new.img");
        refused(file, false, false, "does not exist");
        refused(file, true, true, "does not exist");
        assertTrue(Files.notExists(file));
        DiskCheck.check(file, false, true);
        assertEquals(1L << 30, Files.size(file));
        DiskCheck.check(file, false, false);
    }

    @Test
    void tooSmall() throws Exception {
        refused(foreign(4096), false, true, "");
        refused(folder, false, true, "is a folder");
    }

    @Test
    void inUse() throws Exception {
        Path file = folder.resolve("used.img");
        DiskCheck.check(file, false, true);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.lock();
            refused(file, false, false, "in use");
        }
    }
}
