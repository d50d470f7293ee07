package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.FaultyBlockDevice;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.CowfsException.Problem;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disks that return something else than was written, or nothing: that is found out, and never returned as content. */
class CowfsDamageTest {
    private static final int SIZE = 2 << 20;
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(() -> 0).withMemory(256 << 10, 64 << 10);

    private final Map<String, byte[]> expected = new HashMap<>();

    private MemoryBlockDevice create() throws CowfsException, ErrnoException {
        MemoryBlockDevice disk = new MemoryBlockDevice(SIZE, 512);
        Cowfs.format(disk, 1, 2, "", OPTIONS);
        Cowfs made = Cowfs.mount(disk, OPTIONS);
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] content = new byte[random.nextInt(30_000)];
            random.nextBytes(content);
            made.root().createFile("file" + i, 0644).append(ByteBuffer.wrap(content));
            expected.put("file" + i, content);
        }
        made.close();
        return disk;
    }

    private static byte[] image(MemoryBlockDevice disk) throws ErrnoException {
        byte[] image = new byte[SIZE];
        disk.read(0, ByteBuffer.wrap(image));
        return image;
    }

    /** Reads everything; what can be read must be what was written. Returns how often something could not be read. */
    private int readEverything(DirectoryNode root) {
        int errors = 0;
        for (Map.Entry<String, byte[]> file : expected.entrySet()) {
            try {
                Node node = root.lookup(file.getKey());
                assertTrue(node != null, "a name is missing, and nobody says so");
                assertEquals(file.getValue().length, node.attributes().size());
                ByteBuffer buffer = ByteBuffer.allocate(file.getValue().length);
                while (buffer.hasRemaining() && ((FileNode) node).read(buffer.position(), buffer) > 0) {
                    // Goes on until it fails or is complete.
                }
                assertArrayEquals(file.getValue(), buffer.array());
            } catch (ErrnoException e) {
                assertEquals(Errno.EIO, e.errno());
                errors++;
            }
        }
        return errors;
    }

    @Test
    void oneBitInEachBlock() throws Exception {
        MemoryBlockDevice disk = create();
        byte[] image = image(disk);
        Cowfs whole = Cowfs.mount(disk, OPTIONS.forReading());
        Random random = new Random(2);
        int noticed = 0;
        for (int block = 0; block < SIZE / Blocks.SIZE; block++) {
            boolean used = whole.volume.space.isUsed(block);
            byte[] damaged = image.clone();
            damaged[block * Blocks.SIZE + random.nextInt(Blocks.SIZE)] ^= (byte) (1 << random.nextInt(8));
            try {
                Cowfs mounted = Cowfs.mount(new MemoryBlockDevice(damaged), OPTIONS.forReading());
                int errors = readEverything(mounted.root());
                boolean found = !mounted.check(true).problems().isEmpty();
                assertTrue(used || errors == 0 && !found, "block " + block + " is not in use");
                assertTrue(errors == 0 || found, "the check finds what reading finds, block " + block);
                noticed += found ? 1 : 0;
            } catch (CowfsException e) {
                assertTrue(e.problem() == Problem.DEVICE || e.problem() == Problem.DAMAGED || e.problem() == Problem.NOT_COWFS);
                noticed++;
            }
        }
        long usedBlocks = whole.check(true).usedBlocks();
        // Each block in use, and the map; each superblock has a copy.
        assertTrue(noticed > usedBlocks, noticed + " of " + usedBlocks);
    }

    @Test
    void bitsThatFlipOnTheWay() throws Exception {
        FaultyBlockDevice device = new FaultyBlockDevice(create(), new Random(3));
        Cowfs mounted = Cowfs.mount(device, OPTIONS.forReading());
        device.setBitFlips(0.2);
        int errors = 0;
        for (int i = 0; i < 20; i++) {
            errors += readEverything(mounted.root());
            mounted.volume.pages.clear();
        }
        assertTrue(errors > 0);
        device.setBitFlips(0);
        assertEquals(0, readEverything(mounted.root()), "what was wrong is not kept");
    }

    @Test
    void readErrors() throws Exception {
        FaultyBlockDevice device = new FaultyBlockDevice(create(), new Random(4));
        Cowfs mounted = Cowfs.mount(device, OPTIONS);
        device.setReadErrors(0.3);
        int errors = 0;
        for (int i = 0; i < 20; i++) {
            errors += readEverything(mounted.root());
            mounted.volume.pages.clear();
        }
        assertTrue(errors > 0);
        device.setReadErrors(0);
        assertEquals(0, readEverything(mounted.root()));
        mounted.root().createFile("life goes on", 0644);
        mounted.sync();
        assertFalse(mounted.isReadOnly());
    }

    /** Changes on a disk that hardly reads: each is done, or fails; and what is found afterwards is whole. */
    @Test
    void changesWithReadErrors() throws Exception {
        MemoryBlockDevice disk = create();
        Random random = new Random(5);
        for (int round = 0; round < 30; round++) {
            FaultyBlockDevice device = new FaultyBlockDevice(disk, random);
            Cowfs mounted = Cowfs.mount(device, OPTIONS);
            device.setReadErrors(0.4);
            for (int i = 0; i < 20; i++) {
                String name = "file" + random.nextInt(60);
                try {
                    Node node = mounted.root().lookup(name);
                    if (node == null) {
                        mounted.root().createFile(name, 0644);
                    } else if (random.nextInt(4) == 0) {
                        mounted.root().unlink(name);
                    } else {
                        ((FileNode) node).write(random.nextInt(30_000), ByteBuffer.wrap(new byte[random.nextInt(9000)]));
                    }
                    mounted.sync();
                } catch (ErrnoException e) {
                    assertTrue(e.errno() == Errno.EIO || e.errno() == Errno.EROFS, e.errno().name());
                }
            }
            device.cutPower();
            assertEquals(java.util.List.of(), Cowfs.mount(disk, OPTIONS).check(true).problems());
        }
    }

    /** Blocks full of nonsense that have the right checksums: errors, not exceptions, and no endless loops. */
    @Test
    void nodesThatSomebodyForged() throws Exception {
        MemoryBlockDevice disk = create();
        byte[] image = image(disk);
        byte[] superblocks = java.util.Arrays.copyOf(image, 2 * Blocks.SIZE);
        Superblock one = decode(superblocks, 0);
        Superblock other = decode(superblocks, 1);
        Superblock newest = one.generation() > other.generation() ? one : other;
        Random random = new Random(6);
        int root = (int) newest.root() * Blocks.SIZE;
        for (int i = 0; i < 300; i++) {
            byte[] forged = image.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                forged[root + random.nextInt(i % 2 == 0 ? 120 : Blocks.SIZE)] = (byte) random.nextInt();
            }
            int checksum = Blocks.checksum(forged, root, Blocks.SIZE);
            byte[] next = new Superblock(1, 2, "", newest.generation() + 1, newest.blocks(), newest.free(), newest.nextInode(), newest.root(),
                    checksum, newest.rootLevel(), 0, 0, newest.selectors()).encode();
            System.arraycopy(next, 0, forged, (int) (newest.generation() + 1 & 1) * Blocks.SIZE, Blocks.SIZE);
            try {
                Cowfs mounted = Cowfs.mount(new MemoryBlockDevice(forged), OPTIONS);
                for (String name : expected.keySet()) {
                    tryEverything(mounted, name);
                }
                mounted.check(true);
            } catch (CowfsException | ErrnoException e) {
                // That is how it should be.
            }
        }
    }

    private static Superblock decode(byte[] both, int index) {
        return Superblock.decode(java.util.Arrays.copyOfRange(both, index * Blocks.SIZE, (index + 1) * Blocks.SIZE));
    }

    private static void tryEverything(Cowfs mounted, String name) {
        try {
            Node node = mounted.root().lookup(name);
            if (node instanceof FileNode file) {
                file.read(0, ByteBuffer.allocate(100));
                file.write(5000, ByteBuffer.allocate(100));
                file.truncate(3);
            }
            if (node != null) {
                mounted.root().unlink(name);
            }
        } catch (ErrnoException e) {
            // Likewise.
        }
    }
}
