package dev.ristretto.imagetests.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imagetests.Settings;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GarbageCollectionTest {

    /** A node of a graph; its checksum covers all that hangs below it. */
    private static final class Node {
        private final long id;
        private final byte[] payload;
        private Node left;
        private Node right;

        Node(Random random, long id, int size) {
            this.id = id;
            this.payload = new byte[size];
            random.nextBytes(payload);
        }

        long checksum() {
            CRC32 crc = new CRC32();
            crc.update(payload);
            long sum = id * 31 + crc.getValue();
            if (left != null) {
                sum = sum * 31 + left.checksum();
            }
            if (right != null) {
                sum = sum * 37 + right.checksum();
            }
            return sum;
        }
    }

    private static volatile Object sink;

    /**
     * Keeps a third of the heap alive in trees that are replaced one after another, produces garbage all the while, and verifies each
     * tree before it goes. Ten minutes by hand: {@code -Dristretto.test.gc.seconds=600}, with as small an {@code -Xmx} as is wanted.
     */
    @Test
    void aTightHeapLosesNothing() {
        long budget = Math.min(Runtime.getRuntime().maxMemory() / 3, 24L << 20);
        long end = System.nanoTime() + Settings.duration("gc", 1).toNanos();
        Random random = new Random(4711);
        Deque<Node> trees = new ArrayDeque<>();
        Deque<Long> sums = new ArrayDeque<>();
        int depth = 7;
        int size = 200;
        long bytesPerTree = (1L << depth) * (size + 64L);
        int kept = (int) Math.max(2, budget / bytesPerTree);
        long verified = 0;
        do {
            Node tree = grow(random, depth, size);
            trees.addLast(tree);
            sums.addLast(tree.checksum());
            sink = new byte[random.nextInt(60_000)];
            if (trees.size() > kept) {
                assertEquals(sums.removeFirst(), trees.removeFirst().checksum());
                verified++;
            }
        } while (System.nanoTime() < end);
        for (Node tree : trees) {
            assertEquals(sums.removeFirst(), tree.checksum());
            verified++;
        }
        assertTrue(verified > 2, "trees verified: " + verified);
    }

    private static Node grow(Random random, int depth, int size) {
        Node node = new Node(random, random.nextLong(), size / 2 + random.nextInt(size));
        if (depth > 1) {
            node.left = grow(random, depth - 1, size);
            node.right = grow(random, depth - 1, size);
        }
        return node;
    }

    @Test
    void manyThreadsAllocateAtOnce() throws InterruptedException {
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            int seed = t;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    Random random = new Random(seed);
                    Map<Integer, int[]> kept = new HashMap<>();
                    for (int i = 0; i < 3_000; i++) {
                        int key = random.nextInt(100);
                        int[] value = new int[50 + random.nextInt(200)];
                        Arrays.fill(value, key * 7 + value.length);
                        kept.put(key, value);
                        int[] other = kept.get(random.nextInt(100));
                        if (other != null) {
                            int[] expected = new int[other.length];
                            Arrays.fill(expected, other[0]);
                            assertArrayEquals(expected, other);
                        }
                    }
                    kept.forEach((key, value) -> assertEquals(key * 7 + value.length, value[value.length - 1]));
                } catch (Throwable failure) {
                    wrong.set(failure);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
    }

    @Test
    void bigAndSmallArraysComeZeroed() {
        for (int length : new int[] {0, 1, 100, 10_000, 1_000_000}) {
            for (int round = 0; round < 3; round++) {
                long[] array = new long[length];
                for (long value : array) {
                    assertEquals(0, value);
                }
                Arrays.fill(array, -1);
                sink = array;
            }
        }
    }

    @Test
    void collectionGivesMemoryBack() {
        Runtime runtime = Runtime.getRuntime();
        byte[][] blocks = new byte[16][];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new byte[1 << 20];
        }
        System.gc();
        long held = runtime.totalMemory() - runtime.freeMemory();
        sink = blocks[3];
        blocks = null;
        sink = null;
        System.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        assertTrue(held - after > 12L << 20, "bytes held " + held + ", after they were dropped " + after);
        assertTrue(runtime.maxMemory() >= runtime.totalMemory());
    }

    @Test
    void collectionsAreCounted() {
        long before = collections();
        System.gc();
        assertTrue(collections() > before);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
