package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.share.FolderShare;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's files case by case: the same program on Linux (HotSpot, the file system of this checkout) and in an image says the same. */
class FileCasesIT {
    private static final String CASE = "case ";
    /** So many there are at least; were it fewer, the program would have ended early. */
    private static final int AT_LEAST = 155;

    private static Map<String, String> onLinux;
    @TempDir
    private Path folder;

    @BeforeAll
    static void askLinux() throws Exception {
        Path target = Files.createTempDirectory(Files.createDirectories(Checkout.target("file-cases")), "linux");
        ProcessBuilder program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", Checkout.imageTests("ristretto-image-tests-0.1.0.jar").toString(), "dev.ristretto.imagetests.programs.FileCases", target.toString());
        program.environment().put("LC_ALL", "C.UTF-8"); // names of files are in the locale's charset
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        onLinux = cases(said);
        assertTrue(onLinux.size() >= AT_LEAST, said);
        assertEquals(List.of("full", "stays"), names(target), "deleted on exit");
    }

    private static Map<String, String> cases(String said) {
        Map<String, String> cases = new LinkedHashMap<>();
        said.lines().filter(line -> line.startsWith(CASE)).forEach(line -> {
            int colon = line.indexOf(": ");
            cases.put(line.substring(CASE.length(), colon), line.substring(colon + 2));
        });
        return cases;
    }

    private static List<String> names(Path target) throws IOException {
        try (Stream<Path> list = Files.list(target)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> inMemory() throws Exception {
        return compared(Guest.program("file-cases", "/tmp").on(RunsOn.PROCESS).run());
    }

    @TestFactory
    Stream<DynamicTest> asProcessOnADisk() throws Exception {
        return onADisk(RunsOn.PROCESS);
    }

    @TestFactory
    Stream<DynamicTest> inQemuOnADisk() throws Exception {
        return onADisk(RunsOn.QEMU);
    }

    private Stream<DynamicTest> onADisk(RunsOn runsOn) throws Exception {
        Path disk = folder.resolve("cases.img");
        Checkout.run("disk", "create", disk.toString(), "--size", "256m");
        Guest.Ended ended = Guest.program("file-cases", "/data").on(runsOn).limit(Duration.ofMinutes(4)).disks(new DiskFile(disk, false)).run();
        List<DynamicTest> tests = new ArrayList<>(compared(ended).toList());
        String left = Checkout.run("disk", "ls", disk.toString());
        tests.add(DynamicTest.dynamicTest("deleted on exit", () -> assertEquals(List.of("full/", "stays"), left.lines().toList())));
        Checkout.run("disk", "check", disk.toString()); // fails if it finds anything
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> asProcessOnAShare() throws Exception {
        return onAShare(RunsOn.PROCESS);
    }

    @TestFactory
    Stream<DynamicTest> inQemuOnAShare() throws Exception {
        return onAShare(RunsOn.QEMU);
    }

    /** The folder is on the file system that Linux was asked on. */
    private static Stream<DynamicTest> onAShare(RunsOn runsOn) throws Exception {
        Path shared = Files.createTempDirectory(Files.createDirectories(Checkout.target("file-cases")), "share");
        Guest.Ended ended = Guest.program("file-cases", "/share").on(runsOn).limit(Duration.ofMinutes(4))
                .shares(FolderShare.parse(List.of(shared.toString()))).run();
        List<DynamicTest> tests = new ArrayList<>(compared(ended).toList());
        tests.add(DynamicTest.dynamicTest("deleted on exit", () -> assertEquals(List.of("full", "stays"), names(shared))));
        return tests.stream();
    }

    private static Stream<DynamicTest> compared(Guest.Ended ended) {
        Map<String, String> inImage = cases(ended.output());
        assertEquals(0, ended.code(), ended.output());
        assertEquals(onLinux.keySet(), inImage.keySet());
        return onLinux.entrySet().stream().map(linux -> DynamicTest.dynamicTest(linux.getKey(), () -> assertEquals(linux.getValue(), inImage.get(linux.getKey()))));
    }
}
