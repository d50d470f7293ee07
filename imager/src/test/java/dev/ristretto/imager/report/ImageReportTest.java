package dev.ristretto.imager.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.link.Access;
import dev.ristretto.imager.link.LinkedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReportTest {
    @TempDir
    private Path directory;

    private Contents contents() throws IOException {
        List<String> rows = new ArrayList<>(List.of(
                "class\ta.Used\t1", "class\ta.Base\t0", "class\tx.Circle\t4",
                "why\t1\t2\tin a.Main.main(Main.java:3)", "why\t2\t3\tmethod a.Main.main", "why\t3\t0\tentry point",
                "why\t4\t5\tmethod f", "why\t5\t4\tmethod g",
                "code\ta.Used\t100\t2", "code\ta.b.C\t50\t1", "code\ta.b.D\t70\t3", "code\tNoPackage\t1\t1", "heap\tbyte[]\t20480\t7"));
        for (int i = 0; i < 20; i++) {
            rows.add("code\tp" + i + ".C\t" + (1000 + i) + "\t1");
        }
        Path file = directory.resolve("contents.tsv");
        Files.write(file, rows);
        return Contents.read(file);
    }

    private ImageReport report() throws IOException {
        return new ImageReport(new LinkedImage(new byte[50_000], List.of(
                new LinkedImage.Part(".boot.text", Access.RX, 0x100000, 100, 100),
                new LinkedImage.Part(".text", Access.RX, 0x101000, 20_380, 20_380),
                new LinkedImage.Part(".svm_heap", Access.RW, 0x180000, 40_960, 40_960)), 0x100000, 0x200000), contents());
    }

    @Test
    void packagesAddUpTheirClasses() throws IOException {
        assertEquals(new Contents.Size(120, 4), contents().packages().get("a.b"));
        assertEquals(new Contents.Size(1, 1), contents().packages().get("(no package)"));
    }

    @Test
    void chainsEndAtTheirRootAndWhereTheyCloseACircle() throws IOException {
        assertEquals(List.of("in a.Main.main(Main.java:3)", "method a.Main.main", "entry point"), contents().why("a.Used"));
        assertEquals(List.of("method f", "method g"), contents().why("x.Circle"));
        assertEquals(List.of(), contents().why("a.Base"));
        assertNull(contents().why("a.Gone"));
        assertTrue(report().why("a.Gone").contains("not in the image"));
    }

    @Test
    void theSummaryHasTheTenLargestPackages() throws IOException {
        List<String> lines = report().summary().lines().toList();
        assertTrue(lines.get(0).contains("20 KiB") && lines.get(0).contains("27 methods of 24 classes"), lines.get(0));
        assertTrue(lines.get(1).contains("40 KiB") && lines.get(1).contains("7 objects"), lines.get(1));
        assertEquals(10, lines.stream().filter(line -> line.matches(".* p\\d+ .*")).count());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("  13 more")), report().summary());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80));
    }

    @Test
    void theFullReportHasEveryClassWithItsReasons() throws IOException {
        String full = report().full();
        assertTrue(full.contains("a.Used" + System.lineSeparator() + "    in a.Main.main(Main.java:3)"), full);
        assertTrue(full.contains("byte[] (7 objects)"));
    }

    @Test
    void unknownRowsAreRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "surprise\t1\n");
        assertThrows(IOException.class, () -> Contents.read(file));
    }
}
