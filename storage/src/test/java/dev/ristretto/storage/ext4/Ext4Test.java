package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import dev.ristretto.storage.host.FileBlockDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.vfs.Vfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mke2fs} makes of a folder is what was in the folder. */
class Ext4Test {
    private static final int CACHE = 256 << 10;

    @TempDir
    private Path temporary;

    private Path folder;

    private Path image() {
        return temporary.resolve("disk.img");
    }

    private interface Use {
        void with(Ext4 fileSystem) throws Exception;
    }

    private void mounted(Use use) throws Exception {
        try (FileBlockDevice device = FileBlockDevice.open(image(), true)) {
            assertTrue(Ext4.isFormatted(device));
            use.with(Ext4.mount(device, CACHE));
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A folder with something of every kind. */
    private void fillFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("folder"));
        for (int size : new int[] {0, 1, 59, 60, 61, 100, 150, 1023, 1024, 1025, 4096, 12 * 1024, 13 * 1024 + 7, 300_000, 5_000_000}) {
            Files.write(folder.resolve("file" + size), random(size, size));
        }
        Path deep = Files.createDirectories(folder.resolve("a/b/c/d"));
        Files.writeString(deep.resolve("leaf"), "at the end");
        Files.createDirectory(folder.resolve("empty"));
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 400; i++) {
            Files.writeString(many.resolve("a name that is rather long, so that they need space " + i), "content " + i);
        }
        Files.writeString(folder.resolve("Übergröße-\uD83D\uDE00"), "a name in Unicode");
        Files.writeString(folder.resolve("x".repeat(255)), "the longest name");
        Files.createSymbolicLink(folder.resolve("fast"), Path.of("a/b/c"));
        Files.createSymbolicLink(folder.resolve("fast59"), Path.of("y".repeat(59)));
        Files.createSymbolicLink(folder.resolve("slow60"), Path.of("y".repeat(60)));
        Files.createSymbolicLink(folder.resolve("slow"), Path.of("d/".repeat(400) + "e"));
        Files.createLink(folder.resolve("a/hard"), folder.resolve("file1025"));
        Files.setPosixFilePermissions(folder.resolve("file1"), PosixFilePermissions.fromString("rwx--x-w-"));
        Files.setAttribute(folder.resolve("file59"), "unix:mode", 06755);
        Files.setLastModifiedTime(folder.resolve("file60"), FileTime.fromMillis(1_000_000_000_000L));
        Files.setLastModifiedTime(folder.resolve("file61"), FileTime.fromMillis(-1_000_000_000_000L));
        sparse(folder.resolve("sparse"), 70_000_000, 0, 4096, 1_000_000, 69_999_999);
        sparse(folder.resolve("hole only"), 9_000_000);
        try {
            Files.setAttribute(folder.resolve("file100"), "unix:uid", 70_000);
            Files.setAttribute(folder.resolve("file100"), "unix:gid", 80_000);
        } catch (IOException e) {
            System.out.println("SKIPPED: owners beyond 16 bits, because this user may not give files away: " + e.getMessage());
        }
    }

    private static void sparse(Path file, long size, long... places) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(size);
            for (long place : places) {
                content.seek(place);
                content.write((int) place | 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ext4", "-t ext4 -b 1024", "-t ext4 -b 2048", "-t ext4 -b 4096", "-t ext4 -b 65536", "-t ext4 -O ^extents,^64bit", "-t ext4 -I 128",
        "-t ext4 -I 1024", "-t ext2", "-t ext2 -b 4096", "-t ext3", "-t ext2 -r 0", "-t ext4 -O ^metadata_csum", "-t ext4 -O ^metadata_csum,uninit_bg",
        "-t ext4 -O inline_data", "-t ext4 -O inline_data -b 4096 -I 1024", "-t ext4 -O large_dir", "-t ext4 -O ^64bit", "-t ext4 -O ^64bit,^metadata_csum",
        "-t ext4 -O metadata_csum_seed", "-t ext4 -O ^resize_inode,meta_bg -b 1024 -g 1024", "-t ext4 -O bigalloc -C 65536", "-t ext4 -O ^flex_bg",
        "-t ext4 -O ^has_journal", "-t ext4 -O sparse_super2 -b 1024", "-t ext4 -O ea_inode,mmp", "-t ext4 -O casefold", "-t ext4 -O ^filetype",
        "-t ext4 -N 2000 -g 8192 -b 4096"})
    void aFolderAsItWas(String options) throws Exception {
        fillFolder();
        Mke2fs.make(image(), folder, "64m", options.split(" "));
        mounted(fileSystem -> {
            FolderComparison.compareRoot(folder, fileSystem);
            assertEquals(fileSystem.root().lookup("file1025"), ((DirectoryNode) fileSystem.root().lookup("a")).lookup("hard"));
            assertNotEquals(fileSystem.root().lookup("file1025"), fileSystem.root().lookup("file1024"));
            assertEquals(64 << 20, fileSystem.size());
            assertEquals("ext4", fileSystem.type());
        });
    }

    @Test
    void sparseFilesBeyondFourGib() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        long size = (5L << 30) + 123;
        sparse(folder.resolve("large"), size, 0, (4L << 30) - 1, 4L << 30, size - 1);
        for (String options : new String[] {"-t ext4", "-t ext2 -b 4096", "-t ext2 -b 1024"}) {
            Mke2fs.make(image(), folder, "32m", options.split(" "));
            mounted(fileSystem -> {
                FileNode large = assertInstanceOf(FileNode.class, fileSystem.root().lookup("large"));
                assertEquals(size, large.size());
                assertTrue(large.attributes().allocatedBytes() < 1 << 20);
                try (RandomAccessFile expected = new RandomAccessFile(folder.resolve("large").toFile(), "r")) {
                    for (long place : new long[] {0, 1000, (4L << 30) - 70_000, (4L << 30) - 1, (4L << 30) + 1, size - 100_000, size - 1, size, size + 1}) {
                        byte[] there = new byte[(int) Math.clamp(size - place, 0, 100_000)];
                        expected.seek(place);
                        expected.readFully(there);
                        ByteBuffer read = ByteBuffer.allocate(100_000);
                        assertEquals(there.length, large.read(place, read), () -> options + " from " + place);
                        assertEquals(ByteBuffer.wrap(there), read.flip());
                    }
                }
            });
            Files.delete(image());
        }
    }

    @Test
    void aDirectoryWithTenThousandNames() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(many.resolve("name" + i));
        }
        Mke2fs.make(image(), folder, "64m", "-t", "ext4", "-b", "1024", "-N", "11000");
        mounted(fileSystem -> {
            DirectoryNode directory = assertInstanceOf(DirectoryNode.class, fileSystem.root().lookup("many"));
            assertEquals(10_000, FolderComparison.names(directory).size());
            for (int i = 9_999; i >= 0; i -= 7) {
                assertEquals(0, directory.lookup("name" + i).attributes().size());
            }
            assertNull(directory.lookup("name10000"));
        });
    }

    /** Each block of the file is an extent of its own, which makes a tree of them. */
    @Test
    void aTreeOfExtents() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        Path file = folder.resolve("fragments");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < 2_000; i++) {
                content.seek(i * 8192L);
                content.write(random(4096, i));
            }
        }
        Mke2fs.make(image(), folder, "32m", "-t", "ext4", "-b", "1024");
        mounted(fileSystem -> {
            FolderComparison.compareRoot(folder, fileSystem);
            Ext4File fragments = assertInstanceOf(Ext4File.class, fileSystem.root().lookup("fragments"));
            assertTrue(fragments.inode.map.getShort(6) >= 2, "the tree has levels");
        });
    }

    @Test
    void pipesAndDevicesAreSeenAndNotOpened() throws Exception {
        Mke2fs.make(image(), null, "16m", "-t", "ext4");
        Mke2fs.debug(image(), "mknod pipe p");
        Mke2fs.debug(image(), "mknod tty c 5 1");
        Mke2fs.debug(image(), "mknod disk b 8 17");
        mounted(fileSystem -> {
            Vfs names = new Vfs(fileSystem, 0);
            assertEquals(0010000, names.status(names.root(), "/pipe", true).attributes().mode() & 0170000);
            assertEquals(0020000, names.status(names.root(), "/tty", true).attributes().mode() & 0170000);
            assertEquals(0060000, names.status(names.root(), "/disk", true).attributes().mode() & 0170000);
            assertEquals(5 << 8 | 1, fileSystem.root().lookup("tty").attributes().deviceNumber());
            assertEquals(8 << 8 | 17, fileSystem.root().lookup("disk").attributes().deviceNumber());
            for (String path : new String[] {"/pipe", "/tty", "/disk"}) {
                assertEquals(Errno.ENXIO, assertThrows(ErrnoException.class, () -> names.open(names.root(), path, 0, 0)).errno());
            }
        });
    }

    /** Counts requests, and notes the longest; has sectors of a size that is chosen. */
    private record Counting(FileBlockDevice device, int sectorSize, List<Integer> lengths) implements BlockDevice {
        @Override
        public long size() {
            return device.size();
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public void read(long position, ByteBuffer destination) throws ErrnoException {
            checkRange(position, destination.remaining());
            lengths.add(destination.remaining());
            device.read(position, destination);
        }

        @Override
        public void write(long position, ByteBuffer source) throws ErrnoException {
            throw Errno.EROFS.exception();
        }

        @Override
        public void flush() {
            // Nothing is written.
        }
    }

    @Test
    void contentComesInLongRequestsAndStraight() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        byte[] content = random(3_000_000, 1);
        Files.write(folder.resolve("file"), content);
        Mke2fs.make(image(), folder, "32m", "-t", "ext4", "-b", "1024");
        try (FileBlockDevice file = FileBlockDevice.open(image(), true)) {
            List<Integer> lengths = new ArrayList<>();
            Ext4 fileSystem = Ext4.mount(new Counting(file, 512, lengths), CACHE);
            FileNode node = assertInstanceOf(FileNode.class, fileSystem.root().lookup("file"));
            ByteBuffer destination = ByteBuffer.allocateDirect(1_000_100).position(7).limit(1_000_007);
            lengths.clear();
            assertEquals(1_000_000, node.read(1_000_300, destination));
            assertEquals(1_000_007, destination.position());
            assertEquals(1_000_007, destination.limit());
            assertEquals(ByteBuffer.wrap(content, 1_000_300, 1_000_000), destination.flip().position(7));
            assertTrue(lengths.size() <= 4, lengths::toString);
            lengths.clear();
            for (int i = 0; i < 100; i++) {
                node.read(5000 + i, ByteBuffer.allocate(1));
            }
            assertEquals(List.of(1024), lengths);
        }
    }

    @Test
    void blocksMustNotBeSmallerThanSectors() throws Exception {
        Mke2fs.make(image(), null, "16m", "-t", "ext4", "-b", "1024");
        try (FileBlockDevice file = FileBlockDevice.open(image(), true)) {
            Ext4Exception e = assertThrows(Ext4Exception.class, () -> Ext4.mount(new Counting(file, 4096, new ArrayList<>()), CACHE));
            assertEquals("its ext4 file system has blocks of 1024 bytes, which a device with sectors of 4096 cannot read", e.getMessage());
        }
        Files.delete(image());
        Mke2fs.make(image(), null, "16m", "-t", "ext4", "-b", "4096");
        try (FileBlockDevice file = FileBlockDevice.open(image(), true)) {
            assertEquals("[lost+found]", FolderComparison.names(Ext4.mount(new Counting(file, 4096, new ArrayList<>()), CACHE).root()).toString());
        }
    }

    @Test
    void pathsLeadThereAndBack() throws Exception {
        fillFolder();
        Mke2fs.make(image(), folder, "64m", "-t", "ext4");
        mounted(fileSystem -> {
            Vfs names = new Vfs(fileSystem, 0);
            assertEquals("/a/b/c/d/leaf", names.realPath(names.root(), "fast/../c/./d/leaf"));
            names.changeDirectory("fast/d");
            assertEquals("/a/b/c/d", names.workingDirectoryPath());
            assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> names.open(names.root(), "/file1", 1, 0)).errno());
            assertEquals(Errno.ENOENT, assertThrows(ErrnoException.class, () -> names.open(names.root(), "/none", 0, 0)).errno());
            assertEquals(Errno.ENOTDIR, assertThrows(ErrnoException.class, () -> names.open(names.root(), "/file1/x", 0, 0)).errno());
        });
    }

    /** Names that are no text are shown with U+FFFD, and found by that name. */
    @Test
    void namesThatAreNoText() throws Exception {
        folder = Files.createDirectory(temporary.resolve("folder"));
        Files.writeString(folder.resolve("name ????"), "content");
        Mke2fs.make(image(), folder, "16m", "-t", "ext2");
        try (FileBlockDevice device = FileBlockDevice.open(image(), false)) {
            replace(device, "name ????".getBytes(), new byte[] {'n', 'a', 'm', 'e', ' ', (byte) 0xFF, (byte) 0xC3, 'x', (byte) 0xFE});
            Ext4 fileSystem = Ext4.mount(device, CACHE);
            String name = "name \uFFFD\uFFFDx\uFFFD";
            assertTrue(FolderComparison.names(fileSystem.root()).contains(name));
            assertEquals(7, fileSystem.root().lookup(name).attributes().size());
            assertNull(fileSystem.root().lookup("name \uFFFD\uFFFDy\uFFFD"));
        }
    }

    private static void replace(FileBlockDevice device, byte[] what, byte[] by) throws ErrnoException {
        ByteBuffer all = ByteBuffer.allocate((int) device.size());
        device.read(0, all);
        int found = 0;
        for (int at = 0; at + what.length <= all.capacity(); at++) {
            if (all.slice(at, what.length).equals(ByteBuffer.wrap(what))) {
                all.put(at, by);
                found++;
            }
        }
        assertEquals(1, found);
        device.write(0, all.flip().limit(all.capacity()));
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        fillFolder();
        Mke2fs.make(image(), folder, "64m", "-t", "ext4");
        byte[] before = Files.readAllBytes(image());
        mounted(fileSystem -> {
            DirectoryNode root = fileSystem.root();
            Node file = root.lookup("file1");
            FileNode content = (FileNode) file;
            refused(Errno.EROFS, () -> root.createFile("new", 0644));
            refused(Errno.EEXIST, () -> root.createDirectory("empty", 0755));
            refused(Errno.EROFS, () -> root.createSymbolicLink("new", "target"));
            refused(Errno.EROFS, () -> root.link("new", file));
            refused(Errno.EROFS, () -> root.unlink("file1"));
            refused(Errno.ENOENT, () -> root.unlink("new"));
            refused(Errno.EROFS, () -> root.removeDirectory("empty"));
            refused(Errno.EROFS, () -> root.rename("file1", root, "new"));
            refused(Errno.EROFS, () -> content.write(0, ByteBuffer.allocate(1)));
            refused(Errno.EROFS, () -> content.append(ByteBuffer.allocate(1)));
            refused(Errno.EROFS, () -> content.truncate(0));
            refused(Errno.EROFS, () -> file.setPermissions(0));
            refused(Errno.EROFS, () -> file.setOwner(1, 1));
            refused(Errno.EROFS, () -> file.setTimes(0, 0));
            assertTrue(fileSystem.isReadOnly());
        });
        assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(image())));
    }

    private interface Change {
        void run() throws ErrnoException;
    }

    private static void refused(Errno errno, Change change) {
        assertEquals(errno, assertThrows(ErrnoException.class, change::run).errno());
    }

    // ------------------------------------------------------------------ what cannot be mounted

    private void cannotMount(Problem problem, String says) throws Exception {
        try (FileBlockDevice device = FileBlockDevice.open(image(), true)) {
            Ext4Exception e = assertThrows(Ext4Exception.class, () -> Ext4.mount(device, CACHE));
            assertEquals(problem, e.problem(), e.getMessage());
            assertTrue(e.getMessage().contains(says), e.getMessage());
        }
    }

    @Test
    void whatIsNotSupportedIsNamed() throws Exception {
        Mke2fs.make(image(), null, "16m", "-t", "ext4", "-O", "encrypt");
        cannotMount(Problem.UNSUPPORTED, "the feature encrypt, ");
        Files.delete(image());
        Mke2fs.make(image(), null, "16m", "-O", "journal_dev");
        cannotMount(Problem.UNSUPPORTED, "the feature journal_dev, ");
        Files.delete(image());
        Mke2fs.make(image(), null, "16m", "-t", "ext2");
        try (RandomAccessFile file = new RandomAccessFile(image().toFile(), "rw")) {
            file.seek(1024 + 0x63);
            file.write(0x80);
        }
        cannotMount(Problem.UNSUPPORTED, "the feature FEATURE_I31, ");
    }

    @Test
    void whatIsNoFileSystem() throws Exception {
        Files.write(image(), random(1 << 20, 1));
        cannotMount(Problem.NOT_EXT4, "there is no ext4 file system");
        Files.write(image(), new byte[1024]);
        cannotMount(Problem.NOT_EXT4, "there is no ext4 file system");
        Files.write(image(), new byte[0]);
        cannotMount(Problem.NOT_EXT4, "there is no ext4 file system");
    }

    @Test
    void cutOffOrDamaged() throws Exception {
        Mke2fs.make(image(), null, "16m", "-t", "ext4");
        try (RandomAccessFile file = new RandomAccessFile(image().toFile(), "rw")) {
            file.setLength(15 << 20);
            cannotMount(Problem.TOO_SMALL, "the device has 15728640 bytes, less than the 16777216 of the ext4 file system on it");
            file.setLength(16 << 20);
            file.seek(1024 + 0x300);
            file.write(1);
            cannotMount(Problem.DAMAGED, "what the superblock says cannot be");
        }
    }
}
