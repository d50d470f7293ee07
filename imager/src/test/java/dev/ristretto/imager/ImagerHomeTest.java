package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagerHomeTest {
    @TempDir
    private Path directory;

    @Test
    void findsWhatIsInItsFolders() throws IOException, ImagingException {
        Path platform = Files.createDirectories(directory.resolve("platform"));
        Files.createFile(platform.resolve("b.jar"));
        Files.createFile(platform.resolve("a.jar"));
        Files.createFile(platform.resolve("notes.txt"));
        ImagerHome home = ImagerHome.of(directory);
        assertEquals(List.of(platform.resolve("a.jar"), platform.resolve("b.jar")), home.platform());
        assertEquals(directory.resolve("builder"), home.builder());
        assertNull(home.metadata());
        Path zip = Files.createFile(Files.createDirectories(directory.resolve("metadata")).resolve("m.zip"));
        assertEquals(zip, ImagerHome.of(directory).metadata());
    }

    @Test
    void aMissingFolderIsToldWithItsName() {
        ImagingException e = assertThrows(ImagingException.class, () -> ImagerHome.of(directory));
        assertTrue(e.getMessage().contains("platform"), e.getMessage());
        assertTrue(e.hint().contains("ristretto.home"), e.hint());
    }
}
