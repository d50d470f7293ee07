package dev.ristretto.imagetests.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelsTest extends Workspace {
    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAndWritesAtThePositionAndElsewhere() throws IOException {
        try (FileChannel channel = FileChannel.open(path("f"), CREATE, READ, WRITE)) {
            assertEquals(5, channel.write(text("hello")));
            assertEquals(5, channel.position());
            assertEquals(1, channel.write(text("H"), 0));
            ByteBuffer direct = ByteBuffer.allocateDirect(10);
            assertEquals(4, channel.read(direct, 1));
            assertEquals("ello", StandardCharsets.UTF_8.decode(direct.flip()).toString());
            assertEquals(-1, channel.read(direct.clear()));
            assertEquals(-1, channel.read(direct, 100));
            channel.position(0);
            ByteBuffer heap = ByteBuffer.allocate(3);
            assertEquals(3, channel.read(heap));
            assertEquals("Hel", new String(heap.array(), StandardCharsets.UTF_8));
            channel.position(10);
            assertEquals(5, channel.size());
            channel.write(text("!"));
            assertEquals(11, channel.size());
            channel.truncate(3);
            assertEquals(3, channel.size());
            assertEquals(3, channel.position());
            channel.force(true);
            channel.force(false);
        }
        assertEquals("Hel", Files.readString(path("f")));
    }

    /** As programs do it that want the names of files to last. */
    @Test
    void directoriesCanBeForced() throws IOException {
        file("f", "1");
        try (FileChannel directory = FileChannel.open(path("f").getParent(), READ)) {
            directory.force(true);
            assertThrows(IOException.class, () -> directory.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void gathersAndScatters() throws IOException {
        try (FileChannel channel = FileChannel.open(path("f"), CREATE, READ, WRITE)) {
            ByteBuffer direct = ByteBuffer.allocateDirect(4).put("cdef".getBytes(StandardCharsets.UTF_8)).flip();
            assertEquals(8, channel.write(new ByteBuffer[] {text("ab"), direct, text(""), text("gh")}));
            channel.position(1);
            ByteBuffer[] parts = {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(2), ByteBuffer.allocate(10)};
            assertEquals(7, channel.read(parts));
            assertEquals("bcd", new String(parts[0].array(), StandardCharsets.UTF_8));
            assertEquals("ef", StandardCharsets.UTF_8.decode(parts[1].flip()).toString());
            assertEquals(2, parts[2].position());
        }
    }

    @Test
    void appendingChannelsIgnoreThePosition() throws IOException {
        file("f", "123");
        try (FileChannel channel = FileChannel.open(path("f"), APPEND)) {
            channel.position(0);
            channel.write(text("4"));
            assertEquals(4, channel.position());
        }
        assertEquals("1234", Files.readString(path("f")));
    }

    @Test
    void transfersBetweenChannels() throws IOException {
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i >> 8 ^ i);
        }
        Files.write(path("f"), bytes);
        try (FileChannel from = FileChannel.open(path("f"), READ); FileChannel to = FileChannel.open(path("g"), CREATE, WRITE)) {
            assertEquals(bytes.length - 100, from.transferTo(100, Long.MAX_VALUE, to));
            assertEquals(bytes.length - 100, to.position());
            assertEquals(0, from.position());
            assertEquals(100, to.transferFrom(from, bytes.length - 100, 100));
            assertEquals(100, from.position());
            assertEquals(0, from.transferTo(bytes.length, 10, to));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertEquals(50_000, from.transferTo(7, 50_000, Channels.newChannel(out)));
            assertEquals(bytes[7 + 49_999], out.toByteArray()[49_999]);
            assertEquals(3, to.transferFrom(Channels.newChannel(new ByteArrayInputStream(new byte[] {1, 2, 3})), 0, 10));
        }
        byte[] copied = Files.readAllBytes(path("g"));
        assertEquals(bytes.length, copied.length);
        assertEquals(2, copied[1]);
        assertEquals(bytes[103], copied[3]);
        assertEquals(bytes[0], copied[bytes.length - 100]);
        try (FileChannel from = FileChannel.open(path("f"), READ); FileChannel to = FileChannel.open(path("g"), WRITE, APPEND)) {
            assertEquals(10, from.transferTo(0, 10, to));
        }
        assertEquals(bytes.length + 10, Files.size(path("g")));
    }

    @Test
    void mapsForReading() throws IOException {
        byte[] bytes = new byte[50_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        Files.write(path("f"), bytes);
        try (FileChannel channel = FileChannel.open(path("f"), READ)) {
            MappedByteBuffer all = channel.map(MapMode.READ_ONLY, 0, channel.size());
            assertEquals(-1, all.mismatch(ByteBuffer.wrap(bytes)));
            assertTrue(all.isReadOnly());
            all.load();
            all.force();
            MappedByteBuffer part = channel.map(MapMode.READ_ONLY, 5_001, 1_000);
            assertEquals(bytes[5_001], part.get(0));
            assertEquals(bytes[6_000], part.get(999));
            assertEquals(0, channel.map(MapMode.READ_ONLY, 100, 0).capacity());
            assertThrows(IOException.class, () -> channel.map(MapMode.READ_ONLY, 0, 60_000), "beyond the end");
            assertThrows(NonWritableChannelException.class, () -> channel.map(MapMode.READ_WRITE, 0, 10));
        }
    }

    @Test
    void mapsPrivately() throws IOException {
        file("f", "content");
        try (FileChannel channel = FileChannel.open(path("f"), READ, WRITE)) {
            MappedByteBuffer mine = channel.map(MapMode.PRIVATE, 0, 7);
            mine.put(0, (byte) 'C');
            assertEquals('C', mine.get(0));
        }
        assertEquals("content", Files.readString(path("f")));
    }

    @Test
    void locks() throws IOException {
        try (FileChannel channel = FileChannel.open(path("f"), CREATE, READ, WRITE);
                FileChannel other = FileChannel.open(path("f"), READ, WRITE)) {
            FileLock lock = channel.lock();
            assertTrue(lock.isValid() && !lock.isShared());
            assertThrows(OverlappingFileLockException.class, () -> other.tryLock());
            lock.release();
            try (FileLock first = channel.tryLock(0, 10, true); FileLock second = other.tryLock(10, 10, false)) {
                assertTrue(first.isShared());
                assertFalse(second.overlaps(0, 10));
            }
        }
    }

    @Test
    void wrongUseIsRefused() throws IOException {
        file("f", "x");
        FileChannel reading = FileChannel.open(path("f"), READ);
        assertThrows(NonWritableChannelException.class, () -> reading.write(text("x")));
        assertThrows(NonWritableChannelException.class, () -> reading.truncate(0));
        assertThrows(IllegalArgumentException.class, () -> reading.read(ByteBuffer.allocate(1), -1));
        assertThrows(IllegalArgumentException.class, () -> reading.position(-1));
        reading.close();
        assertThrows(ClosedChannelException.class, reading::size);
        try (FileChannel writing = FileChannel.open(path("f"), WRITE)) {
            assertThrows(NonReadableChannelException.class, () -> writing.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void streamsAndChannelsShareThePosition() throws IOException {
        file("f", "abcdef");
        try (FileInputStream in = new FileInputStream(path("f").toFile()); FileChannel channel = in.getChannel()) {
            assertEquals('a', in.read());
            assertEquals(1, channel.position());
            channel.position(4);
            assertEquals('e', in.read());
        }
        try (RandomAccessFile file = new RandomAccessFile(path("f").toFile(), "rw")) {
            file.getChannel().write(text("X"), 5);
            file.seek(5);
            assertEquals('X', file.read());
        }
    }

    @Test
    void interruptedThreadsCloseTheChannel() throws Exception {
        file("f", "x");
        FileChannel channel = FileChannel.open(path("f"), READ);
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            try {
                channel.read(ByteBuffer.allocate(1));
            } catch (IOException e) {
                thrown[0] = e;
            }
        });
        thread.join();
        assertTrue(thrown[0] instanceof ClosedByInterruptException, () -> String.valueOf(thrown[0]));
        assertFalse(channel.isOpen());
    }

    @Test
    void asynchronousChannels() throws IOException, InterruptedException, ExecutionException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path("f"), CREATE, READ, WRITE)) {
            assertEquals(5, channel.write(text("hello"), 3).get());
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertEquals(8, channel.read(buffer, 0).get());
            assertEquals("\0\0\0hello", new String(buffer.array(), 0, 8, StandardCharsets.UTF_8));
            assertEquals(-1, channel.read(buffer, 8).get());
        }
    }

    @Test
    void manyVirtualThreadsAppendWholeLines() throws Exception {
        int writers = 50;
        int lines = 40;
        try (FileChannel channel = FileChannel.open(path("f"), CREATE, APPEND);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String line = ("writer " + w + " ").repeat(20) + "\n";
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < lines; i++) {
                        channel.write(text(line));
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        List<String> read = Files.readAllLines(path("f"));
        assertEquals(writers * lines, read.size());
        assertEquals(writers, read.stream().distinct().count());
    }
}
