package dev.ristretto.storage.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A folder that others change too, and what happens to files that are open. */
@Timeout(60)
class NinepFileSystemTest {
    @TempDir
    private Path folder;
    private LocalServer server;
    private DirectoryNode root;

    @BeforeEach
    void mount() throws Exception {
        server = new LocalServer(folder, false);
        root = NinepSession.open(server).attach("", false).root();
    }

    private static void fails(Errno errno, Executable what) {
        assertEquals(errno, assertThrows(ErrnoException.class, what).errno());
    }

    private FileNode file(String name) throws ErrnoException {
        return assertInstanceOf(FileNode.class, root.lookup(name));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String content(FileNode file) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        file.read(0, buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    @Test
    void whatOthersChangeIsSeenAtOnce() throws Exception {
        Path path = Files.writeString(folder.resolve("a"), "one");
        FileNode a = file("a");
        a.hold();
        assertEquals("one", content(a));
        Files.writeString(path, "one and two");
        assertEquals(11, a.size());
        assertEquals("one and two", content(a));
        Files.writeString(folder.resolve("b"), "new");
        assertEquals("new", content(file("b")));
        Files.delete(folder.resolve("b"));
        assertNull(root.lookup("b"));
        a.drop();
    }

    @Test
    void whatIsWrittenIsThere() throws Exception {
        FileNode a = root.createFile("a", 0640);
        ByteBuffer large = ByteBuffer.allocate(1_000_000);
        for (int i = 0; large.hasRemaining(); i++) {
            large.put((byte) (i * 31 >> 3));
        }
        assertEquals(1_000_000, a.write(5, large.flip()));
        assertEquals(1_000_007, a.append(bytes("ab")));
        byte[] there = Files.readAllBytes(folder.resolve("a"));
        assertEquals(ByteBuffer.wrap(large.array()), ByteBuffer.wrap(there, 5, 1_000_000));
        assertEquals('b', there[1_000_006]);
        ByteBuffer back = ByteBuffer.allocateDirect(2_000_000);
        assertEquals(1_000_007, a.read(0, back));
        assertEquals(ByteBuffer.wrap(there), back.flip());
        assertEquals(0640, a.attributes().permissions());
        a.sync(true);
        root.sync();
    }

    @Test
    void timesAndOwnersAreTheFolders() throws Exception {
        Path path = Files.writeString(folder.resolve("a"), "x");
        Instant time = Instant.parse("1999-02-03T04:05:06.123456789Z");
        FileNode a = file("a");
        long nanos = time.getEpochSecond() * 1_000_000_000 + time.getNano();
        a.setTimes(Node.KEEP_TIME, nanos);
        assertEquals(FileTime.from(time), Files.getLastModifiedTime(path));
        assertEquals(nanos, a.attributes().modified());
        assertEquals(Files.getAttribute(path, "unix:uid"), a.attributes().owner());
        a.setOwner(-1, a.attributes().group());
        a.setPermissions(0604);
        assertEquals(0604, (int) Files.getAttribute(path, "unix:mode") & 07777);
        assertTrue(root.fileSystem().statistics().freeBlocks() > 0);
    }

    @Test
    void aFileThatIsOpenStaysWhenItsNameIsAnothersMeanwhile() throws Exception {
        FileNode a = root.createFile("a", 0600);
        a.hold();
        a.write(0, bytes("old content"));
        root.unlink("a");
        root.createFile("a", 0600).write(0, bytes("new"));
        assertEquals(0, a.attributes().links());
        assertEquals(11, a.size());
        assertEquals("old content", content(a));
        a.truncate(3);
        a.truncate(6);
        assertEquals("old\0\0\0", content(a));
        a.setPermissions(0444);
        assertEquals(0444, a.attributes().permissions());
        assertEquals("new", Files.readString(folder.resolve("a")));
        assertEquals(0600, (int) Files.getAttribute(folder.resolve("a"), "unix:mode") & 07777);
        fails(Errno.ENOENT, () -> root.link("b", a));
        a.drop();
        fails(Errno.ENOENT, () -> a.setPermissions(0777));
    }

    @Test
    void somebodyElseRemovesAnOpenFile() throws Exception {
        FileNode a = root.createFile("a", 0600);
        a.hold();
        a.write(0, bytes("content"));
        Files.delete(folder.resolve("a"));
        assertEquals("content", content(a));
        assertEquals(7, a.size());
        a.write(7, bytes("!"));
        assertEquals(8, a.size());
        a.drop();
        fails(Errno.ESTALE, a::hold);
    }

    @Test
    void aDirectoryThatIsGone() throws Exception {
        DirectoryNode d = root.createDirectory("d", 0700);
        root.removeDirectory("d");
        fails(Errno.ENOENT, () -> d.createFile("x", 0600));
        assertNull(d.entries().next());
        fails(Errno.ENOENT, d::attributes);
    }

    @Test
    void linksAndWhatCannotBeOpened() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor());
        Files.createSymbolicLink(folder.resolve("link"), Path.of("../outside"));
        assertEquals("../outside", assertInstanceOf(SymbolicLinkNode.class, root.lookup("link")).target());
        assertEquals("x/y", root.createSymbolicLink("other", "x/y").target());
        fails(Errno.EEXIST, () -> root.createSymbolicLink("other", "z"));
        FileNode pipe = file("pipe");
        assertEquals(FileType.PIPE, pipe.attributes().type());
        fails(Errno.ENXIO, pipe::hold);
    }

