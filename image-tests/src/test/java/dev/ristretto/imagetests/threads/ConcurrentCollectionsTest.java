package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ConcurrentCollectionsTest {

    @Test
    void aConcurrentHashMapMergesWithoutLoss() throws InterruptedException {
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        inParallel(6, () -> {
            for (int i = 0; i < 600; i++) {
                map.merge(i % 20, 1, Integer::sum);
            }
        });
        assertEquals(20, map.size());
        map.forEach((key, value) -> assertEquals(180, value));
        assertEquals(3_600, map.reduceValues(1, Integer::sum));
    }

    @Test
    void computeIfAbsentComputesOnce() throws InterruptedException {
        ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();
        AtomicLong computed = new AtomicLong();
        inParallel(6, () -> map.computeIfAbsent("key", key -> computed.incrementAndGet()));
        assertEquals(1, computed.get());
    }

    @Test
    void queuesHandOverEverything() throws InterruptedException {
        List<BlockingQueue<Integer>> queues = List.of(new ArrayBlockingQueue<>(3), new LinkedBlockingDeque<>(3), new SynchronousQueue<>(true),
                new LinkedTransferQueue<>(), new PriorityBlockingQueue<>());
        for (BlockingQueue<Integer> queue : queues) {
            Thread producer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 1; i <= 200; i++) {
                        queue.put(i);
                    }
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
            long sum = 0;
            for (int i = 0; i < 200; i++) {
                sum += queue.take();
            }
            producer.join();
            assertEquals(20_100, sum, queue.getClass().getSimpleName());
            assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void lockFreeQueues() throws InterruptedException {
        ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();
        inParallel(4, () -> {
            for (int i = 0; i < 200; i++) {
                queue.add(i);
                deque.addFirst(i);
                deque.addLast(i);
                deque.pollFirst();
            }
        });
        assertEquals(800, queue.size());
        assertEquals(800, deque.size());
        assertEquals(4 * 19_900, queue.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aSkipListStaysSorted() throws InterruptedException {
        ConcurrentSkipListMap<Integer, Integer> map = new ConcurrentSkipListMap<>();
        AtomicLong next = new AtomicLong();
        inParallel(4, () -> {
            for (int i = 0; i < 200; i++) {
                int n = (int) next.getAndIncrement();
                map.put(n * 7919 % 1009, n);
            }
        });
        assertEquals(800, map.size());
        int previous = -1;
        for (Iterator<Integer> keys = map.keySet().iterator(); keys.hasNext();) {
            int key = keys.next();
            assertTrue(key > previous);
            previous = key;
        }
        assertEquals(map.firstKey(), map.ceilingKey(-5));
    }

    @Test
    void copyOnWriteIteratesOverASnapshot() {
        CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2, 3));
        for (Integer n : list) {
            list.add(n * 10);
        }
        assertEquals(List.of(1, 2, 3, 10, 20, 30), list);
    }

    private volatile String field = "before";

    @Test
    void atomics() throws InterruptedException {
        LongAdder adder = new LongAdder();
        LongAccumulator most = new LongAccumulator(Math::max, Long.MIN_VALUE);
        AtomicLong atomic = new AtomicLong();
        inParallel(4, () -> {
            for (int i = 0; i < 500; i++) {
                adder.increment();
                most.accumulate(atomic.updateAndGet(n -> n + 2));
            }
        });
        assertEquals(2_000, adder.sum());
        assertEquals(4_000, most.get());
        AtomicReferenceFieldUpdater<ConcurrentCollectionsTest, String> updater =
                AtomicReferenceFieldUpdater.newUpdater(ConcurrentCollectionsTest.class, String.class, "field");
        assertTrue(updater.compareAndSet(this, "before", "after"));
        assertEquals("after", field);
    }

    private static void inParallel(int count, Runnable body) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(body));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
