package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
    void theLeastRecentlyUsedPageGoes() {
        for (int i = 1; i <= CAPACITY; i++) {
            subject.put(i, page(i), 0);
        }
        holds(1, 1);
        subject.put(5, page(5), 0);
        lacks(2);
        subject.give(6, page(6));
        lacks(3);
        holds(1, 1);
        holds(4, 4);
        holds(5, 5);
        holds(6, 6);
    }

    @Test
    void aPageMayBeReplaced() {
        subject.put(1, page(1), 0);
        subject.put(1, page(2), 0);
        holds(1, 2);
        subject.give(1, page(3));
        holds(1, 3);
    }

    /** Once it is full, reading makes no arrays: those of pages that go are used again. */
    @Test
    void arraysOfPagesThatGoAreUsedAgain() {
        byte[][] arrays = new byte[CAPACITY][];
        for (int i = 0; i < CAPACITY; i++) {
            arrays[i] = page(i);
            subject.give(i, arrays[i]);
        }
        subject.put(10, page(10), 0);
        assertArrayEquals(page(10), arrays[0]);
        subject.give(11, page(11));
        assertSame(arrays[1], subject.take());
        assertNotSame(arrays[2], subject.take());
    }

    @Test
    void onlySomeArraysAreKeptWithoutPages() {
        byte[][] arrays = new byte[CAPACITY][];
        for (int i = 0; i < CAPACITY; i++) {
            arrays[i] = page(i);
            subject.give(i, arrays[i]);
        }
        for (int i = 0; i < CAPACITY; i++) {
            subject.give(10 + i, page(10 + i));
        }
        assertSame(arrays[1], subject.take());
        assertSame(arrays[0], subject.take());
        byte[] fresh = subject.take();
        assertTrue(Arrays.stream(arrays).noneMatch(array -> array == fresh));
    }

    @Test
    void forgetsEverything() {
        subject.put(1, page(1), 0);
        subject.clear();
        lacks(1);
    }
}
