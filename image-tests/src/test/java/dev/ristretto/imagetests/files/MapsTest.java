package dev.ristretto.imagetests.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Maps that are written to; how they do beside calls and each other in detail is for {@code MapCases}, which is compared with Linux. */
class MapsTest extends Workspace {
    private FileChannel open(String name) throws IOException {
        return FileChannel.open(path(name), CREATE, READ, WRITE);
    }

    @Test
    void whatIsPutIsInTheFile() throws IOException {
        file("f", "0123456789");
        try (FileChannel channel = open("f")) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 5, 3000);
            map.put(0, "map".getBytes(StandardCharsets.UTF_8));
            assertEquals(3005, channel.size());
            ByteBuffer read = ByteBuffer.allocate(10);
            channel.read(read, 0);
            assertEquals("01234map89", new String(read.array(), StandardCharsets.UTF_8));
            map.putLong(2992, 42);
            map.force(2992, 8);
            channel.write(ByteBuffer.wrap(new byte[] {'X'}), 6);
            assertEquals('X', map.get(1));
        }
        try (RandomAccessFile file = new RandomAccessFile(path("f").toFile(), "r")) {
            file.seek(2997);
            assertEquals(42, file.readLong());
        }
        assertTrue(Files.readString(path("f")).startsWith("01234mXp89"));
    }

    @Test
    void arenasEndMaps() throws IOException {
        try (FileChannel channel = open("f")) {
            ByteBuffer view;
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = channel.map(MapMode.READ_WRITE, 100, 50, arena);
                view = segment.asByteBuffer();
                view.put(49, (byte) 7);
                segment.force();
                view.put(0, (byte) 8);
            }
            assertThrows(IllegalStateException.class, () -> view.get(0));
            byte[] all = Files.readAllBytes(path("f"));
            assertEquals(150, all.length);
            assertEquals(7, all[149]);
            assertEquals(8, all[100]);
        }
    }

    /** More than the memory of the machine that the tests run on, one after the other. */
    @Test
    void theMemoryOfMapsComesBack() throws IOException {
        int size = 16 << 20;
        try (FileChannel channel = open("f")) {
            for (int i = 0; i < 40; i++) {
                try (Arena arena = Arena.ofConfined()) {
                    ByteBuffer map = channel.map(MapMode.READ_WRITE, 0, size, arena).asByteBuffer();
                    map.put(i * 4096, (byte) i);
                }
            }
            MappedByteBuffer map = channel.map(MapMode.READ_ONLY, 0, size);
            for (int i = 0; i < 40; i++) {
                assertEquals(i, map.get(i * 4096));
            }
        }
    }

    /** What one thread puts is never lost by another one that forces and reads at the same time. */
    @Test
    void puttingBesideForcing() throws Exception {
        int count = 20_000;
        try (FileChannel channel = open("f")) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, count * 4L);
            AtomicBoolean done = new AtomicBoolean();
            Thread forcing = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    map.force();
                }
            });
            int[] expected = new int[count];
            Random random = new Random(3);
            for (int i = 1; i <= 100_000; i++) {
                int at = random.nextInt(count);
                expected[at] = i;
                map.putInt(at * 4, i);
            }
            done.set(true);
            forcing.join();
            map.force();
            ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(path("f")));
            for (int i = 0; i < count; i++) {
                assertEquals(expected[i], found.getInt(i * 4));
            }
        }
    }
}
