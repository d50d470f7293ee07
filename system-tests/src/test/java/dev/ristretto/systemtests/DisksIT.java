package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.disk.DiskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks of an image, seen from outside. */
class DisksIT {
    @TempDir
    private Path folder;

    private DiskFile disk(String name) throws Exception {
        Path file = folder.resolve(name);
        Checkout.run("disk", "create", file.toString(), "--size", "16m");
        return new DiskFile(file, false);
    }

    /** However the program ends, what it wrote is there, although it never forced it. */
    @ParameterizedTest
    @CsvSource({"return, 0", "exit, 3", "halt, 4", "throw, 1"})
    void whatWasWrittenIsOnTheDiskAtTheEnd(String how, int code) throws Exception {
        DiskFile disk = disk("a.img");
        Guest.Ended ended = Guest.program("file-write", "/data/file", "the text", how).disks(disk).run();
        assertEquals(code, ended.code(), ended.output());
        assertTrue(ended.output().contains("wrote 8 bytes, "), ended.output());
        assertEquals("the text", Checkout.run("disk", "cat", disk.file().toString(), "/file"));
        Checkout.run("disk", "check", disk.file().toString());
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void disksAreFoundInTheOrderOfTheCommandLine(Machine machine) throws Exception {
        List<DiskFile> disks = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("file-print"));
        for (int i = 1; i <= 3; i++) {
            DiskFile disk = disk(i + ".img");
            Path text = Files.writeString(folder.resolve("text"), "disk " + i);
            Checkout.run("disk", "put", disk.file().toString(), text.toString(), "/name");
            disks.add(new DiskFile(disk.file(), i == 2));
            arguments.add("/data" + (i == 1 ? "" : Integer.toString(i)) + "/name");
        }
        Guest.Ended ended = Guest.program(arguments.toArray(String[]::new)).machine(machine).disks(disks.toArray(DiskFile[]::new)).run();
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.lines().containsAll(List.of("/data/name: disk 1", "/data2/name: disk 2", "/data3/name: disk 3")), ended.output());
    }

    @Test
    void aReadOnlyDiskIsNotChanged() throws Exception {
        DiskFile disk = disk("a.img");
        byte[] before = Files.readAllBytes(disk.file());
        Guest.Ended ended = Guest.program("file-write", "/data/file", "text", "return").disks(new DiskFile(disk.file(), true)).run();
        assertEquals(1, ended.code());
        assertTrue(ended.output().contains("/data/file: Read-only file system"), ended.output());
        assertTrue(Arrays.equals(before, Files.readAllBytes(disk.file())));
    }

    @Test
    void aDiskThatIsNotOursEndsTheImage() throws Exception {
        Path file = folder.resolve("foreign.img");
        byte[] content = new byte[4 << 20];
        Arrays.fill(content, (byte) 'x');
        Files.write(file, content);
        Guest.Ended ended = Guest.program("file-print").disks(disk("a.img"), new DiskFile(file, false)).run();
        assertEquals(134, ended.code());
        assertTrue(ended.output().contains("ristretto panic: the disk vdb, which is to be /data2: there is no file system of ours\nhint: "),
            ended.output());
        assertTrue(Arrays.equals(content, Files.readAllBytes(file)));
    }
}
