package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.share.FolderShare;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of this host that images see. What files do in one in all detail, {@link FileCasesIT} compares. */
class ShareIT {
    private static final int KILLED_BY_FILTER = 128 + 31;

    @TempDir
    private Path folder;

    private Path made(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }

    @ParameterizedTest
    @CsvSource({"QEMU, MICROVM", "QEMU, Q35", "PROCESS,"})
    void foldersAreWhereTheCommandLineSaysThatTheyAre(RunsOn runsOn, Machine machine) throws Exception {
        Path first = made("first");
        Path second = made("second");
        Path third = made("with a, comma");
        Files.writeString(second.resolve("file"), "second");
        Files.writeString(third.resolve("file"), "third");
        List<FolderShare> shares = FolderShare.parse(List.of(first.toString(), second + ":/src/main:ro", third.toString()));
        Guest.Ended written = Guest.program("file-write", "/share/file", "first", "return").on(runsOn).machine(machine).shares(shares).run();
        assertEquals(0, written.code(), written.output());
        assertEquals("first", Files.readString(first.resolve("file")));
        Guest.Ended read = Guest.program("file-print", "/share/file", "/src/main/file", "/share2/file").on(runsOn).machine(machine).shares(shares).run();
        assertEquals(0, read.code(), read.output());
        assertEquals("/share/file: first\n/src/main/file: second\n/share2/file: third\n", read.output());
        Guest.Ended refused = Guest.program("file-write", "/src/main/new", "text", "return").on(runsOn).machine(machine).shares(shares).run();
        assertTrue(refused.output().contains("Read-only file system"), refused.output());
        assertFalse(Files.exists(second.resolve("new")));
    }

    /** A link that leads out of the folder leads elsewhere in the image, where there is nothing. */
    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void nothingButTheFolderIsSeen(RunsOn runsOn) throws Exception {
        Path shared = made("shared");
        Path secret = Files.writeString(folder.resolve("secret"), "hidden");
        Files.createSymbolicLink(shared.resolve("absolute"), secret);
        Files.createSymbolicLink(shared.resolve("relative"), Path.of("../secret"));
        List<FolderShare> shares = FolderShare.parse(List.of(shared.toString()));
        for (String path : new String[] {"/share/absolute", "/share/relative", "/share/../secret"}) {
            Guest.Ended ended = Guest.program("file-print", path).on(runsOn).shares(shares).run();
            assertTrue(ended.output().contains("NoSuchFileException"), ended.output());
            assertFalse(ended.output().contains("hidden"), ended.output());
        }
    }

    /** Descriptor 3 is the launcher's socket: it is read and written, and nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"46 3 memory 0 # sendmsg", "47 3 memory 0 # recvmsg", "44 3 memory 16 0 0 0 # sendto", "17 3 memory 16 0 # pread64",
        "75 3 # fdatasync", "72 3 4 0 # fcntl", "0 9 memory 16 # read of another descriptor", "1 9 memory 16 # write to another", "3 3 # close"})
    void theSandboxIsAsClosedAsEver(String call) throws Exception {
        List<FolderShare> shares = FolderShare.parse(List.of(made("shared").toString()));
        Guest.Ended ended = Guest.program(("system-call " + call.substring(0, call.indexOf(" #"))).split(" ")).on(RunsOn.PROCESS).network(Guest.NO_NETWORK)
            .shares(shares).run();
        assertEquals(KILLED_BY_FILTER, ended.code(), ended.output());
        assertFalse(ended.output().contains("survived"), ended.output());
    }

    @Test
    void aPlaceThatIsTakenIsSaid() throws Exception {
        Path sealed = Files.createDirectory(folder.resolve("sealed"));
        List<String> words = List.of("--share", sealed + ":/tmp/x");
        assertTrue(refusal(2, words).contains("which every image uses itself"), "by every image");
        assertTrue(refusal(125, List.of("--share", folder.resolve("none").toString())).contains("none does not exist"));
    }

    private static String refusal(int code, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", TestImage.get().toString(), "--on", "process"));
        command.addAll(options);
        command.addAll(List.of("--", "return"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        return said;
    }

    /** A process that is started by hand says what is wrong, in one line. */
    @Test
    void withoutALauncher() throws Exception {
        assertEquals("ristretto: nobody listens at the socket that ristretto.share= names; 'ristretto run --share' serves one.\n",
            byHand("ristretto.share=/nowhere/socket", 125));
        assertEquals("ristretto: ristretto.share= names no Unix socket that can be connected to; give its path, which begins with a slash.\n",
            byHand("ristretto.share=7", 125));
        assertEquals("ristretto: the path in ristretto.share= is longer than the 107 bytes that Linux takes for a socket.\n",
            byHand("ristretto.share=/" + "x".repeat(200), 125));
        assertEquals("returning\n", byHand("ristretto.folder=/share", 0), "without a socket the word means nothing");
    }

    private static String byHand(String words, int code) throws Exception {
        ProcessBuilder program = new ProcessBuilder(TestImage.get().toString(), "return").redirectErrorStream(true);
        program.environment().put("RISTRETTO_OPTIONS", words);
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        return said;
    }
}
