package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which pages are kept, and what becomes of their arrays. */
class PageCacheTest {
    private static final int CAPACITY = 4;

    private final PageCache subject = new PageCache(CAPACITY, 2);

    private static byte[] page(int content) {
        byte[] page = new byte[Blocks.SIZE];
        Arrays.fill(page, (byte) content);
        return page;
    }

    private void holds(long block, int content) {
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);
        assertTrue(subject.copy(block, 0, Blocks.SIZE, buffer));
        assertArrayEquals(page(content), buffer.array());
    }

    private void lacks(long block) {
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);
        assertFalse(subject.copy(block, 0, Blocks.SIZE, buffer));
        assertEquals(0, buffer.position());
    }

    @Test
    void copiesParts() {
        byte[] two = new byte[2 * Blocks.SIZE];
        two[Blocks.SIZE + 10] = 1;
        two[Blocks.SIZE + 11] = 2;
        subject.put(7, two, Blocks.SIZE);
        ByteBuffer buffer = ByteBuffer.allocateDirect(3);
        assertTrue(subject.copy(7, 10, 2, buffer));
        assertEquals(2, buffer.position());
        assertEquals(1, buffer.get(0));
        assertEquals(2, buffer.get(1));
    }

    @Test
    void pagesThatNobodyAskedForGoFirst() {
        for (int i = 1; i <= CAPACITY; i++) {
            subject.put(i, page(i), 0);
        }
        subject.put(5, page(5), 0);
        lacks(1);
        holds(2, 2);
        subject.give(6, page(6));
        lacks(3);
        holds(2, 2);
        holds(4, 4);
        holds(5, 5);
        holds(6, 6);
    }

    /** Pages that nobody has asked for yet, because they were read ahead, are not the first to go. */
    @Test
    void whatIsNewStays() {
        for (int i = 1; i <= CAPACITY; i++) {
            subject.put(i, page(i), 0);
        }
        holds(1, 1);
        holds(2, 2);
        holds(3, 3);
        subject.put(5, page(5), 0);
        holds(4, 4);
        holds(5, 5);
    }

    /** Against a map: what is there is right, the newest is there, and never more than there is room for. */
    @Property(tries = 50)
    void whatIsThereIsRight(@ForAll @IntRange(min = 1, max = 300) int capacity, @ForAll long seed) {
        PageCache cache = new PageCache(capacity, 2);
        Random random = new Random(seed);
        Map<Long, Integer> written = new HashMap<>();
        ByteBuffer buffer = ByteBuffer.allocate(4);
        for (int i = 0; i < 3000; i++) {
            long block = random.nextInt(2 * capacity) * (random.nextBoolean() ? 1L : 1L << 20);
            if (random.nextInt(3) == 0) {
                byte[] page = new byte[Blocks.SIZE];
                ByteBuffer.wrap(page).putInt(100, i);
                cache.put(block, page, 0);
                written.put(block, i);
                assertTrue(cache.copy(block, 100, 4, buffer.clear()));
            }
            if (cache.copy(block, 100, 4, buffer.clear())) {
                assertEquals(written.get(block), buffer.getInt(0));
            }
        }
        assertTrue(written.keySet().stream().filter(block -> cache.copy(block, 100, 4, buffer.clear())).count() <= capacity);
    }

    /** The arrays are the program's when it needs memory, whose pages are then not here any more and can be again. */
    @Test
    void givesWayToTheProgram() {
        PageCache large = new PageCache(1000, 2);
        for (int i = 0; i < 1000; i++) {
            large.put(i, page(i), 0);
        }
        assertThrows(OutOfMemoryError.class, () -> fill(new ArrayList<>()));
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.SIZE);
        for (int i = 0; i < 1000; i++) {
            assertFalse(large.copy(i, 0, Blocks.SIZE, buffer), "page " + i);
        }
        for (int i = 500; i < 700; i++) {
            large.put(i, page(i + 1), 0);
        }
        for (int i = 0; i < 1000; i++) {
            buffer.clear();
            assertEquals(i >= 500 && i < 700, large.copy(i, 0, Blocks.SIZE, buffer), "page " + i);
            if (buffer.position() > 0) {
                assertArrayEquals(page(i + 1), buffer.array());
            }
        }
    }

    private static void fill(List<long[]> memory) {
        while (true) { // once will do, but for very large heaps
            memory.add(new long[(int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 8)]);
        }
    }

    @Test
    void aPageMayBeReplaced() {
        subject.put(1, page(1), 0);
        subject.put(1, page(2), 0);
        holds(1, 2);
        subject.give(1, page(3));
        holds(1, 3);
    }

    @Test
    void arraysAreUsedAgain() {
        byte[] first = page(1);
        byte[] second = page(2);
        byte[] third = page(3);
        subject.give(1, first);
        subject.give(2, second);
        subject.give(3, third);
        assertSame(second, subject.take());
        assertSame(first, subject.take());
        Arrays.fill(first, (byte) 9);
        holds(1, 1);
        byte[] fresh = subject.take();
        assertTrue(fresh != first && fresh != second && fresh != third);
    }

    @Test
    void forgetsEverything() {
        subject.put(1, page(1), 0);
        subject.clear();
        lacks(1);
    }
}
