package dev.ristretto.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestElf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    static final byte[] GOOD = GuestElf.of(new GuestCode().halt(), "format=1\nname=a b\ncpu=avx2, bmi1\nmin-memory-mib=24\nfuture=x\n");

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
}
