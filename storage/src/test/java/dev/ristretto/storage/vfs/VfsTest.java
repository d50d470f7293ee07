package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.device.NullDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.sealedfs.Content;
import dev.ristretto.storage.sealedfs.SealedTree;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A machine like an image's: a sealed root, devices, and a writable {@code /tmp}. */
class VfsTest {
    private final Tmpfs tmpfs = new Tmpfs(1 << 20, 1000, () -> 0);
    private Vfs vfs;

    @BeforeEach
    void mount() throws ErrnoException {
        vfs = new Vfs(new SealedTree("sealed", 0).directory("tmp").directory("dev")
                .file("app/hello.txt", Content.of("hello".getBytes(StandardCharsets.UTF_8))).symbolicLink("app/link", "/tmp").seal(), 022);
        vfs.mount("/tmp", tmpfs);
        vfs.mount("/dev", new SealedTree("devtmpfs", 0).device("null", new NullDevice(), 1, 3).seal());
    }

    @Test
    void theRootIsReadOnly() throws ErrnoException {
        fails(Errno.EROFS, () -> open("/new", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
        fails(Errno.EROFS, () -> open("/app/hello.txt", OpenFlags.O_RDWR));
        fails(Errno.EROFS, () -> vfs.makeDirectory(vfs.root(), "/new", 0755));
        fails(Errno.EROFS, () -> vfs.makeSymbolicLink(vfs.root(), "/new", "x"));
        fails(Errno.EROFS, () -> vfs.link(vfs.root(), "/app/hello.txt", vfs.root(), "/app/other"));
        fails(Errno.EROFS, () -> vfs.unlink(vfs.root(), "/app/hello.txt"));
        fails(Errno.EROFS, () -> vfs.removeDirectory(vfs.root(), "/app"));
        fails(Errno.EROFS, () -> vfs.rename(vfs.root(), "/app/hello.txt", vfs.root(), "/app/other"));
        fails(Errno.EROFS, () -> vfs.node(vfs.root(), "/app/hello.txt", true).setPermissions(0));
        fails(Errno.EROFS, () -> vfs.access(vfs.root(), "/app/hello.txt", true, false));
        fails(Errno.EACCES, () -> vfs.access(vfs.root(), "/app/hello.txt", false, true));
        fails(Errno.EEXIST, () -> vfs.makeDirectory(vfs.root(), "/app", 0755));
        vfs.access(vfs.root(), "/app", false, true);
        assertEquals("hello", read("/app/hello.txt"));
    }

    @Test
    void devicesCanBeWrittenAlthoughTheirFileSystemIsReadOnly() throws ErrnoException {
        vfs.access(vfs.root(), "/dev/null", true, false);
        OpenFile file = open("/dev/null", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC);
        assertEquals(5, file.write(ByteBuffer.allocate(5)));
        fails(Errno.EBADF, () -> file.read(ByteBuffer.allocate(5)));
        assertEquals(0x103, file.status().attributes().deviceNumber());
        assertEquals("", read("/dev/null"));
        fails(Errno.EROFS, () -> open("/dev/other", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
    }

    @Test
    void pathsCrossMountsInBothDirections() throws ErrnoException {
        write("/tmp/../tmp/./f", "x");
        assertEquals("x", read("/app/link/f"));
        assertEquals("x", read("/app/link/../tmp/f"));
        assertEquals("hello", read("/tmp/../app/hello.txt"));
        assertEquals("hello", read("/../../app/hello.txt"));
        assertEquals("/tmp/f", vfs.realPath(vfs.root(), "/app/link//f"));
        assertEquals("/", vfs.realPath(vfs.root(), "/tmp/.."));
        assertEquals("/tmp", vfs.realPath(vfs.root(), "tmp/"));
        assertNotEquals(vfs.status(vfs.root(), "/tmp", true).device(), vfs.status(vfs.root(), "/", true).device());
    }

    @Test
    void whatIsMountedStaysWhereItIs() throws ErrnoException {
        fails(Errno.EBUSY, () -> vfs.removeDirectory(vfs.root(), "/tmp"));
        fails(Errno.EBUSY, () -> vfs.rename(vfs.root(), "/tmp", vfs.root(), "/tmp2"));
        fails(Errno.EBUSY, () -> vfs.removeDirectory(vfs.root(), "/"));
        fails(Errno.EBUSY, () -> vfs.mount("/tmp", new Tmpfs(0, 1, () -> 0)));
        fails(Errno.EBUSY, () -> vfs.mount("/app", tmpfs));
        fails(Errno.EBUSY, () -> vfs.mount("/", new Tmpfs(0, 1, () -> 0)));
        fails(Errno.ENOTDIR, () -> vfs.mount("/app/hello.txt", new Tmpfs(0, 1, () -> 0)));
        fails(Errno.EXDEV, () -> vfs.rename(vfs.root(), "/app/hello.txt", vfs.root(), "/tmp/x"));
        fails(Errno.EXDEV, () -> vfs.link(vfs.root(), "/app/hello.txt", vfs.root(), "/tmp/x"));
        assertEquals(List.of("/", "/tmp", "/dev"), vfs.mounts().stream().map(Mount::path).toList());
        assertEquals(List.of("sealed", "tmpfs", "devtmpfs"), vfs.mounts().stream().map(m -> m.fileSystem().type()).toList());
    }

    @Test
    void limitsOfNamesPathsAndLinks() throws ErrnoException {
        String longest = "é".repeat(127) + "x";
        write("/tmp/" + longest, "x");
        assertEquals("x", read("/tmp/" + longest));
        fails(Errno.ENAMETOOLONG, () -> write("/tmp/" + longest + "x", "x"));
        String deep = "/tmp" + "/.".repeat(2045) + "/";
        assertEquals(PathWalk.PATH_MAXIMUM, deep.length());
        vfs.status(vfs.root(), deep, true);
        fails(Errno.ENAMETOOLONG, () -> vfs.status(vfs.root(), deep + "/", true));
        fails(Errno.ENAMETOOLONG, () -> vfs.makeSymbolicLink(vfs.root(), "/tmp/l", deep + "/"));
        write("/tmp/0", "end");
        for (int i = 1; i <= PathWalk.LINKS_MAXIMUM + 1; i++) {
            vfs.makeSymbolicLink(vfs.root(), "/tmp/" + i, String.valueOf(i - 1));
        }
        assertEquals("end", read("/tmp/" + PathWalk.LINKS_MAXIMUM));
        fails(Errno.ELOOP, () -> read("/tmp/" + (PathWalk.LINKS_MAXIMUM + 1)));
    }

    @Test
    void namesAreText() {
        fails(Errno.EILSEQ, () -> write("/tmp/\ud800", "x"));
        fails(Errno.EILSEQ, () -> write("/tmp/\udc00\ud800", "x"));
        fails(Errno.EINVAL, () -> write("/tmp/a\0b", "x"));
        fails(Errno.EILSEQ, () -> vfs.makeSymbolicLink(vfs.root(), "/tmp/l", "\ud800"));
        fails(Errno.ENOENT, () -> read(""));
        fails(Errno.ENOENT, () -> vfs.makeSymbolicLink(vfs.root(), "/tmp/l", ""));
    }

    @Test
    void openingFollowsTheFlags() throws ErrnoException {
        write("/tmp/f", "content");
        vfs.makeSymbolicLink(vfs.root(), "/tmp/l", "f");
        vfs.makeSymbolicLink(vfs.root(), "/tmp/nowhere", "made");
        fails(Errno.EEXIST, () -> open("/tmp/f", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL));
        fails(Errno.EEXIST, () -> open("/tmp/nowhere", OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL));
        fails(Errno.ELOOP, () -> open("/tmp/l", OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW));
        fails(Errno.ENOENT, () -> open("/tmp/nowhere", OpenFlags.O_RDONLY));
        fails(Errno.EISDIR, () -> open("/tmp", OpenFlags.O_RDWR));
        fails(Errno.EISDIR, () -> open("/tmp", OpenFlags.O_RDONLY | OpenFlags.O_CREAT));
        fails(Errno.EISDIR, () -> open("/tmp/new/", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
        fails(Errno.ENOTDIR, () -> open("/tmp/f", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY));
        fails(Errno.ENOTDIR, () -> open("/tmp/f/", OpenFlags.O_RDONLY));
        fails(Errno.ENOTDIR, () -> open("/tmp/f/x", OpenFlags.O_RDONLY));
        open("/tmp/nowhere", OpenFlags.O_WRONLY | OpenFlags.O_CREAT);
        assertEquals(0644, vfs.status(vfs.root(), "/tmp/made", false).attributes().permissions(), "less the umask");
        open("/tmp/f", OpenFlags.O_RDONLY | OpenFlags.O_TRUNC);
        assertEquals("content", read("/tmp/f"), "only who may write may cut");
        open("/tmp/l", OpenFlags.O_WRONLY | OpenFlags.O_TRUNC);
        assertEquals("", read("/tmp/f"));
    }

    @Test
    void readingAndWritingMoveThePosition() throws ErrnoException {
        OpenFile file = open("/tmp/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT);
        assertEquals(5, file.write(text("hello")));
        assertEquals(5, file.position());
        assertEquals(2, file.write(1, text("EL")));
        assertEquals(5, file.position(), "writing to a place does not move it");
        file.seek(1);
        ByteBuffer buffer = ByteBuffer.allocate(2);
        assertEquals(2, file.read(buffer));
        assertEquals("EL", new String(buffer.array(), StandardCharsets.ISO_8859_1));
        assertEquals(3, file.position());
        assertEquals(2, file.available());
        assertEquals(1, file.skip(-2));
        fails(Errno.EINVAL, () -> file.skip(-2));
        fails(Errno.EINVAL, () -> file.skip(Long.MAX_VALUE));
        fails(Errno.EINVAL, () -> file.seek(-1));
        fails(Errno.EINVAL, () -> file.read(-1L, buffer));
        fails(Errno.EINVAL, () -> file.write(-1L, buffer));
        fails(Errno.EINVAL, () -> file.truncate(-1));
        file.seek(100);
        assertEquals(0, file.available());
        assertEquals(0, file.read(ByteBuffer.allocate(1)));
        ByteBuffer[] two = {ByteBuffer.allocate(3), ByteBuffer.allocate(0), ByteBuffer.allocate(3)};
        file.seek(0);
        assertEquals(5, file.read(two));
        assertEquals(1, two[2].remaining());
        assertEquals(4, file.write(new ByteBuffer[] {text("ab"), text(""), text("cd")}));
        assertEquals("hELloabcd", read("/tmp/f"));
    }

    @Test
    void appendingIgnoresThePosition() throws ErrnoException {
        write("/tmp/f", "123");
        OpenFile file = open("/tmp/f", OpenFlags.O_RDWR | OpenFlags.O_APPEND);
        assertEquals(0, file.position());
        file.write(text("45"));
        assertEquals(5, file.position());
        file.seek(0);
        file.write(text("6"));
        file.write(0L, text("7"));
        assertEquals("1234567", read("/tmp/f"));
    }

    @Test
    void whatIsNoFileRefusesWhatOnlyFilesCan() throws ErrnoException {
        OpenFile directory = open("/tmp", OpenFlags.O_RDONLY);
        fails(Errno.EISDIR, () -> directory.read(ByteBuffer.allocate(1)));
        fails(Errno.EBADF, () -> directory.write(ByteBuffer.allocate(1)));
        fails(Errno.ESPIPE, () -> directory.seek(0));
        fails(Errno.EINVAL, () -> directory.truncate(0));
        OpenFile file = open("/app/hello.txt", OpenFlags.O_RDONLY);
        fails(Errno.ENOTDIR, file::directory);
        fails(Errno.ENOTDIR, file::nextName);
        fails(Errno.EBADF, () -> file.write(ByteBuffer.allocate(1)));
        fails(Errno.EINVAL, () -> file.truncate(0));
    }

    @Test
    void relativePathsBeginWhereAsked() throws ErrnoException {
        vfs.makeDirectory(vfs.root(), "/tmp/a", 0777);
        write("/tmp/a/f", "in a");
        DirectoryNode a = open("/tmp/a", OpenFlags.O_RDONLY).directory();
        vfs.rename(a, "f", a, "g");
        vfs.rename(vfs.root(), "/tmp/a", vfs.root(), "/tmp/b");
        assertEquals("/tmp/b/g", vfs.realPath(a, "g"), "an open directory follows its own renaming");
        assertEquals(4, vfs.status(a, "g", true).attributes().size());
        vfs.changeDirectory("/tmp/b");
        assertEquals("/tmp/b", vfs.workingDirectoryPath());
        assertEquals("/tmp", vfs.realPath(vfs.workingDirectory(), ".."));
        vfs.unlink(a, "g");
        vfs.removeDirectory(vfs.root(), "/tmp/b");
        fails(Errno.ENOENT, vfs::workingDirectoryPath);
        fails(Errno.ENOENT, () -> vfs.open(a, "g", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644));
        fails(Errno.ENOTDIR, () -> vfs.changeDirectory("/app/hello.txt"));
    }

    @Test
    void removingAndReplacingLinks() throws ErrnoException {
        vfs.makeDirectory(vfs.root(), "/tmp/d", 0755);
        vfs.makeSymbolicLink(vfs.root(), "/tmp/l", "d");
        fails(Errno.ENOTDIR, () -> vfs.removeDirectory(vfs.root(), "/tmp/l"));
        fails(Errno.ENOTDIR, () -> vfs.removeDirectory(vfs.root(), "/tmp/l/"));
        fails(Errno.EISDIR, () -> vfs.unlink(vfs.root(), "/tmp/d"));
        fails(Errno.EISDIR, () -> vfs.unlink(vfs.root(), "/tmp/."));
        fails(Errno.EINVAL, () -> vfs.removeDirectory(vfs.root(), "/tmp/d/."));
        fails(Errno.ENOTEMPTY, () -> vfs.removeDirectory(vfs.root(), "/tmp/d/.."));
        fails(Errno.EPERM, () -> vfs.link(vfs.root(), "/tmp/d", vfs.root(), "/tmp/e"));
        vfs.link(vfs.root(), "/tmp/l", vfs.root(), "/tmp/m");
        assertEquals("d", vfs.readLink(vfs.root(), "/tmp/m"));
        assertEquals(2, vfs.status(vfs.root(), "/tmp/m", false).attributes().links());
        fails(Errno.EINVAL, () -> vfs.readLink(vfs.root(), "/tmp/d"));
        vfs.unlink(vfs.root(), "/tmp/l");
        assertTrue(vfs.node(vfs.root(), "/tmp/d", false) instanceof DirectoryNode, "the link went, not what it points to");
    }

    @Test
    void openingNeverLosesARaceWithDeletion() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread remover = Thread.startVirtualThread(() -> {
            while (!stop.get()) {
                try {
                    vfs.unlink(vfs.root(), "/tmp/contended");
                } catch (ErrnoException e) {
                    assertEquals(Errno.ENOENT, e.errno());
                }
            }
        });
        DescriptorTable table = new DescriptorTable(10);
        for (int i = 0; i < 20_000; i++) {
            int descriptor = table.add(open("/tmp/contended", OpenFlags.O_RDWR | OpenFlags.O_CREAT));
            assertEquals(1, table.get(descriptor).write(text("x")));
            table.close(descriptor);
        }
        stop.set(true);
        remover.join();
        if (vfs.root().lookup("tmp") != null && tmpfs.root().lookup("contended") != null) {
            vfs.unlink(vfs.root(), "/tmp/contended");
        }
        assertEquals((1 << 20) / Tmpfs.PAGE_SIZE, tmpfs.statistics().freeBlocks(), "nothing leaks");
        assertFalse(remover.isAlive());
    }

    private OpenFile open(String path, int flags) throws ErrnoException {
        return vfs.open(vfs.root(), path, flags, 0666);
    }

    private void write(String path, String content) throws ErrnoException {
        open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC).write(text(content));
    }

    private String read(String path) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        int length = open(path, OpenFlags.O_RDONLY).read(buffer);
        return new String(buffer.array(), 0, length, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void fails(Errno errno, Executable executable) {
        assertEquals(errno, assertThrows(ErrnoException.class, executable).errno());
    }
}