    @Test
    void aFolderForReadingOnlyIsRefusedByBothSides() throws Exception {
        Files.writeString(folder.resolve("a"), "x");
        DirectoryNode readOnly = LocalServer.mount(folder, true).root();
        DirectoryNode believesOtherwise = NinepSession.open(new LocalServer(folder, true)).attach("", false).root();
        for (DirectoryNode directory : List.of(readOnly, believesOtherwise)) {
            FileNode a = (FileNode) directory.lookup("a");
            assertEquals("x", content(a));
            fails(Errno.EROFS, () -> a.write(0, bytes("y")));
            fails(Errno.EROFS, () -> a.append(bytes("y")));
            fails(Errno.EROFS, () -> a.truncate(0));
            fails(Errno.EROFS, a::requireWritable);
            fails(Errno.EROFS, () -> a.setPermissions(0777));
            fails(Errno.EROFS, () -> a.setTimes(0, 0));
            fails(Errno.EROFS, () -> a.setOwner(0, 0));
            fails(Errno.EROFS, () -> directory.createFile("b", 0600));
            fails(Errno.EROFS, () -> directory.createDirectory("b", 0700));
            fails(Errno.EROFS, () -> directory.createSymbolicLink("b", "c"));
            fails(Errno.EROFS, () -> directory.link("b", a));
            fails(Errno.EROFS, () -> directory.unlink("a"));
            fails(Errno.EROFS, () -> directory.removeDirectory("a"));
            fails(Errno.EROFS, () -> directory.rename("a", directory, "b"));
        }
        assertEquals(List.of(folder.resolve("a")), Files.list(folder).toList());
    }

    @Test
    void namesThatDoNotFitOneMessage() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(folder.resolve("n".repeat(80) + i));
        }
        var names = new java.util.TreeSet<String>();
        var cursor = root.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            assertTrue(names.add(name));
        }
        assertEquals(3000, names.size());
    }

    /** Nodes are dropped without a word; the server is told some time after. */
    @Test
    void numbersAreGivenBack() throws Exception {
        Files.createFile(folder.resolve("a"));
        AtomicInteger clunks = new AtomicInteger();
        server.change = (answer, length) -> {
            clunks.addAndGet(answer[4] == MessageTypes.CLUNK + 1 ? 1 : 0);
            return length;
        };
        for (int i = 0; i < 120_000; i++) {
            assertNotNull(root.lookup("a"));
        }
        assertTrue(clunks.get() > 0);
    }
}
