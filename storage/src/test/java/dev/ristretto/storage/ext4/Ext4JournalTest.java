package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** File systems that nobody unmounted are what Linux would make of them, and stay as they are on the device. */
class Ext4JournalTest {
    private static final int CACHE = 256 << 10;
    private static final int BLOCK = 1024;

    private static String text(Node node) throws Exception {
        FileNode file = assertInstanceOf(FileNode.class, node);
        ByteBuffer content = ByteBuffer.allocate((int) file.size());
        assertEquals(file.size(), file.read(0, content));
        return new String(content.array(), StandardCharsets.ISO_8859_1);
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    @Test
    void whatWasCommittedIsThere() throws Exception {
        byte[] image = Images.bytes("crashed");
        MemoryBlockDevice device = new MemoryBlockDevice(image);
        device.setReadOnly(true);
        Ext4 fileSystem = Ext4.mount(device, CACHE);
        assertEquals("crashed", fileSystem.label());
        assertEquals(0x0011223344556677L, fileSystem.identityHigh());
        assertEquals(0x8899aabbccddeeffL, fileSystem.identityLow());
        DirectoryNode root = fileSystem.root();
        assertEquals("[before, fast, filler, fragments, hard, new, old, slow, unwritten]", FolderComparison.names(root).toString());

        DirectoryNode old = assertInstanceOf(DirectoryNode.class, root.lookup("old"));
        TreeSet<String> names = FolderComparison.names(old);
        assertEquals(68, names.size());
        for (int i = 1; i <= 70; i++) {
            Node file = old.lookup("a file with a name that is rather long " + i);
            if (i == 7 || i == 8) {
                assertNull(file);
            } else {
                assertEquals("old " + i + "\n", text(file));
            }
        }
        DirectoryNode made = assertInstanceOf(DirectoryNode.class, root.lookup("new"));
        assertEquals(41, FolderComparison.names(made).size());
        for (int i = 1; i <= 40; i++) {
            assertEquals("new " + i + "\n", text(made.lookup("a file with another name that is long " + i)));
        }
        assertEquals("old 7\n", text(root.lookup("hard")));
        assertEquals(root.lookup("hard"), made.lookup("moved"));
        Attributes moved = made.lookup("moved").attributes();
        assertEquals("104751 2 70000 80000", Integer.toOctalString(moved.mode()) + " " + moved.links() + " " + moved.owner() + " " + moved.group());
        assertEquals(nanos("2040-02-03T04:05:06.123456789Z"), moved.modified());
        assertTrue(moved.created() > nanos("2026-01-01T00:00:00Z") && moved.created() < moved.modified());
        assertEquals(nanos("1950-02-03T04:05:06.5Z"), root.lookup("before").attributes().modified());
        assertEquals("z".repeat(200), assertInstanceOf(SymbolicLinkNode.class, root.lookup("slow")).target());
        assertEquals("old", assertInstanceOf(SymbolicLinkNode.class, root.lookup("fast")).target());
        assertEquals("\0".repeat(20_000), text(root.lookup("unwritten")));
        String filler = text(root.lookup("filler"));
        assertEquals("filler\n\n".repeat(filler.length() / 8), filler);
        StringBuilder fragments = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            fragments.append(i < 196 && i % 2 == 0 ? "\0".repeat(BLOCK) : "%03d\n".formatted(i).repeat(BLOCK / 4));
        }
        assertEquals(fragments.toString(), text(root.lookup("fragments")));

        ByteBuffer after = ByteBuffer.allocate(image.length);
        device.read(0, after);
        assertEquals(ByteBuffer.wrap(image), after.flip());
    }

    /** What it would be without the journal differs: the other test is one of the journal. */
    @Test
    void theJournalIsNeeded() throws Exception {
        byte[] image = Images.bytes("escaped");
        assertEquals("\u00C0\u003B\u0039\u0098 the magic number", text(Ext4.mount(new MemoryBlockDevice(image), CACHE).root().lookup("magic")));
        ByteBuffer superblock = ByteBuffer.wrap(image, 1024, 1024).slice().order(ByteOrder.LITTLE_ENDIAN);
        superblock.putInt(0x60, superblock.getInt(0x60) & ~Features.RECOVER);
        superblock.putInt(0x3FC, Checksums.crc32c(Checksums.START, superblock, 0, 0x3FC));
        assertNull(Ext4.mount(new MemoryBlockDevice(image), CACHE).root().lookup("magic"));
    }

    /** All of it is flipped bit by bit elsewhere. */
    @Test
    void aDamagedJournalIsRefused() throws Exception {
        byte[] image = Images.bytes("escaped");
        for (int kind = 1; kind <= 2; kind++) {
            int at = find(image, kind);
            image[at + 200] ^= 1;
            refused(image, Problem.DAMAGED, "was not unmounted, and its journal is damaged");
            image[at + 200] ^= 1;
        }
        // Without its commit, a transaction has not happened, whatever else is wrong with it.
        image[find(image, 1) + 200] ^= 1;
        int commit = find(image, 2);
        image[commit] = 0;
        assertNull(Ext4.mount(new MemoryBlockDevice(image), CACHE).root().lookup("magic"));
    }

    private static void refused(byte[] image, Problem problem, String says) {
        Ext4Exception e = assertThrows(Ext4Exception.class, () -> Ext4.mount(new MemoryBlockDevice(image), CACHE));
        assertEquals(problem, e.problem(), e.getMessage());
        assertTrue(e.getMessage().contains(says), e.getMessage());
    }

    /** Returns where the journal's first block of a kind is. */
    private static int find(byte[] image, int kind) {
        ByteBuffer blocks = ByteBuffer.wrap(image);
        int at = 0;
        while (blocks.getInt(at) != Journal.MAGIC || blocks.getInt(at + 4) != kind) {
            at += BLOCK;
        }
        return at;
    }

    @Test
    void journalsThatCannotBeReplayedAreRefused() throws Exception {
        byte[] image = Images.bytes("escaped");
        int journal = find(image, 4);
        image[journal + 0x2B] |= 0x20;
        refused(image, Problem.UNSUPPORTED, "was not unmounted, and its journal has fast commits");
        image[journal + 0x2B] ^= 0x20 | 0x4;
        refused(image, Problem.UNSUPPORTED, "journal_async_commit");
        image[journal + 0x2B] ^= 0x4;
        image[journal + 0x28] |= 0x40;
        refused(image, Problem.UNSUPPORTED, "FEATURE_I30");
        image[journal + 0x28] ^= 0x40;
        image[journal + 0x1B] ^= 1;
        refused(image, Problem.DAMAGED, "its journal is damaged");
    }
}
