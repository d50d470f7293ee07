package dev.ristretto.launcher.disk;

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

class DiskFileTest {
    @TempDir
    private Path folder;

    @Test
    void asTheUserSaysIt() {
        assertEquals(new DiskFile(Path.of("a.img"), false), DiskFile.parse("a.img"));
        assertEquals(new DiskFile(Path.of("a:b.img"), true), DiskFile.parse("a:b.img:ro"));
        assertThrows(IllegalArgumentException.class, () -> DiskFile.parse(""));
        assertThrows(IllegalArgumentException.class, () -> DiskFile.parse(":ro"));
    }

    @Test
    void asQemuWantsIt() {
        assertEquals(List.of("-drive", "if=none,id=disk0,format=raw,cache=writeback,discard=unmap,file=a,,b.img", "-device",
            "virtio-blk-device,drive=disk0"), new DiskFile(Path.of("a,b.img"), false).qemuWords(0, Machine.MICROVM));
        assertEquals(List.of("-drive", "if=none,id=disk2,format=raw,cache=writeback,discard=unmap,readonly=on,file=a.img", "-device",
            "virtio-blk-pci,drive=disk2"), new DiskFile(Path.of("a.img"), true).qemuWords(2, Machine.Q35));
    }

    @Test
    void asAProcessWantsIt() {
        assertEquals("ristretto.disk=/d/a.img", new DiskFile(Path.of("/d/a.img"), false).processWord());
        assertEquals("ristretto.disk=/d%20%25/a%3Aro:ro", new DiskFile(Path.of("/d %/a:ro"), true).processWord());
        assertEquals("ristretto.disk=" + Path.of("").toAbsolutePath() + "/%22%5C%27", new DiskFile(Path.of("\"\\'"), false).processWord());
    }

    @Test
    void whatCannotBeADiskIsRefused() throws Exception {
        LaunchException missing = assertThrows(LaunchException.class, () -> new DiskFile(folder.resolve("none.img"), false).check());
        assertTrue(missing.getMessage().endsWith("none.img does not exist"), missing.getMessage());
        assertTrue(missing.hint().contains("ristretto disk create"), missing.hint());
        LaunchException directory = assertThrows(LaunchException.class, () -> new DiskFile(folder, true).check());
        assertTrue(directory.getMessage().endsWith("is a folder, not a disk"), directory.getMessage());
        Path file = Files.createFile(folder.resolve("a.img"));
        new DiskFile(file, false).check();
        new DiskFile(file, true).check();
    }
}
