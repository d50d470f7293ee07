package dev.ristretto.launcher.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderShareTest {
    @TempDir
    private Path folder;

    @Test
    void asTheUserSaysIt() {
        assertEquals(List.of(new FolderShare(Path.of("a"), "/share", false), new FolderShare(Path.of("/b:c"), "/src/main", true),
                new FolderShare(Path.of("d"), "/share2", true)), FolderShare.parse(List.of("a", "/b:c:/src/main:ro", "d:ro")));
        assertEquals(List.of(), FolderShare.parse(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                        | names no folder",
        ":ro                       | names no folder",
        ":/x                       | names no folder",
        "a:/                       | a cannot be shared as /: a place is an absolute path",
        "a:/x/                     | a place is an absolute path",
        "a:/x/../y                 | a place is an absolute path",
        "a:/x y                    | a place is an absolute path",
        "a:/a23456789b123456789c12345678 | 28 characters at most",
        "a:/tmp                    | which every image uses itself",
        "a:/data2/x                | which every image uses itself"})
    void placesThatCannotBeAreRefused(String text, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> FolderShare.parse(List.of(text))).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void twoCannotBeAtTheSamePlace() {
        for (List<String> both : List.of(List.of("a", "b:/share"), List.of("a:/x", "b:/x/y"), List.of("a:/x/y", "b:/x"))) {
            String said = assertThrows(IllegalArgumentException.class, () -> FolderShare.parse(both)).getMessage();
            assertTrue(said.contains("because a is"), said);
        }
        assertEquals(2, FolderShare.parse(List.of("a:/x", "b:/xy")).size());
    }

    @Test
    void asQemuWantsIt() {
        assertEquals(List.of("-fsdev", "local,id=share0,security_model=none,multidevs=remap,path=a,,b", "-device",
            "virtio-9p-device,fsdev=share0,mount_tag=/share"), new FolderShare(Path.of("a,b"), "/share", false).qemuWords(0, Machine.MICROVM));
        assertEquals(List.of("-fsdev", "local,id=share2,security_model=none,multidevs=remap,readonly=on,path=a", "-device",
            "virtio-9p-pci,fsdev=share2,mount_tag=/x:ro"), new FolderShare(Path.of("a"), "/x", true).qemuWords(2, Machine.Q35));
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        LaunchException missing = assertThrows(LaunchException.class, () -> new FolderShare(folder.resolve("none"), "/share", false).check());
        assertTrue(missing.getMessage().endsWith("none does not exist"), missing.getMessage());
        assertTrue(missing.hint().startsWith("Make it: mkdir"), missing.hint());
        Path file = Files.createFile(folder.resolve("file"));
        LaunchException noFolder = assertThrows(LaunchException.class, () -> new FolderShare(file, "/share", false).check());
        assertTrue(noFolder.getMessage().endsWith("file is no folder"), noFolder.getMessage());
        new FolderShare(folder, "/share", false).check();
    }
}
