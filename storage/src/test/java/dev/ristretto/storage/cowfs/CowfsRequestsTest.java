package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.block.ForwardingBlockDevice;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests a device gets for what is read and written: what they cost is a matter of the machine, their number is not. */
class CowfsRequestsTest {
    private static final int MIB = 1 << 20;
    private static final int FILE = 8 * MIB;
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(() -> 0).withMemory(2 * MIB, MIB);

    private final Counting disk = new Counting(new MemoryBlockDevice(4 * FILE, 512));
    private final byte[] content = new byte[FILE];
    private FileNode file;

    @BeforeEach
    void create() throws Exception {
        new Random(1).nextBytes(content);
        Cowfs.format(disk, 1, 2, "", OPTIONS);
        Cowfs first = Cowfs.mount(disk, OPTIONS);
        first.root().createFile("file", 0644).write(0, ByteBuffer.wrap(content));
        first.close();
        mount(OPTIONS);
    }

    private void mount(CowfsOptions options) throws Exception {
        file = (FileNode) Cowfs.mount(disk, options.forReading()).root().lookup("file");
        file.read(FILE - 1, ByteBuffer.allocate(1)); // the tree's nodes on the way
        disk.reads = 0;
        disk.bytesRead = 0;
    }

    private void readInSequence(int length) throws ErrnoException {
        byte[] all = new byte[FILE];
        for (int at = 0; at < FILE; at += length) {
            assertEquals(length, file.read(at, ByteBuffer.wrap(all, at, length)));
        }
        assertArrayEquals(content, all);
    }

    @Test
    void longReadsAreOneForEachExtent() throws Exception {
        readInSequence(MIB);
        assertTrue(disk.reads <= FILE / MIB * 4 + 8, disk.reads + " reads"); // 8 for the tree
        assertTrue(disk.bytesRead <= FILE + FILE / 20, disk.bytesRead + " bytes");
    }

    @Test
    void shortReadsInSequenceAreReadAhead() throws Exception {
        readInSequence(Blocks.SIZE);
        assertTrue(disk.reads <= FILE / MIB * 8 + 8, disk.reads + " reads");
        assertTrue(disk.bytesRead <= FILE + FILE / 20, disk.bytesRead + " bytes");
    }

    @Test
    void shortReadsAnywhereReadWhatTheyWant() throws Exception {
        readInSequence(MIB); // what is cached now is the end of the file, and the tree
        int reads = disk.reads;
        for (int i = 0; i < 100; i++) {
            long position = (i * 37 % 200) * 2L * Blocks.SIZE;
            file.read(position, ByteBuffer.allocate(Blocks.SIZE));
        }
        assertEquals(100, disk.reads - reads);
    }

    @Test
    void whatWasReadIsNotReadAgain() throws Exception {
        mount(OPTIONS.withMemory(16 * MIB, MIB));
        readInSequence(MIB);
        int reads = disk.reads;
        readInSequence(Blocks.SIZE);
        assertEquals(reads, disk.reads);
    }

    /** What an image has for its disk with 1 GiB of memory is enough for a file of 128 MiB, with the nodes of the tree beside it. */
    @Test
    void mostOfTheCacheIsForContent() throws Exception {
        Cowfs large = Cowfs.mount(disk, OPTIONS.withMemory(150L * MIB, 25 * MIB));
        assertTrue(large.volume.pages.capacity() >= 128 * MIB / Blocks.SIZE, large.volume.pages.capacity() + " pages");
        Cowfs small = Cowfs.mount(disk, OPTIONS.withMemory(512 << 10, 256 << 10));
        assertTrue(small.volume.pages.capacity() <= (512 << 10) / Blocks.SIZE, small.volume.pages.capacity() + " pages");
    }

    @Test
    void longWritesAreFewRequests() throws Exception {
        Cowfs fileSystem = Cowfs.mount(disk, OPTIONS);
        FileNode other = fileSystem.root().createFile("other", 0644);
        disk.writes = 0;
        for (int at = 0; at < FILE; at += MIB) {
            other.write(at, ByteBuffer.wrap(content, at, MIB));
        }
        other.sync(false);
        // Content, and for each commit nodes, maps and superblocks.
        assertTrue(disk.writes <= FILE / MIB * 4 + 20, disk.writes + " writes");
        fileSystem.close();
    }

    private static final class Counting extends ForwardingBlockDevice {
        private int reads;
        private long bytesRead;
        private int writes;

        Counting(BlockDevice disk) {
            super(disk);
        }

        @Override
        public void read(long position, ByteBuffer destination) throws ErrnoException {
            reads++;
            bytesRead += destination.remaining();
            super.read(position, destination);
        }

        @Override
        public void write(long position, ByteBuffer source) throws ErrnoException {
            writes++;
            super.write(position, source);
        }
    }
}
