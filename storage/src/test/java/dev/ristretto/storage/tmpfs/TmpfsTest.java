package dev.ristretto.storage.tmpfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TmpfsTest {
    private static final int PAGE = Tmpfs.PAGE_SIZE;

    private final AtomicLong time = new AtomicLong(1_000);
    private final Tmpfs tmpfs = new Tmpfs(1 << 20, 100, time::get);
    private final DirectoryNode root = tmpfs.root();

    @Test
    void limitOfBytesIsExactAndWhatFitsIsWritten() throws ErrnoException {
        Tmpfs small = new Tmpfs(10 * PAGE, 10, time::get);
        FileNode file = small.root().createFile("f", 0644);
        // Ten pages would fit, but the table that finds them counts too.
        assertEquals(9 * PAGE, file.write(0, ByteBuffer.allocate(20 * PAGE)));
        assertEquals(9 * PAGE, file.size());
        fails(Errno.ENOSPC, () -> file.write(9 * PAGE, ByteBuffer.allocate(1)));
        fails(Errno.ENOSPC, () -> file.append(ByteBuffer.allocate(1)));
        assertEquals(9 * PAGE, file.size(), "a failed write changes nothing");
        assertEquals(100, file.write(50, ByteBuffer.allocate(100)), "what is there can be overwritten");
        assertEquals(0, small.statistics().freeBlocks());
        file.truncate(PAGE);
        assertEquals(8 * PAGE, file.write(PAGE, ByteBuffer.allocate(20 * PAGE)), "cutting gives back");
        small.root().unlink("f");
        assertEquals(10, small.statistics().freeBlocks(), "deleting gives everything back");
    }

    @Test
    void aFileSystemWithoutSpaceHoldsEmptyFiles() throws ErrnoException {
        Tmpfs none = new Tmpfs(PAGE - 1, 3, time::get);
        FileNode file = none.root().createFile("f", 0644);
        fails(Errno.ENOSPC, () -> file.write(0, ByteBuffer.allocate(1)));
        assertEquals(0, file.write(0, ByteBuffer.allocate(0)), "writing nothing needs nothing");
        file.truncate(1 << 30);
        assertEquals(1 << 30, file.size(), "a hole needs nothing either");
    }

    @Test
    void limitOfNamesCountsLinksAndEverythingElse() throws ErrnoException {
        Tmpfs small = new Tmpfs(1 << 20, 5, time::get);
        FileNode file = small.root().createFile("f", 0644);
        small.root().createDirectory("d", 0755);
        small.root().createSymbolicLink("s", "f");
        small.root().link("l", file);
        fails(Errno.ENOSPC, () -> small.root().createFile("g", 0644));
        fails(Errno.ENOSPC, () -> small.root().createDirectory("g", 0755));
        fails(Errno.ENOSPC, () -> small.root().createSymbolicLink("g", "f"));
        fails(Errno.ENOSPC, () -> small.root().link("g", file));
        fails(Errno.EEXIST, () -> small.root().createFile("f", 0644));
        assertEquals(0, small.statistics().freeNodes());
        small.root().unlink("l");
        small.root().createFile("g", 0644);
        small.root().rename("g", small.root(), "f");
        assertEquals(1, small.statistics().freeNodes(), "replacing frees a name");
    }

    @Test
    void sparseFilesTakeOnlyWhatIsWritten() throws ErrnoException {
        FileNode file = root.createFile("f", 0644);
        long far = 1L << 40;
        file.write(far, text("end"));
        assertEquals(far + 3, file.size());
        assertTrue(file.attributes().allocatedBytes() < 10 * PAGE, "a terabyte of nothing is nearly free");
        assertEquals("\0\0\0\0", read(file, 0, 4));
        assertEquals("\0\0end", read(file, far - 2, 100));
        assertEquals("", read(file, far + 3, 10));
        assertEquals("", read(file, Long.MAX_VALUE, 10));
        fails(Errno.EFBIG, () -> file.write(Long.MAX_VALUE, text("x")));
        assertEquals(2, file.write(Long.MAX_VALUE - 2, text("xyz")), "up to the very last byte");
        assertEquals(Long.MAX_VALUE, file.size());
        fails(Errno.EFBIG, () -> file.append(text("x")));
    }

    @Test
    void whatIsCutOffReadsAsZerosWhenTheFileGrowsAgain() throws ErrnoException {
        FileNode file = root.createFile("f", 0644);
        file.write(0, text("secret"));
        file.truncate(2);
        file.truncate(6);
        assertEquals("se\0\0\0\0", read(file, 0, 10));
        file.write(PAGE - 2, text("secret"));
        file.truncate(PAGE - 1);
        file.write(PAGE + 2, text("!"));
        assertEquals("s\0\0\0!", read(file, PAGE - 2, 10));
    }

    @Test
    void contentStaysForWhoHoldsItAfterTheLastNameIsGone() throws ErrnoException {
        FileNode file = root.createFile("f", 0644);
        file.write(0, ByteBuffer.allocate(10 * PAGE));
        long free = tmpfs.statistics().freeBlocks();
        file.hold();
        file.hold();
        root.unlink("f");
        assertEquals(0, file.attributes().links());
        assertEquals(free, tmpfs.statistics().freeBlocks());
        file.drop();
        file.write(0, text("still here"));
        assertEquals("still here", read(file, 0, 10));
        fails(Errno.ENOENT, () -> root.link("g", file));
        file.drop();
        assertEquals((1 << 20) / PAGE, tmpfs.statistics().freeBlocks());
        fails(Errno.ESTALE, file::hold);
    }

    @Test
    void aRemovedDirectoryTakesNoNewNames() throws ErrnoException {
        DirectoryNode directory = root.createDirectory("d", 0755);
        FileNode file = root.createFile("f", 0644);
        root.removeDirectory("d");
        fails(Errno.ENOENT, () -> directory.createFile("x", 0644));
        fails(Errno.ENOENT, () -> directory.createDirectory("x", 0755));
        fails(Errno.ENOENT, () -> directory.createSymbolicLink("x", "y"));
        fails(Errno.ENOENT, () -> directory.link("x", file));
        fails(Errno.ENOENT, () -> root.rename("f", directory, "x"));
        assertEquals(0, directory.attributes().links());
    }

    @Test
    void linkCountsHaveALimit() throws ErrnoException {
        Tmpfs large = new Tmpfs(0, 1_000_000, time::get);
        FileNode file = large.root().createFile("f", 0644);
        for (int i = 1; i < Tmpfs.LINK_MAXIMUM; i++) {
            large.root().link("l" + i, file);
        }
        fails(Errno.EMLINK, () -> large.root().link("one more", file));
        DirectoryNode many = large.root().createDirectory("many", 0755);
        for (int i = 2; i < Tmpfs.LINK_MAXIMUM; i++) {
            many.createDirectory("d" + i, 0755);
        }
        fails(Errno.EMLINK, () -> many.createDirectory("one more", 0755));
        large.root().createDirectory("elsewhere", 0755);
        fails(Errno.EMLINK, () -> large.root().rename("elsewhere", many, "elsewhere"));
        many.rename("d2", many, "renamed");
    }

    @Test
    void timesFollowWhatHappens() throws ErrnoException {
        FileNode file = root.createFile("f", 0644);
        expectTimes(file, 1_000, 1_000, 1_000);
        time.set(2_000);
        read(file, 0, 10);
        expectTimes(file, 1_000, 1_000, 1_000);
        file.write(0, text("x"));
        expectTimes(file, 1_000, 2_000, 2_000);
        time.set(3_000);
        read(file, 0, 10);
        expectTimes(file, 3_000, 2_000, 2_000);
        time.set(4_000);
        read(file, 0, 10);
        expectTimes(file, 3_000, 2_000, 2_000);
        file.setPermissions(0600);
        expectTimes(file, 3_000, 2_000, 4_000);
        file.setTimes(Node.KEEP_TIME, -5);
        expectTimes(file, 3_000, -5, 4_000);
        time.set(86_400_000_000_000L + 4_000);
        read(file, 0, 10);
        assertEquals(time.get(), file.attributes().accessed(), "noted again after a day");
        assertEquals(1_000, file.attributes().created());
    }

    @Test
    void changesInADirectoryChangeItsTimes() throws ErrnoException {
        List<Executable> changes = List.of(() -> root.createFile("f", 0644), () -> root.createSymbolicLink("s", "f"),
                () -> root.createDirectory("d", 0755), () -> root.link("l", root.lookup("f")), () -> root.rename("l", root, "m"),
                () -> root.unlink("m"), () -> root.removeDirectory("d"));
        for (Executable change : changes) {
            time.addAndGet(10);
            assertDoesNotFail(change);
            assertEquals(time.get(), root.attributes().modified());
            assertEquals(time.get(), root.attributes().changed());
        }
    }

    @Test
    void listingSurvivesChanges() throws ErrnoException {
        for (String name : new String[] {"a", "b", "c"}) {
            root.createFile(name, 0644);
        }
        var cursor = root.entries();
        assertEquals("a", cursor.next());
        root.unlink("c");
        root.createFile("d", 0644);
        List<String> rest = new ArrayList<>();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            rest.add(name);
        }
        assertTrue(rest.contains("b"), "what was there all the time is listed");
        assertEquals(rest.size(), rest.stream().distinct().count());
    }

    @Test
    void appendsOfManyThreadsStayInOnePieceEach() throws Exception {
        FileNode file = root.createFile("f", 0644);
        int threads = 4;
        int lines = 300;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String line = String.valueOf((char) ('a' + t)).repeat(99 + t) + "\n";
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < lines; i++) {
                        file.append(text(line));
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        String[] read = read(file, 0, 1 << 20).split("\n");
        assertEquals(threads * lines, read.length);
        for (String line : read) {
            assertEquals(99 + line.charAt(0) - 'a', line.length());
            assertEquals(1, line.chars().distinct().count());
        }
    }

    @Test
    void threadsThatRenameNeverLoseAFileOrMakeALoop() throws Exception {
        DirectoryNode[] directories = {root.createDirectory("a", 0755), root.createDirectory("b", 0755), root.createDirectory("c", 0755)};
        root.createFile("file", 0644);
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                futures.add(executor.submit(() -> {
                    java.util.Random random = new java.util.Random(seed);
                    for (int i = 0; i < 5_000; i++) {
                        DirectoryNode from = random.nextInt(4) == 0 ? root : directories[random.nextInt(3)];
                        DirectoryNode to = random.nextInt(4) == 0 ? root : directories[random.nextInt(3)];
                        String name = List.of("a", "b", "c", "file").get(random.nextInt(4));
                        try {
                            from.rename(name, to, name);
                        } catch (ErrnoException e) {
                            assertTrue(List.of(Errno.ENOENT, Errno.EINVAL, Errno.ENOTEMPTY).contains(e.errno()), e::toString);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        assertEquals(List.of("a", "b", "c", "file"), names(root).stream().sorted().toList(), "each is somewhere below the root, once");
    }

    private static List<String> names(DirectoryNode directory) throws ErrnoException {
        List<String> names = new ArrayList<>();
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            names.add(name);
            if (directory.lookup(name) instanceof DirectoryNode below) {
                names.addAll(names(below));
            }
        }
        return names;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(FileNode file, long position, int length) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        int count = file.read(position, buffer);
        byte[] bytes = new byte[count];
        buffer.flip().get(bytes);
        assertEquals(0, buffer.remaining());
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void expectTimes(Node node, long accessed, long modified, long changed) throws ErrnoException {
        var attributes = node.attributes();
        assertArrayEquals(new long[] {accessed, modified, changed},
                new long[] {attributes.accessed(), attributes.modified(), attributes.changed()});
    }

    private static void fails(Errno errno, Executable executable) {
        assertEquals(errno, assertThrows(ErrnoException.class, executable).errno());
    }

    private static void assertDoesNotFail(Executable executable) {
        org.junit.jupiter.api.Assertions.assertDoesNotThrow(executable);
    }
}
