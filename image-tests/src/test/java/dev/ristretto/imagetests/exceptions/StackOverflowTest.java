package dev.ristretto.imagetests.exceptions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StackOverflowTest {

    private int depth;

    private int recurse(int n) {
        depth = n;
        return recurse(n + 1) + 1;
    }

    private long recurseWithBigFrames(int n, long a, long b, long c, double d) {
        depth = n;
        String text = n % 1000 == 0 ? "n" + n : "";
        return recurseWithBigFrames(n + 1, a + b, b ^ c, c * 31, d + a) + a + b + c + (long) d + text.length();
    }

    @Test
    void itIsCaughtInTheMainThread() {
        assertThrows(StackOverflowError.class, () -> recurse(0));
        assertTrue(depth > 500, "depth: " + depth);
    }

    @Test
    void itIsCaughtAgainAndAgain() {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < 20; i++) {
            assertThrows(StackOverflowError.class, () -> recurseWithBigFrames(0, 1, 2, 3, 4));
            least = Math.min(least, depth);
            most = Math.max(most, depth);
        }
        assertTrue(least > 100, "no stack is lost from one time to the next; depths " + least + " to " + most);
    }

    @Test
    void itIsCaughtInOtherThreads() throws InterruptedException {
        AtomicInteger caught = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 3; i++) {
                    try {
                        new StackOverflowTest().recurse(0);
                    } catch (StackOverflowError expected) {
                        caught.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(12, caught.get());
    }

    @Test
    void itIsCaughtInAVirtualThread() throws InterruptedException {
        AtomicReference<Throwable> caught = new AtomicReference<>();
        Thread.ofVirtual().start(() -> caught.set(assertThrows(StackOverflowError.class, () -> recurse(0)))).join();
        assertNotNull(caught.get());
    }

    @Test
    void anAskedForStackSizeCounts() throws InterruptedException {
        int small = depthWith(256 * 1024);
        int large = depthWith(8 * 1024 * 1024);
        assertTrue(large > 4 * small, "depth with 256 KiB: " + small + ", with 8 MiB: " + large);
    }

    private static int depthWith(long stackSize) throws InterruptedException {
        StackOverflowTest test = new StackOverflowTest();
        AtomicReference<Throwable> caught = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                test.recurse(0);
            } catch (StackOverflowError expected) {
                caught.set(expected);
            }
        }, "sized", stackSize);
        thread.start();
        thread.join();
        assertNotNull(caught.get());
        return test.depth;
    }

    @Test
    void finallyBlocksRunOnTheWayUp() {
        int[] unwound = new int[1];
        assertThrows(StackOverflowError.class, () -> recurseWithFinally(unwound, 0));
        assertTrue(unwound[0] > 100, "finally blocks run: " + unwound[0]);
    }

    private static int recurseWithFinally(int[] unwound, int n) {
        try {
            return recurseWithFinally(unwound, n + 1) + 1;
        } finally {
            unwound[0]++;
        }
    }

    @Test
    void theLibraryOverflowsTheStackAsWell() {
        List<Object> itself = new ArrayList<>();
        itself.add(List.of(itself));
        assertThrows(StackOverflowError.class, itself::hashCode);
        assertEquals(1, itself.size());
    }
}
