package dev.ristretto.launcher.image;

import static dev.ristretto.launcher.image.ImageFileTest.GOOD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged files; in a class of its own because two test engines would overwrite each other's report. */
class DamagedImageFileTest {
    private static Path scratch;

    @BeforeContainer
    static void makeScratch() throws IOException {
        scratch = Files.createTempFile("image", ".elf");
    }

    @AfterContainer
    static void deleteScratch() throws IOException {
        Files.delete(scratch);
    }

    /** A file with any two bytes of its headers and notes damaged is read or refused, never anything else. */
    @Property
    void damagedFilesAreReadOrRefused(@ForAll @IntRange(max = 400) int first, @ForAll byte one, @ForAll @IntRange(max = 400) int second,
            @ForAll byte other) throws IOException {
        byte[] bytes = GOOD.clone();
        bytes[first] = one;
        bytes[second] = other;
        Files.write(scratch, bytes);
        try {
            assertEquals(scratch, ImageFile.read(scratch).path());
        } catch (LaunchException e) {
            assertEquals(true, e.getMessage().contains("is not an image"), e.getMessage());
        }
    }

    @Property(tries = 100)
    void cutFilesAreReadOrRefused(@ForAll @IntRange(max = 4100) int length) throws IOException {
        Files.write(scratch, Arrays.copyOf(GOOD, length));
        try {
            assertEquals(length, ImageFile.read(scratch).size());
        } catch (LaunchException e) {
            assertEquals(true, e.getMessage().contains("is not an image"), e.getMessage());
        }
    }
}
