package dev.ristretto.imager.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.ImagingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTreeTest {
    @TempDir
    private Path directory;
    private Path site;

    @BeforeEach
    void site() throws IOException {
        site = Files.createDirectories(directory.resolve("site"));
        Files.createDirectories(site.resolve("docs/empty"));
        Files.writeString(site.resolve("docs/page"), "text ".repeat(10_000));
        Files.write(site.resolve("\u00e9"), new byte[5000]);
        Files.createSymbolicLink(site.resolve("start"), Path.of("docs/page"));
    }

    private static SealedFiles files(Path source) {
        return new SealedFiles(source, "/www", false);
    }

    private static ImagingException refused(SealedFiles files) {
        return assertThrows(ImagingException.class, () -> HostTree.packAll(List.of(files)));
    }

    private Path zip() throws IOException {
        Path zip = directory.resolve("site.zip");
        try (FileSystem file = FileSystems.newFileSystem(zip, Map.of("create", true))) {
            Files.createDirectory(file.getPath("docs"));
            Files.writeString(file.getPath("docs/page"), "text ".repeat(10_000));
        }
        return zip;
    }

    @Test
    void aFolderIsPacked() throws Exception {
        byte[] packed = HostTree.packAll(List.of(files(site)));
        List<SealedSection.Tree> trees = SealedSection.trees(ByteBuffer.wrap(packed));
        assertEquals(List.of(new SealedSection.Tree("/www", 2, 2, 1, 55_000, packed.length)), trees);
        assertTrue(packed.length < 10_000, "compressed: " + packed.length);
        assertEquals(0, packed.length % 4096);
    }

    @Test
    void severalTreesFollowEachOther() throws Exception {
        byte[] packed = HostTree.packAll(List.of(files(site), new SealedFiles(site, "/stored", true)));
        List<SealedSection.Tree> trees = SealedSection.trees(ByteBuffer.wrap(packed));
        assertEquals(List.of("/www", "/stored"), trees.stream().map(SealedSection.Tree::mountPoint).toList());
        assertEquals(trees.get(0).bytes(), trees.get(1).bytes());
        assertTrue(trees.get(1).length() > 55_000, "not compressed");
        assertEquals(0, HostTree.packAll(List.of()).length);
    }

    @Test
    void howOldFilesAreAndWhoMayReadThemIsNothing() throws Exception {
        byte[] before = HostTree.packAll(List.of(files(site)));
        Files.setLastModifiedTime(site.resolve("docs/page"), FileTime.fromMillis(1));
        Files.setPosixFilePermissions(site.resolve("docs/page"), PosixFilePermissions.fromString("rwx------"));
        assertArrayEquals(before, HostTree.packAll(List.of(files(site))));
        Path elsewhere = Files.move(site, directory.resolve("elsewhere"));
        assertArrayEquals(before, HostTree.packAll(List.of(files(elsewhere))));
        Files.writeString(elsewhere.resolve("docs/page"), "text ".repeat(9_999) + "next ");
        assertTrue(java.util.Arrays.compare(before, HostTree.packAll(List.of(files(elsewhere)))) != 0);
    }

    @Test
    void aLinkToAFolderMayBeNamedAndLinksInItStayLinks() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), site);
        try (HostTree tree = HostTree.open(files(link))) {
            assertEquals(List.of("docs DIRECTORY ", "docs/empty DIRECTORY ", "docs/page FILE ", "start LINK docs/page", "\u00e9 FILE "),
                    tree.entries().stream().map(entry -> entry.path() + " " + entry.kind() + " " + entry.target()).toList());
        }
    }

    @Test
    void aZipFileIsPackedLikeTheSameFolder() throws Exception {
        Path zip = zip();
        Path folder = Files.createDirectories(directory.resolve("folder/docs")).getParent();
        Files.writeString(folder.resolve("docs/page"), "text ".repeat(10_000));
        assertArrayEquals(HostTree.packAll(List.of(files(folder))), HostTree.packAll(List.of(files(zip))));
    }

    @Test
    void linksInAZipFileAreRefused() throws Exception {
        Path zip = zip();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.limit() - 22;
        int entry = bytes.getInt(end + 16);
        // The second entry of two: made by Unix, a symbolic link.
        entry += 46 + bytes.getShort(entry + 28) + bytes.getShort(entry + 30) + bytes.getShort(entry + 32);
        assertEquals(0x02014b50, bytes.getInt(entry));
        bytes.put(entry + 5, (byte) 3).putInt(entry + 38, 0120777 << 16);
        Files.write(zip, bytes.array());
        assertEquals("There are symbolic links in " + zip + ", which zip files cannot be sealed in with", refused(files(zip)).getMessage());
    }

    @Test
    void whatCannotBePackedIsSaid() throws Exception {
        Path absent = directory.resolve("absent");
        assertEquals("There is no " + absent + " to seal into the image", refused(files(absent)).getMessage());
        Path text = Files.writeString(directory.resolve("text"), "no zip file, but longer than the end of one");
        assertTrue(refused(files(text)).getMessage().startsWith(text + " is neither a folder nor a jar nor a zip file"));
        byte[] cut = Files.readAllBytes(zip());
        Path damaged = Files.write(directory.resolve("cut.zip"), java.util.Arrays.copyOf(cut, cut.length - 30));
        assertTrue(refused(files(damaged)).getMessage().startsWith(damaged + " is neither a folder nor a jar nor a zip file"));
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        Process process = new ProcessBuilder("mkfifo", site.resolve("pipe").toString()).start();
        Assumptions.assumeTrue(process.waitFor() == 0);
        assertTrue(refused(files(site)).getMessage().startsWith(site.toRealPath().resolve("pipe") + " is neither a file nor a folder"));
        assertEquals(site.resolve("pipe") + " is neither a folder nor a file", refused(files(site.resolve("pipe"))).getMessage());
    }

    @Test
    void whatMayNotBeReadIsSaid() throws Exception {
        Path page = site.resolve("docs/page");
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(page), "root may read everything");
        assertTrue(refused(files(site)).getMessage().startsWith("You may not read " + page.toRealPath()));
    }

    @Test
    void damageIsFound() throws Exception {
        byte[] packed = HostTree.packAll(List.of(files(site)));
        packed[100] ^= 1;
        assertTrue(assertThrows(ImagingException.class, () -> SealedSection.trees(ByteBuffer.wrap(packed))).getMessage()
                .startsWith("This image should not be used: the sealed files are damaged"));
    }
}
