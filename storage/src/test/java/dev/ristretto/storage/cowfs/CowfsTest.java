package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.block.ForwardingBlockDevice;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.CowfsException.Problem;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one file system does, apart from what the tests against a model and the power cuts show. */
class CowfsTest {
    private static final int MIB = 1 << 20;

    private final AtomicLong now = new AtomicLong(1000);
    private final CowfsOptions options = CowfsOptions.defaults(now::get).withMemory(512 << 10, 256 << 10);
    private MemoryBlockDevice disk;
    private Cowfs subject;
    private DirectoryNode root;

    @BeforeEach
    void create() throws CowfsException {
        create(8 * MIB);
    }

    private void create(long size) throws CowfsException {
        disk = new MemoryBlockDevice(size, 512);
        Cowfs.format(disk, 0x1234, 0x5678, "notes", options);
        mount(Cowfs.mount(disk, options));
    }

    private void mount(Cowfs fileSystem) {
        subject = fileSystem;
        root = subject.root();
    }

    private void again() throws ErrnoException, CowfsException {
        subject.close();
        mount(Cowfs.mount(disk, options));
    }

    private static byte[] content(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Node file, long position, int length) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        assertEquals(length, ((FileNode) file).read(position, buffer));
        return buffer.array();
    }

    private FileNode file(String name, byte[] content) throws ErrnoException {
        FileNode file = root.createFile(name, 0644);
        assertEquals(content.length, file.write(0, ByteBuffer.wrap(content)));
        return file;
    }

    private static void fails(Errno errno, org.junit.jupiter.api.function.Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    private void isWhole() throws ErrnoException {
        assertEquals(List.of(), subject.check(true).problems());
    }

    // ------------------------------------------------------------------ mounting

    private static void refuses(Problem problem, String message, org.junit.jupiter.api.function.Executable call) {
        CowfsException e = assertThrows(CowfsException.class, call);
        assertEquals(problem, e.problem());
        assertEquals(message, e.getMessage());
    }

    @Test
    void saysWhyADeviceCannotBeMounted() throws Exception {
        refuses(Problem.NOT_COWFS, "there is no file system of ours", () -> Cowfs.mount(new MemoryBlockDevice(MIB, 512), options));
        refuses(Problem.NOT_COWFS, "there is no file system of ours", () -> Cowfs.mount(new MemoryBlockDevice(512, 512), options));
        disk.setReadOnly(true);
        refuses(Problem.READ_ONLY, "the device can only be read", () -> Cowfs.mount(disk, options));
        assertTrue(Cowfs.mount(disk, options.forReading()).isReadOnly());
        disk.setReadOnly(false);
        byte[] superblock = new byte[Blocks.SIZE];
        disk.read(Blocks.SIZE, ByteBuffer.wrap(superblock));
        MemoryBlockDevice cut = new MemoryBlockDevice(4 * MIB, 512);
        cut.write(Blocks.SIZE, ByteBuffer.wrap(superblock));
        refuses(Problem.TOO_SMALL, "the device has 4194304 bytes, less than the 8388608 of the file system on it", () -> Cowfs.mount(cut, options));
        byte[] newer = superblock.clone();
        Blocks.view(newer).putInt(16, 2).putInt(0, Blocks.checksum(Blocks.view(newer).putInt(16, 2).array(), 4, Blocks.SIZE - 4));
        disk.write(Blocks.SIZE, ByteBuffer.wrap(newer));
        disk.write(3 * Blocks.SIZE, ByteBuffer.wrap(superblock));
        refuses(Problem.TOO_NEW, "its format has version 2, and this program knows 1", () -> Cowfs.mount(disk, options));
        superblock[100] ^= 1;
        disk.write(Blocks.SIZE, ByteBuffer.wrap(superblock));
        disk.write(3 * Blocks.SIZE, ByteBuffer.wrap(superblock));
        refuses(Problem.DAMAGED, "it is damaged: none of its superblocks is whole", () -> Cowfs.mount(disk, options));
    }

    @Test
    void saysWhyADeviceCannotBeFormatted() {
        refuses(Problem.TOO_SMALL, "it is too small: 1048064 bytes, and a file system needs 1048576",
                () -> Cowfs.format(new MemoryBlockDevice(MIB - 512, 512), 1, 2, "", options));
        disk.setReadOnly(true);
        refuses(Problem.READ_ONLY, "the device cannot be written", () -> Cowfs.format(disk, 1, 2, "", options));
        assertThrows(IllegalArgumentException.class, () -> Cowfs.format(disk, 1, 2, "x".repeat(64), options));
    }

    @Test
    void knowsWhoItIs() throws Exception {
        again();
        assertEquals(0x1234, subject.identityHigh());
        assertEquals(0x5678, subject.identityLow());
        assertEquals("notes", subject.label());
        assertEquals(8 * MIB, subject.size());
        assertEquals("cowfs", subject.type());
        assertTrue(Cowfs.isFormatted(disk));
        Cowfs.format(disk, 1, 2, "ä".repeat(31), options);
        assertEquals("ä".repeat(31), Cowfs.mount(disk, options).label());
    }

    @Test
    void nothingIsWrittenWithoutAChange() throws Exception {
        long generation = subject.generation();
        subject.sync();
        again();
        assertEquals(generation, subject.generation());
        root.createFile("a", 0600);
        subject.sync();
        assertEquals(generation + 1, subject.generation());
    }

    @Test
    void readOnlyRefusesChanges() throws Exception {
        file("a", content(1, 100)).setTimes(5, 6);
        subject.close();
        disk.setReadOnly(true);
        mount(Cowfs.mount(disk, options.forReading()));
        FileNode file = (FileNode) root.lookup("a");
        assertArrayEquals(content(1, 100), read(file, 0, 100));
        assertEquals(5, file.attributes().accessed());
        for (org.junit.jupiter.api.function.Executable change : List.<org.junit.jupiter.api.function.Executable>of(
                () -> root.createFile("b", 0), () -> root.createDirectory("b", 0), () -> root.createSymbolicLink("b", "c"),
                () -> root.link("b", file), () -> root.unlink("a"), () -> root.rename("a", root, "b"), () -> root.removeDirectory("a"),
                () -> file.write(0, ByteBuffer.wrap(new byte[1])), () -> file.append(ByteBuffer.wrap(new byte[1])), () -> file.truncate(0),
                () -> file.setPermissions(0), () -> file.setOwner(1, 1), () -> file.setTimes(1, 1))) {
            fails(Errno.EROFS, change);
        }
        file.sync(true);
        isWhole();
    }

    @Test
    void afterClosingEverythingFails() throws Exception {
        FileNode file = file("a", content(1, 100));
        subject.close();
        subject.close();
        fails(Errno.ENODEV, () -> root.lookup("a"));
        fails(Errno.ENODEV, () -> read(file, 0, 1));
        fails(Errno.ENODEV, () -> file.write(0, ByteBuffer.wrap(new byte[1])));
        subject.sync();
    }

    // ------------------------------------------------------------------ files

    @Test
    void largeFiles() throws Exception {
        FileNode file = root.createFile("large", 0644);
        long far = 5L << 30;
        file.write(far, ByteBuffer.wrap(content(1, 10_000)));
        file.write(Long.MAX_VALUE - 10, ByteBuffer.wrap(content(2, 100)));
        assertEquals(Long.MAX_VALUE, file.size());
        fails(Errno.EFBIG, () -> file.write(Long.MAX_VALUE, ByteBuffer.wrap(new byte[1])));
        again();
        Node found = root.lookup("large");
        assertEquals(Long.MAX_VALUE, found.attributes().size());
        assertEquals(4 * Blocks.SIZE, found.attributes().allocatedBytes(), "holes take no space");
        assertArrayEquals(content(1, 10_000), read(found, far, 10_000));
        assertArrayEquals(new byte[100], read(found, far - 100, 100));
        assertArrayEquals(java.util.Arrays.copyOf(content(2, 100), 10), read(found, Long.MAX_VALUE - 10, 10));
        isWhole();
        ((FileNode) found).truncate(far + 1);
        subject.sync();
        assertEquals(Blocks.SIZE, found.attributes().allocatedBytes());
        ((FileNode) found).truncate(far + 100);
        assertArrayEquals(new byte[99], read(found, far + 1, 99), "what was cut off does not come back");
        isWhole();
    }

    @Test
    void writesLongerThanAnythingInOnePiece() throws Exception {
        byte[] content = content(3, 3 * MIB + 77);
        FileNode file = file("big", content);
        assertArrayEquals(content, read(file, 0, content.length));
        again();
        assertArrayEquals(content, read(root.lookup("big"), 0, content.length));
        assertArrayEquals(java.util.Arrays.copyOfRange(content, 99, 99 + MIB), read(root.lookup("big"), 99, MIB));
        isWhole();
    }

    @Test
    void smallAppendsBecomeFewExtents() throws Exception {
        FileNode file = root.createFile("log", 0644);
        for (int i = 0; i < 3000; i++) {
            file.append(ByteBuffer.wrap(content(i, 100)));
        }
        subject.sync();
        int extents = subject.volume.tree.scan(Keys.extent(((CowNode) file).number, 0), Keys.after(((CowNode) file).number, Keys.EXTENT), 1000).size();
        assertTrue(extents <= 4, extents + " extents");
        again();
        for (int i = 0; i < 3000; i++) {
            assertArrayEquals(content(i, 100), read(root.lookup("log"), i * 100, 100));
        }
    }

    @Test
    void deletedFilesLiveWhileTheyAreHeld() throws Exception {
        FileNode file = file("a", content(1, 100_000));
        subject.sync();
        long free = subject.statistics().freeBlocks();
        file.hold();
        file.hold();
        root.unlink("a");
        subject.sync();
        assertArrayEquals(content(1, 100_000), read(file, 0, 100_000));
        assertEquals(0, file.attributes().links());
        fails(Errno.ENOENT, () -> root.link("b", file));
        file.drop();
        assertArrayEquals(content(1, 100_000), read(file, 0, 100_000));
        isWhole();
        file.drop();
        fails(Errno.ESTALE, file::hold);
        fails(Errno.ESTALE, file::attributes);
        subject.sync();
        assertEquals(free + 25, subject.statistics().freeBlocks());
        isWhole();
    }

    @Test
    void deletedFilesThatWereHeldAreGoneAfterACrash() throws Exception {
        FileNode file = file("a", content(1, 100_000));
        subject.sync();
        file.hold();
        root.unlink("a");
        subject.sync();
        MemoryBlockDevice copy = new MemoryBlockDevice(8 * MIB, 512);
        byte[] all = new byte[8 * MIB];
        disk.read(0, ByteBuffer.wrap(all));
        copy.write(0, ByteBuffer.wrap(all));
        Cowfs found = Cowfs.mount(copy, options);
        assertEquals(0, found.check(true).files());
        assertEquals(List.of(), found.check(true).problems());
    }

    @Test
    void timesAndOwners() throws Exception {
        FileNode file = file("a", content(1, 10));
        file.setTimes(-5_000_000_001L, 7);
        file.setOwner(1000, -1);
        file.setPermissions(04755);
        now.set(9999);
        again();
        Node found = root.lookup("a");
        var attributes = found.attributes();
        assertEquals(-5_000_000_001L, attributes.accessed());
        assertEquals(7, attributes.modified());
        assertEquals(1000, attributes.changed());
        assertEquals(1000, attributes.created());
        assertEquals(1000, attributes.owner());
        assertEquals(0, attributes.group());
        assertEquals(04755, attributes.permissions());
        read(found, 0, 1);
        assertEquals(9999, found.attributes().accessed());
        now.set(12_000);
        read(found, 0, 1);
        assertEquals(9999, found.attributes().accessed(), "noted only once after a change");
        ((FileNode) found).write(0, ByteBuffer.wrap(new byte[1]));
        assertEquals(12_000, found.attributes().modified());
    }

    @Test
    void symbolicLinksOfAllLengths() throws Exception {
        for (int length : new int[] {1, 1023, 1024, 1025, 4095}) {
            root.createSymbolicLink("link" + length, "x".repeat(length));
        }
        fails(Errno.ENAMETOOLONG, () -> root.createSymbolicLink("long", "x".repeat(4097)));
        again();
        for (int length : new int[] {1, 1023, 1024, 1025, 4095}) {
            SymbolicLinkNode link = (SymbolicLinkNode) root.lookup("link" + length);
            assertEquals("x".repeat(length), link.target());
            assertEquals(length, link.attributes().size());
            isWhole();
            root.unlink("link" + length);
        }
        isWhole();
        assertEquals(0, subject.check(true).links());
    }

    @Test
    void manyNames() throws Exception {
        DirectoryNode directory = root.createDirectory("d", 0755);
        for (int i = 0; i < 3000; i++) {
            directory.createFile("file number " + i, 0644);
        }
        again();
        directory = (DirectoryNode) root.lookup("d");
        List<String> names = new ArrayList<>();
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            names.add(name);
            directory.unlink(name);
        }
        assertEquals(3000, names.stream().distinct().count());
        assertEquals(3000, names.size());
        assertNull(directory.entries().next());
        root.removeDirectory("d");
        isWhole();
    }

    @Test
    void nodesAreTheSameIfTheirFilesAre() throws Exception {
        DirectoryNode directory = root.createDirectory("d", 0755);
        FileNode file = directory.createFile("a", 0644);
        root.link("b", file);
        assertEquals(file, root.lookup("b"));
        assertEquals(file.hashCode(), root.lookup("b").hashCode());
        assertEquals(directory, root.lookup("d"));
        assertSame(root, directory.parent());
        assertSame(root, root.parent());
        assertFalse(file.equals(directory));
    }

    @Test
    void removedDirectoriesAreOfNoUse() throws Exception {
        DirectoryNode directory = root.createDirectory("d", 0755);
        root.removeDirectory("d");
        assertNull(directory.lookup("a"));
        assertNull(directory.entries().next());
        assertSame(root, directory.parent());
        FileNode file = root.createFile("f", 0644);
        fails(Errno.ENOENT, () -> directory.createFile("a", 0));
        fails(Errno.ENOENT, () -> directory.createDirectory("a", 0));
        fails(Errno.ENOENT, () -> directory.link("a", file));
        fails(Errno.ENOENT, () -> root.rename("f", directory, "a"));
        isWhole();
    }

    // ------------------------------------------------------------------ space

    @Test
    void aFullDisk() throws Exception {
        create(2 * MIB);
        long free = subject.statistics().freeBlocks();
        List<byte[]> written = new ArrayList<>();
        ErrnoException full = assertThrows(ErrnoException.class, () -> {
            for (int i = 0; ; i++) {
                FileNode file = root.createFile("file" + i, 0644);
                byte[] content = content(i, 30_000);
                int length = file.write(0, ByteBuffer.wrap(content));
                written.add(java.util.Arrays.copyOf(content, length));
            }
        });
        assertEquals(Errno.ENOSPC, full.errno());
        long total = written.stream().mapToLong(bytes -> bytes.length).sum();
        assertTrue(total > MIB, "only " + total + " bytes fit");
        again();
        for (int i = 0; i < written.size(); i++) {
            assertArrayEquals(written.get(i), read(root.lookup("file" + i), 0, written.get(i).length));
        }
        isWhole();
        FileNode first = (FileNode) root.lookup("file0");
        fails(Errno.ENOSPC, () -> {
            for (int i = 0; i < 1000; i++) {
                first.append(ByteBuffer.wrap(new byte[4096]));
            }
        });
        first.truncate(5);
        isWhole();
        for (int round = 0; round < 3; round++) {
            var cursor = root.entries();
            for (String name = cursor.next(); name != null; name = cursor.next()) {
                root.unlink(name);
            }
            subject.sync();
            assertEquals(free, subject.statistics().freeBlocks(), "space comes back");
            file("again", content(5, MIB));
            subject.sync();
        }
        isWhole();
    }

    @Test
    void overwritingTakesNoSpaceForGood() throws Exception {
        create(2 * MIB);
        FileNode file = file("a", content(1, MIB / 2));
        subject.sync();
        long free = subject.statistics().freeBlocks();
        for (int i = 0; i < 200; i++) {
            file.write(i * 1000, ByteBuffer.wrap(content(i, 20_000)));
            file.sync(false);
        }
        assertTrue(free - subject.statistics().freeBlocks() <= 8, "as full as before, but for a larger tree");
        isWhole();
    }

    @Test
    void growsWithItsDevice() throws Exception {
        create(2 * MIB);
        file("a", content(1, MIB));
        assertFalse(subject.grow());
        subject.close();
        long larger = 300L * MIB + 512;
        MemoryBlockDevice copy = new MemoryBlockDevice(larger, 512);
        byte[] all = new byte[2 * MIB];
        disk.read(0, ByteBuffer.wrap(all));
        copy.write(0, ByteBuffer.wrap(all));
        disk = copy;
        mount(Cowfs.mount(disk, options));
        assertEquals(2 * MIB, subject.size());
        assertTrue(subject.grow());
        assertEquals(300L * MIB, subject.size());
        file("b", content(2, 5 * MIB));
        again();
        assertArrayEquals(content(1, MIB), read(root.lookup("a"), 0, MIB));
        assertArrayEquals(content(2, 5 * MIB), read(root.lookup("b"), 0, 5 * MIB));
        assertTrue(subject.statistics().freeBlocks() > 280 * MIB / Blocks.SIZE);
        isWhole();
    }

    @Test
    void discardsWhatIsFree() throws Exception {
        AtomicLong discarded = new AtomicLong();
        BlockDevice device = new ForwardingBlockDevice(disk) {
            @Override
            public void discard(long position, long length) throws ErrnoException {
                // What really is gone must not be missed.
                below.writeZeroes(position, length);
                discarded.addAndGet(length);
            }
        };
        mount(Cowfs.mount(device, options.withDiscard()));
        file("a", content(1, MIB));
        file("b", content(2, MIB));
        subject.sync();
        root.unlink("a");
        subject.discardFree();
        assertEquals(0, discarded.get(), "the last commit has it still");
        subject.sync();
        assertEquals(0, discarded.get(), "commits do not wait for that");
        subject.discardFree();
        assertTrue(discarded.get() >= MIB);
        long before = discarded.get();
        subject.discardFree();
        assertEquals(before, discarded.get());
        assertArrayEquals(content(2, MIB), read(root.lookup("b"), 0, MIB));
        root.unlink("b");
        subject.close();
        assertTrue(discarded.get() >= before + MIB);
        again();
        isWhole();
    }
}
