package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
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

    /** However the program ends, what it wrote is there, also by way of a map, although it never forced it. */
    @ParameterizedTest
    @CsvSource({"QEMU, return, 0", "QEMU, exit, 3", "QEMU, halt, 4", "QEMU, throw, 1", "PROCESS, return, 0", "PROCESS, exit, 3", "PROCESS, halt, 4", "PROCESS, throw, 1"})
    void whatWasWrittenIsOnTheDiskAtTheEnd(RunsOn runsOn, String how, int code) throws Exception {
        DiskFile disk = disk("a.img");
        Guest.Ended ended = Guest.program("file-write", "/data/file", "the text", how).on(runsOn).disks(disk).run();
        assertEquals(code, ended.code(), ended.output());
        assertTrue(ended.output().contains("wrote 8 bytes, "), ended.output());
        assertEquals("the text", Checkout.run("disk", "cat", disk.file().toString(), "/file"));
        assertEquals("the text", Checkout.run("disk", "cat", disk.file().toString(), "/file.mapped"));
        Checkout.run("disk", "check", disk.file().toString());
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void disksAreFoundInTheOrderOfTheCommandLine(Machine machine) throws Exception {
        findThree(RunsOn.QEMU, machine);
    }

    @Test
    void disksOfAProcessAreFoundInTheOrderOfTheCommandLine() throws Exception {
        findThree(RunsOn.PROCESS, null);
    }

    private void findThree(RunsOn runsOn, Machine machine) throws Exception {
        List<DiskFile> disks = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("file-print"));
        for (int i = 1; i <= 3; i++) {
            DiskFile disk = disk(i + " %:ö\".img"); // as awkward as a name can be
            Path text = Files.writeString(folder.resolve("text"), "disk " + i);
            Checkout.run("disk", "put", disk.file().toString(), text.toString(), "/name");
            disks.add(new DiskFile(disk.file(), i == 2));
            arguments.add("/data" + (i == 1 ? "" : Integer.toString(i)) + "/name");
        }
        Guest.Ended ended = Guest.program(arguments.toArray(String[]::new)).on(runsOn).machine(machine).disks(disks.toArray(DiskFile[]::new)).run();
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.lines().containsAll(List.of("/data/name: disk 1", "/data2/name: disk 2", "/data3/name: disk 3")), ended.output());
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void aReadOnlyDiskIsNotChanged(RunsOn runsOn) throws Exception {
        DiskFile disk = disk("a.img");
        byte[] before = Files.readAllBytes(disk.file());
        Guest.Ended ended = Guest.program("file-write", "/data/file", "text", "return").on(runsOn).disks(new DiskFile(disk.file(), true)).run();
        assertEquals(1, ended.code());
        assertTrue(ended.output().contains("/data/file: Read-only file system"), ended.output());
        assertTrue(Arrays.equals(before, Files.readAllBytes(disk.file())));
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void aDiskThatIsNotOursEndsTheImage(RunsOn runsOn) throws Exception {
        Path file = folder.resolve("foreign.img");
        byte[] content = new byte[4 << 20];
        Arrays.fill(content, (byte) 'x');
        Files.write(file, content);
        Guest.Ended ended = Guest.program("file-print").on(runsOn).disks(disk("a.img"), new DiskFile(file, false)).run();
        assertEquals(134, ended.code());
        assertTrue(ended.output().contains("ristretto panic: the disk vdb, which is to be /data2: there is no file system of ours\nhint: "),
            ended.output());
        assertTrue(Arrays.equals(content, Files.readAllBytes(file)));
    }

    /** A file system from elsewhere is read, and not written; one that may be written is refused before {@code main}. */
    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void anExt4DiskIsRead(RunsOn runsOn) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/a/b")).getParent().getParent();
        String text = "from elsewhere ".repeat(1000).strip();
        Files.writeString(source.resolve("a/b/file"), text);
        Files.createSymbolicLink(source.resolve("link"), Path.of("a/b/file"));
        Path file = folder.resolve("ext4.img");
        mke2fs("-t", "ext4", "-d", source.toString(), file.toString(), "8m");
        byte[] before = Files.readAllBytes(file);
        DiskFile disk = new DiskFile(file, true);
        Guest.Ended ended = Guest.program("file-print", "/data2/a/b/file", "/data2/link").on(runsOn).disks(disk("a.img"), disk).run();
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.lines().containsAll(List.of("/data2/a/b/file: " + text, "/data2/link: " + text)), ended.output());
        ended = Guest.program("file-write", "/data/link", "text", "return").on(runsOn).disks(disk).run();
        assertEquals(1, ended.code());
        assertTrue(ended.output().contains("/data/link: Read-only file system"), ended.output());
        ended = Guest.program("file-print").on(runsOn).disks(new DiskFile(file, false)).run();
        assertEquals(134, ended.code());
        assertTrue(ended.output().contains("ristretto panic: the disk vda, which is to be /data: it holds an ext4 file system, which can only be read here\nhint: "),
            ended.output());
        String refusal = refusal(runsOn == RunsOn.QEMU ? "qemu" : "process", file);
        assertTrue(refusal.contains("it holds an ext4 file system") && refusal.contains("Say --disk " + file + ":ro."), refusal);
        assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
    }

    private static void mke2fs(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            System.out.println("SKIPPED: DisksIT.anExt4DiskIsRead, since mke2fs cannot be started: " + e.getMessage() + " (apt-get install e2fsprogs)");
            Assumptions.abort("mke2fs is missing");
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** What would end in a damaged disk: the second machine does not start, whichever the two are. */
    @ParameterizedTest
    @CsvSource({"PROCESS, PROCESS, false, false", "PROCESS, QEMU, false, false", "QEMU, PROCESS, false, false", "PROCESS, PROCESS, false, true",
        "PROCESS, QEMU, false, true", "QEMU, PROCESS, false, true", "PROCESS, PROCESS, true, false", "PROCESS, QEMU, true, false", "QEMU, PROCESS, true, false"})
    void oneMachineWritesOrSeveralRead(RunsOn first, RunsOn second, boolean firstReads, boolean secondReads) throws Exception {
        DiskFile disk = disk("a.img");
        try (Guest guest = waiting(first, new DiskFile(disk.file(), firstReads))) {
            Guest.Setup setup = Guest.program("return").on(second).disks(new DiskFile(disk.file(), secondReads));
            if (second == RunsOn.PROCESS) {
                Guest.Ended ended = setup.run();
                assertEquals(125, ended.code(), ended.output());
                assertEquals("ristretto: the disk " + disk.file() + " is in use by another program: a machine that runs with it, perhaps; stop it first.\n",
                    ended.output());
            } else {
                assertTrue(assertThrows(LaunchException.class, setup::run).getMessage().contains("lock"));
            }
            guest.powerButton();
            assertEquals(143, guest.waitFor().code());
        }
        Guest.Ended after = Guest.program("return").on(second).disks(new DiskFile(disk.file(), secondReads)).run();
        assertEquals(0, after.code(), after.output());
    }

    @ParameterizedTest
    @CsvSource({"PROCESS, PROCESS", "PROCESS, QEMU", "QEMU, PROCESS"})
    void severalMachinesReadADisk(RunsOn first, RunsOn second) throws Exception {
        DiskFile disk = new DiskFile(disk("a.img").file(), true);
        try (Guest guest = waiting(first, disk)) {
            assertEquals(0, Guest.program("return").on(second).disks(disk).run().code());
            guest.powerButton();
            guest.waitFor();
        }
    }

    private static Guest waiting(RunsOn runsOn, DiskFile disk) throws Exception {
        Guest guest = Guest.program("wait-for-power-button").on(runsOn).disks(disk).start();
        guest.awaitOutput("waiting\n");
        return guest;
    }

    /** The command line says the same of a disk whatever the machine is. */
    @Test
    void complaintsAreTheSameOnBothMachines() throws Exception {
        Path foreign = Files.write(folder.resolve("foreign.img"), new byte[2 << 20]);
        Path damaged = disk("damaged.img").file();
        byte[] content = Files.readAllBytes(damaged);
        Arrays.fill(content, 0, 64 << 10, (byte) 'x');
        Files.write(damaged, content);
        Path cut = disk("cut.img").file();
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 2 << 20));
        Path used = disk("used.img").file();
        try (FileChannel channel = FileChannel.open(used, StandardOpenOption.WRITE)) {
            channel.lock();
            for (Path file : List.of(foreign, damaged, cut, used, folder, folder.resolve("missing.img"))) {
                String[] said = {refusal("qemu", file), refusal("process", file)};
                assertEquals(said[0], said[1]);
                assertTrue(said[0].contains(file.toString()), said[0]);
            }
        }
    }

    private static String refusal(String machine, Path disk) throws Exception {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", TestImage.get().toString(), "--on", machine, "--disk", disk.toString(), "--", "return"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(125, process.waitFor(), said);
        return said;
    }

    /** A process that is started by hand says as much, in one line. */
    @Test
    void whatIsWrongWithADiskOfAProcess() throws Exception {
        Path disk = disk("a.img").file();
        assertEquals("ristretto: the disk /none.img does not exist; 'ristretto disk create' makes one.\n", byHand("ristretto.disk=/none.img", 125));
        assertEquals("ristretto: " + folder + " is a folder, not a disk; name the file of a disk.\n", byHand("ristretto.disk=" + folder, 125));
        assertEquals("ristretto: " + folder + " is a folder, not a disk; name the file of a disk.\n", byHand("ristretto.disk=" + folder + ":ro", 125));
        assertEquals("ristretto: /dev/null is neither a file nor a block device.\n", byHand("ristretto.disk=/dev/null", 125));
        assertEquals("ristretto: the disk " + disk + " is in use by another program: a machine that runs with it, perhaps; stop it first.\n",
            byHand("ristretto.disk=" + disk + " ristretto.disk=" + disk, 125));
        assertEquals("returning\n", byHand("ristretto.disk=" + disk, 0));
        assertEquals("returning\n", byHand("\"-Dx= ristretto.disk=/none.img\" ristretto.disk=" + disk + ":ro", 0), "what stands within quotes is no word");
    }

    private static String byHand(String words, int code) throws Exception {
        ProcessBuilder program = new ProcessBuilder(TestImage.get().toString(), "return").redirectErrorStream(true);
        program.environment().put("RISTRETTO_OPTIONS", words);
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        return said;
    }

    /** What a process cannot write because of a limit is what Java programs expect, and not the process's end. */
    @Test
    void aFullHostIsAnIOException() throws Exception {
        DiskFile disk = disk("a.img");
        ProcessBuilder program = new ProcessBuilder("bash", "-c", "ulimit -f 1024; exec \"$@\"", "bash", TestImage.get().toString(), "file-fill", "/data/file", "8")
                .redirectErrorStream(true);
        program.environment().put("RISTRETTO_OPTIONS", "ristretto.disk=" + disk.file());
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.startsWith("java.io.IOException: Input/output error\n"), said);
        Checkout.run("disk", "check", disk.file().toString());
    }
}
