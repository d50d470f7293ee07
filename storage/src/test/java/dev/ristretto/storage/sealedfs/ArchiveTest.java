package dev.ristretto.storage.sealedfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.SymbolicLinkNode;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final long TIME = 42;

    private final ArchiveWriter writer = new ArchiveWriter("/site", TIME);

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Content that deflate makes small, and that differs from place to place. */
    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i / 100);
        }
        return bytes;
    }

    private ArchiveWriter file(String path, byte[] bytes) {
        return writer.file(path, () -> new ByteArrayInputStream(bytes), false);
    }

    private Archive open() throws IOException {
        return open(writer.write());
    }

    private static Archive open(byte[] bytes) throws IOException {
        return Archive.openAll(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()).getFirst();
    }

    private static byte[] content(FileNode file) throws ErrnoException {
        ByteBuffer all = ByteBuffer.allocate((int) file.size() + 1);
        assertEquals(file.size(), file.read(0, all));
        byte[] bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        return bytes;
    }

    @Test
    void holdsWhatWasDescribed() throws Exception {
        file("a/b/text", text(200_000));
        file("a/noise", random(100_000));
        file("small", new byte[] {1, 2, 3});
        writer.symbolicLink("a/link", "b/text").directory("a/b").directory("empty");
        Archive archive = open();
        assertEquals("/site", archive.mountPoint());
        DirectoryNode a = assertInstanceOf(DirectoryNode.class, archive.root().lookup("a"));
        DirectoryNode b = assertInstanceOf(DirectoryNode.class, a.lookup("b"));
        FileNode text = assertInstanceOf(FileNode.class, b.lookup("text"));
        assertArrayEquals(text(200_000), content(text));
        assertArrayEquals(random(100_000), content((FileNode) a.lookup("noise")));
        assertEquals("b/text", assertInstanceOf(SymbolicLinkNode.class, a.lookup("link")).target());
        assertNull(a.lookup("other"));
        assertEquals(a, b.parent());
        assertEquals(archive.root().lookup("a"), a, "the same file is the same node");
        assertEquals(archive.root().lookup("a").hashCode(), a.hashCode());
        assertEquals(new Attributes(FileType.REGULAR, text.attributes().number(), 0444, 1, 0, 0, 200_000, 200_000, 0, TIME,
                TIME, TIME, TIME), text.attributes());
        assertEquals(3, a.attributes().links());
        assertEquals(4, archive.root().attributes().links());
        assertEquals(0555, a.attributes().permissions());
        assertTrue(archive.isReadOnly());
        assertEquals(new Archive.Totals(3, 3, 1, 300_003), archive.verify());
        assertEquals(archive.length(), archive.statistics().blocks() * archive.statistics().blockSize());
        assertTrue(archive.length() < 120_000, "the text is compressed");
    }

    @Test
    void namesAreSortedByTheirBytes() throws Exception {
        List<String> names = List.of("A", "a", "a.", "ab", "\u00e9", "\uffee", "\ud83d\ude00");
        for (String name : names.reversed()) {
            file(name, new byte[0]);
        }
        var cursor = open().root().entries();
        for (String name : names) {
            assertEquals(name, cursor.next());
        }
        assertNull(cursor.next());
    }

    @Test
    void refusesEveryChange() throws Exception {
        file("d/file", new byte[5]);
        Archive archive = open();
        DirectoryNode d = (DirectoryNode) archive.root().lookup("d");
        FileNode file = (FileNode) d.lookup("file");
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> file.write(0, ByteBuffer.allocate(1))).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> file.setTimes(1, 1)).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> d.createFile("new", 0)).errno());
        assertEquals(Errno.EEXIST, assertThrows(ErrnoException.class, () -> d.createDirectory("file", 0)).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> d.unlink("file")).errno());
        assertEquals(Errno.ENOENT, assertThrows(ErrnoException.class, () -> d.rename("new", d, "newer")).errno());
    }

    @Test
    void isMountedAndWalked() throws Exception {
        file("docs/page", text(10_000));
        writer.symbolicLink("start", "docs/page");
        FileSystem root = new SealedTree("root", 0).directory("/site").seal();
        Vfs vfs = new Vfs(root, 022);
        vfs.mount("/site", open());
        assertEquals("/site/docs/page", vfs.realPath(vfs.root(), "/site/start"));
        assertEquals("/site/docs", vfs.realPath(vfs.root(), "/site/docs/../docs/."));
        assertEquals("/", vfs.realPath(vfs.root(), "/site/docs/../.."));
        assertEquals(10_000, vfs.status(vfs.root(), "site/start", true).attributes().size());
        assertEquals(9, vfs.status(vfs.root(), "site/start", false).attributes().size());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class,
                () -> vfs.open(vfs.root(), "/site/docs/page", OpenFlags.O_RDWR, 0)).errno());
        vfs.changeDirectory("/site/docs");
        assertEquals("/site/docs", vfs.workingDirectoryPath());
    }

    @Test
    void pagesOfFilesThatDoNotCompressCanBeMapped() throws Exception {
        byte[] noise = random(10_000);
        file("noise", noise);
        file("text", text(10_000));
        file("small", random(4095));
        writer.file("told", () -> new ByteArrayInputStream(text(4096)), true);
        Archive archive = open();
        FileNode file = (FileNode) archive.root().lookup("noise");
        ByteBuffer view = file.view(4096, 5904);
        assertNotNull(view);
        byte[] seen = new byte[5904];
        view.get(0, seen);
        assertArrayEquals(Arrays.copyOfRange(noise, 4096, 10_000), seen);
        assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 1));
        assertNull(file.view(4096, 5905), "beyond the end");
        assertNull(file.view(100, 100), "not at the begin of a page");
        assertNull(((FileNode) archive.root().lookup("text")).view(0, 10_000), "compressed");
        assertNull(((FileNode) archive.root().lookup("small")).view(0, 4095), "shares its page");
        assertNotNull(((FileNode) archive.root().lookup("told")).view(0, 4096), "told not to compress it");
        assertNull(((FileNode) Archive.openAll(ByteBuffer.wrap(writer.write())).getFirst().root().lookup("noise")).view(0, 4096), "on the Java heap");
    }

    @Test
    void afterAMappedFileThePageIsZero() throws Exception {
        byte[] noise = random(5000);
        file("a", noise);
        file("b", random(5001));
        byte[] bytes = writer.write();
        for (int page = 4096; page < bytes.length; page += 4096) {
            if (Arrays.equals(bytes, page, page + 5000, noise, 0, 5000)) {
                assertArrayEquals(new byte[8192 - 5000], Arrays.copyOfRange(bytes, page + 5000, page + 8192));
                return;
            }
        }
        throw new AssertionError("not at the begin of a page");
    }

    @Test
    void severalFollowEachOther() throws Exception {
        file("x", random(9000));
        byte[] first = writer.write();
        byte[] second = new ArchiveWriter("/other", TIME).write();
        List<Archive> archives = Archive.openAll(ByteBuffer.allocate(first.length + second.length).put(first).put(second).flip());
        assertEquals(List.of("/site", "/other"), archives.stream().map(Archive::mountPoint).toList());
        assertEquals(new Archive.Totals(0, 0, 0, 0), archives.get(1).verify());
        assertEquals(new Archive.Totals(1, 0, 0, 9000), archives.get(0).verify());
    }

    @Test
    void damageOfContentIsAnError() throws Exception {
        file("text", text(70_000));
        byte[] bytes = writer.write();
        bytes[ArchiveHeader.size("/site") + 20] ^= 1;
        Archive archive = open(bytes);
        FileNode file = (FileNode) archive.root().lookup("text");
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> file.read(0, ByteBuffer.allocate(10))).errno());
        assertEquals(1, file.read(69_999, ByteBuffer.allocate(10)), "the other chunk is whole");
        assertEquals("the sealed files are damaged: /text differs from its checksums", assertThrows(ArchiveException.class, archive::verify).getMessage());
    }

    @Test
    void damageOfStoredContentIsFoundByVerifying() throws Exception {
        file("noise", random(5000));
        byte[] bytes = writer.write();
        bytes[5000] ^= 1;
        Archive archive = open(bytes);
        assertEquals("the sealed files are damaged: /noise differs from its checksum", assertThrows(ArchiveException.class, archive::verify).getMessage());
    }

    @Test
    void damageOfTheIndexIsAnErrorOnceItIsUsed() throws Exception {
        file("name", new byte[3]);
        byte[] bytes = writer.write();
        bytes[ArchiveHeader.read(ByteBuffer.wrap(bytes)).index() + 40] ^= 1;
        Archive archive = open(bytes);
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> archive.root().lookup("name")).errno());
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> archive.root().entries()).errno());
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> archive.root().attributes()).errno());
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> archive.root().createFile("x", 0)).errno());
    }

    @Test
    void anotherVersionIsSaid() throws Exception {
        byte[] bytes = writer.write();
        bytes[7] = 2;
        assertEquals("the sealed files are in a format of version 2, which is not known here",
                assertThrows(ArchiveException.class, () -> open(bytes)).getMessage());
        bytes[0] = 0;
        assertTrue(assertThrows(ArchiveException.class, () -> open(bytes)).getMessage().contains("does not begin like one"));
        assertThrows(ArchiveException.class, () -> open(new byte[20]));
    }

    @Test
    void aFileThatChangesMeanwhileIsRefused() {
        int[] opened = {0};
        writer.file("growing", () -> new ByteArrayInputStream(random(5000 + opened[0]++)), false);
        assertEquals("a file changed while it was read", assertThrows(ArchiveException.class, writer::write).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/", "/", "", "a/./b", "../a", "taken", "taken/below", "x\0y", "\ud800"})
    void refusesWhatIsNoPathOrTaken(String path) {
        file("taken", new byte[0]);
        assertThrows(IllegalArgumentException.class, () -> file(path, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "relative", "/a//b", "/../a", "/a/"})
    void refusesWhatIsNoMountPoint(String path) {
        assertThrows(IllegalArgumentException.class, () -> new ArchiveWriter(path, TIME));
    }

    @Test
    void refusesPathsThatNobodyCouldName() {
        String deep = "d/".repeat(2100) + "f";
        assertThrows(IllegalArgumentException.class, () -> file(deep, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> writer.directory(deep));
        assertThrows(IllegalArgumentException.class, () -> writer.symbolicLink("link", ""));
    }
}
