package dev.ristretto.imagetests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    private static volatile Object sink;

    @Test
    void itIsCaughtAndLifeGoesOn() {
        for (int round = 0; round < 3; round++) {
            assertThrows(OutOfMemoryError.class, () -> fill(4 << 20));
            assertEquals(1_000_000, new int[1_000_000].length);
            assertEquals("still here " + round, String.format("still %s %d", "here", round));
        }
    }

    private static void fill(int blockSize) {
        List<byte[]> blocks = new ArrayList<>();
        sink = blocks;
        try {
            while (true) {
                blocks.add(new byte[blockSize]);
            }
        } finally {
            blocks.clear();
            sink = null;
        }
    }

    @Test
    void oneArrayThatCannotFit() {
        assertThrows(OutOfMemoryError.class, () -> sink = new long[Integer.MAX_VALUE]);
        assertThrows(OutOfMemoryError.class, () -> sink = new long[8192][1 << 24]);
        sink = null;
    }

    @Test
    void anotherThreadRunsOutAndThisOneDoesNotDie() throws InterruptedException {
        AtomicInteger caught = new AtomicInteger();
        Thread hungry = Thread.ofPlatform().start(() -> {
            try {
                fill(8 << 20);
            } catch (OutOfMemoryError expected) {
                caught.incrementAndGet();
            }
        });
        hungry.join();
        assertEquals(1, caught.get());
    }

    @Test
    void directBuffersAreFreedAndBounded() {
        for (int i = 0; i < 16; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
            buffer.putLong(0, i);
            buffer.putLong(buffer.capacity() - 8, ~i);
            assertTrue(buffer.getLong(0) == i && buffer.getLong(buffer.capacity() - 8) == ~i);
        }
        List<ByteBuffer> kept = new ArrayList<>();
        assertThrows(OutOfMemoryError.class, () -> {
            while (true) {
                kept.add(ByteBuffer.allocateDirect(32 << 20));
            }
        });
    }
}
