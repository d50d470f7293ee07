package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and forged images: errors, never exceptions of another kind, endless loops, or (where there are checksums) something wrong. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Ext4DamageTest {
    private static final int CACHE = 64 << 10;
    private static final int PIECE = 1 << 16;
    /** What a walk does not go beyond: a forged tree must not be larger than what can be in an image. */
    private static final int MOST_FILES = 20_000;

    @TempDir
    private Path temporary;

    /** Goes through all that there is; keeps attributes by path, and counts what failed. */
    private static final class Walk {
        private final Map<String, Attributes> found = new HashMap<>();
        private int errors;

        void all(DirectoryNode directory, String path) {
            try {
                DirectoryCursor cursor = directory.entries();
                for (String name = cursor.next(); name != null; name = cursor.next()) {
                    one(directory, name, path + "/" + name);
                }
            } catch (ErrnoException e) {
                errors++;
            }
        }

        private void one(DirectoryNode directory, String name, String path) {
            assertTrue(found.size() < MOST_FILES, path);
            try {
                Node node = directory.lookup(name);
                assertNotNull(node, path);
                found.put(path, node.attributes());
                if (node instanceof DirectoryNode child) {
                    all(child, path);
                } else if (node instanceof FileNode file) {
                    read(file);
                }
            } catch (ErrnoException e) {
                errors++;
            }
        }

        private static void read(FileNode file) throws ErrnoException {
            ByteBuffer buffer = ByteBuffer.allocate(PIECE);
            long size = file.size();
            for (long position : new long[] {0, PIECE, size / 2, Math.max(0, size - 1), size, Long.MAX_VALUE}) {
                int length = file.read(position, buffer.clear());
                assertEquals(length, buffer.position());
                assertTrue(length <= Math.max(0, size - position));
            }
        }
    }

    private static Walk walk(byte[] image) {
        Walk walk = new Walk();
        try {
            Ext4 fileSystem = Ext4.mount(new MemoryBlockDevice(image), CACHE);
            walk.all(fileSystem.root(), "");
            fileSystem.statistics();
        } catch (Ext4Exception e) {
            walk.errors++;
        }
        return walk;
    }

    /**
     * All that a walk keeps is covered by checksums: one wrong bit anywhere is an error, or of no matter. But for what says that a block belongs to
     * the journal: where that is not so, the journal ends.
     */
    @Test
    void aFlippedBitIsFoundOut() throws Exception {
        byte[] image = Images.bytes("crashed");
        Walk whole = walk(image);
        assertEquals(0, whole.errors);
        Random random = new Random(1);
        int[] metadata = nonZero(image);
        int errors = 0;
        for (int i = 0; i < 1000; i++) {
            int at = metadata[random.nextInt(metadata.length)];
            byte bit = (byte) (1 << random.nextInt(8));
            image[at] ^= bit;
            Walk damaged = walk(image);
            damaged.found.forEach((path, attributes) -> assertEquals(whole.found.get(path), attributes, () -> path + ", byte " + at));
            assertTrue(damaged.errors > 0 || damaged.found.size() == whole.found.size(), () -> "names are missing, and nobody says so; byte " + at);
            errors += Math.min(1, damaged.errors);
            image[at] ^= bit;
        }
        assertTrue(errors > 50, errors + " of the bits mattered");
    }

    /** Returns the places of bytes that are not zero nor of the largest file, nor of blocks of a journal that are about others. */
    private static int[] nonZero(byte[] image) {
        int[] places = new int[image.length];
        int count = 0;
        String filler = "filler\n\n";
        ByteBuffer journal = ByteBuffer.wrap(image);
        for (int block = 0; block < image.length; block += 1024) {
            boolean isLeftOut = journal.getInt(block) == Journal.MAGIC || new String(image, block, 8, StandardCharsets.ISO_8859_1).equals(filler);
            for (int at = block; at < block + 1024 && !isLeftOut; at++) {
                if (image[at] != 0) {
                    places[count++] = at;
                }
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Without checksums to tell, anything may be found, but nothing worse happens. */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext2 -b 1024", "-t ext4 -b 1024 -O ^metadata_csum,inline_data", "-t ext4 -b 4096 -O ^metadata_csum,^has_journal"})
    void forgedImages(String options) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("folder/a/b/c")).getParent().getParent().getParent();
        for (int i = 0; i < 60; i++) {
            Files.write(folder.resolve("a/name" + i), new byte[i * i * 20]);
            Files.writeString(folder.resolve("a/b/another name " + i), "x".repeat(i * 5));
        }
        byte[] fragments = new byte[400_000];
        for (int i = 0; i < fragments.length; i += 8192) {
            fragments[i] = 1;
        }
        Files.write(folder.resolve("fragments"), fragments);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("z".repeat(100)));
        Path file = temporary.resolve("disk.img");
        Mke2fs.make(file, folder, "2m", options.split(" "));
        byte[] image = Files.readAllBytes(file);
        int[] places = nonZero(image);
        Random random = new Random(options.hashCode());
        int errors = 0;
        for (int i = 0; i < 800; i++) {
            byte[] forged = image.clone();
            ByteBuffer bytes = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = Math.min(places[random.nextInt(places.length)], forged.length - 8);
                switch (random.nextInt(5)) {
                    case 0 -> forged[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> bytes.putInt(at & ~3, random.nextInt(3000));
                    case 2 -> bytes.putInt(at & ~3, -1 >>> random.nextInt(32));
                    case 3 -> bytes.putShort(at & ~1, (short) random.nextInt());
                    default -> System.arraycopy(image, places[random.nextInt(places.length)] & ~63, forged, at & ~63, 64);
                }
            }
            errors += Math.min(1, walk(forged).errors);
        }
        assertTrue(errors > 30, errors + " of the forgeries mattered");
    }

    /** A directory that is in itself, which no checksum speaks against. */
    @Test
    void aDirectoryWithinItself() throws Exception {
        Path folder = temporary.resolve("folder");
        Files.createDirectories(folder.resolve("outer/inner"));
        Path file = temporary.resolve("disk.img");
        Mke2fs.make(file, folder, "2m", "-t", "ext2");
        Mke2fs.debug(file, "link outer outer/inner/again");
        Walk walk = walk(Files.readAllBytes(file));
        assertEquals(1, walk.errors);
        assertTrue(walk.found.containsKey("/outer/inner/again"), walk.found::toString);
        assertEquals(4, walk.found.size(), walk.found::toString);
    }
}
