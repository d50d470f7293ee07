package dev.ristretto.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestElf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    private static final byte[] GOOD = GuestElf.of(new GuestCode().halt(), "format=1\nname=a b\ncpu=avx2, bmi1\nmin-memory-mib=24\nfuture=x\n");
    private static Path scratch;

    @BeforeContainer
    static void makeScratch() throws IOException {
        scratch = Files.createTempFile("image", ".elf");
    }

    @AfterContainer
    static void deleteScratch() throws IOException {
        Files.delete(scratch);
    }

    @Test
    void readsSegmentsEntryAndManifest(@TempDir Path directory) throws Exception {
        ImageFile file = ImageFile.read(Files.write(directory.resolve("image"), GOOD));
        assertEquals(List.of(1, 4), file.segments().stream().map(ImageFile.Segment::type).toList());
        assertEquals(Optional.of(0x101000L), file.pvhEntry());
        ImageManifest manifest = file.manifest().orElseThrow();
        assertEquals("a b", manifest.name());
        assertEquals(List.of("avx2", "bmi1"), manifest.cpuFeatures());
        assertEquals(List.of(), manifest.devices());
        assertEquals(24, manifest.minMemoryMib());
        assertEquals("x", manifest.value("future"));
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
        Files.write(scratch, java.util.Arrays.copyOf(GOOD, length));
        try {
            assertEquals(length, ImageFile.read(scratch).size());
        } catch (LaunchException e) {
            assertEquals(true, e.getMessage().contains("is not an image"), e.getMessage());
        }
    }
}
