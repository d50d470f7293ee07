package dev.ristretto.jdk.net.descriptor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PipeTest {
    private final DescriptorTable table = new DescriptorTable(16);
    private final Pipe pipe = new Pipe();

    private static ErrnoException failure(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(ErrnoException.class, executable);
    }

    @Test
    void bytesComeOutInOrder() throws Exception {
        Random random = new Random(1);
        pipe.sink().setBlocking(false);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(900)];
            random.nextBytes(bytes);
            int written = pipe.sink().write(ByteBuffer.wrap(bytes));
            in.write(bytes, 0, written);
            byte[] buffer = new byte[1 + random.nextInt(900)];
            out.write(buffer, 0, pipe.source().read(ByteBuffer.wrap(buffer)));
        }
        byte[] rest = new byte[ByteQueue.CAPACITY];
        while (pipe.source().available() > 0) {
            out.write(rest, 0, pipe.source().read(ByteBuffer.wrap(rest)));
        }
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void withoutWaitingAFullOrEmptyPipeSaysSo() throws Exception {
        pipe.source().setBlocking(false);
        pipe.sink().setBlocking(false);
        assertEquals(Errno.EAGAIN, failure(() -> pipe.source().read(ByteBuffer.allocate(1))).errno());
        assertEquals(ByteQueue.CAPACITY, pipe.sink().write(ByteBuffer.allocate(ByteQueue.CAPACITY + 5)));
        assertEquals(Errno.EAGAIN, failure(() -> pipe.sink().write(ByteBuffer.allocate(1))).errno());
        assertEquals(0, pipe.sink().readiness());
        assertEquals(Readiness.IN, pipe.source().readiness());
    }

    @Test
    void aWriterThatWaitsWritesEverything() throws Exception {
        byte[] bytes = new byte[3 * ByteQueue.CAPACITY + 1];
        new Random(2).nextBytes(bytes);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                assertEquals(bytes.length, pipe.sink().write(ByteBuffer.wrap(bytes)));
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        });
        ByteBuffer read = ByteBuffer.allocate(bytes.length);
        while (read.hasRemaining()) {
            pipe.source().read(read);
        }
        writer.join();
        assertArrayEquals(bytes, read.array());
    }

    @Test
    void closingTheSinkIsTheEndAfterWhatWasWritten() throws Exception {
        int fd = table.add(pipe.sink());
        pipe.sink().write(ByteBuffer.wrap(new byte[] {7}));
        table.close(fd);
        assertEquals(Readiness.IN | Readiness.HANG_UP, pipe.source().readiness());
        assertEquals(1, pipe.source().read(ByteBuffer.allocate(5)));
        assertEquals(0, pipe.source().read(ByteBuffer.allocate(5)));
    }

    @Test
    void writingToNobodyFails() throws Exception {
        table.close(table.add(pipe.source()));
        assertEquals(Errno.EPIPE, failure(() -> pipe.sink().write(ByteBuffer.allocate(1))).errno());
        assertEquals(Readiness.OUT | Readiness.ERROR, pipe.sink().readiness());
    }

    @Test
    void closingEndsTheWaitOfAReader() throws Exception {
        int fd = table.add(pipe.source());
        AtomicReference<Errno> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> failure.set(failure(() -> pipe.source().read(ByteBuffer.allocate(1))).errno()));
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        table.close(fd);
        reader.join();
        assertEquals(Errno.EINTR, failure.get());
    }

    @Test
    void scatteringReadDoesNotWaitForTheSecondBuffer() throws Exception {
        pipe.sink().write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})});
        ByteBuffer[] buffers = {ByteBuffer.allocate(3), ByteBuffer.allocate(3)};
        assertEquals(3, pipe.source().read(buffers));
        assertArrayEquals(new byte[] {1, 2, 3}, buffers[0].array());
    }
}
