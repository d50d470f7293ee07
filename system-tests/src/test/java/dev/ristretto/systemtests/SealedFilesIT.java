package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.RunsOn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files sealed into an image: what a program finds there is what a JVM finds on this host; nobody can change it; maps of it are no copies. */
@ParameterizedClass
@EnumSource(value = RunsOn.class, names = {"QEMU", "PROCESS"})
class SealedFilesIT {
    @Parameter
    RunsOn runsOn;

    /** What the same program says on Linux and HotSpot. */
    private static List<String> onLinux(Path folder) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", Checkout.imageTests("ristretto-image-tests-0.1.0.jar").toString(), "dev.ristretto.imagetests.programs.SealedTrees",
                folder.toString());
        program.environment().put("LC_ALL", "C.UTF-8"); // names of files are in the locale's charset
        Process process = program.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    @Test
    void aFolderIsWhatItWas() throws Exception {
        SealedSource.make(); // also for an image that was built before
        List<String> expected = onLinux(SealedSource.folder());
        assertTrue(expected.size() > 310, expected.toString());
        Guest.Ended ended = Guest.program("sealed-list", SealedSource.FOLDER_IN_IMAGE).on(runsOn).run();
        assertEquals(String.join("\n", expected), String.join("\n", ended.lines()));
        assertEquals(0, ended.code());
    }

    @Test
    void aJarIsAFolder() throws Exception {
        Guest.Ended ended = Guest.program("sealed-list", SealedSource.JAR_IN_IMAGE).on(runsOn).run();
        assertTrue(ended.output().startsWith("entry  directory of 2\nentry META-INF directory of 1\nentry META-INF/MANIFEST.MF file of 23 bytes, CRC "),
                ended.output());
        assertTrue(ended.output().contains("\nentry text file of 39000 bytes, "), ended.output());
        assertEquals(0, ended.code());
    }

    @Test
    void nothingCanBeChangedAndMapsAreNoCopies() throws Exception {
        Guest.Ended ended = Guest.program("sealed-refuse", SealedSource.FOLDER_IN_IMAGE, "docs/page.html", "noise").on(runsOn).run();
        String page = SealedSource.FOLDER_IN_IMAGE + "/docs/page.html";
        List<String> lines = ended.lines();
        assertEquals(List.of(
                "write: FileNotFoundException, " + page + " (Read-only file system)",
                "append: FileSystemException, Read-only file system",
                "create: FileSystemException, Read-only file system",
                "create directory: FileSystemException, Read-only file system",
                "create directories that exist: done",
                "delete: FileSystemException, Read-only file system",
                "delete the top: FileSystemException, Device or resource busy",
                "move: FileSystemException, Read-only file system",
                "move away: FileSystemException, Read-only file system",
                "set time: FileSystemException, Read-only file system",
                "link: FileSystemException, Read-only file system",
                "copy: done",
                "writable: false, readable: true, store read-only: true sealed, modified 1980-01-01T00:00:00Z, real path " + page),
                lines.subList(0, Math.min(13, lines.size())), ended.output());
        assertTrue(lines.get(13).endsWith(": not copied"), lines.get(13));
        assertTrue(lines.get(14).startsWith("after unmapping file of 1000003 bytes, CRC "), lines.get(14));
        assertEquals(0, ended.code());
    }

    @Test
    void inspectShowsThem() throws Exception {
        String said = Checkout.run("inspect", TestImage.get().toString());
        assertTrue(said.contains("  .ristretto.files\n"), said);
        assertTrue(said.contains("sealed files\n  /srv/tree: "), said);
        assertTrue(said.contains(" files, 5 directories, 3 links; "), said);
        assertTrue(said.contains("\n  /library: 39,023 bytes in 2 files, 1 directories, 0 links; "), said);
    }
}
