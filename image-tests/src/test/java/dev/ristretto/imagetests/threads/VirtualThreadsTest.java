package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

    private static final int MANY = 100_000;

    @Test
    void oneHundredThousandSleepersFinishTogether() throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(MANY);
        AtomicInteger tooShort = new AtomicInteger();
        AtomicLong lastStart = new AtomicLong(Long.MIN_VALUE);
        AtomicLong lastEnd = new AtomicLong(Long.MIN_VALUE);
        long zero = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            Thread.ofVirtual().start(() -> {
                long start = System.nanoTime() - zero;
                lastStart.accumulateAndGet(start, Math::max);
                try {
                    Thread.sleep(1_000);
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
                long end = System.nanoTime() - zero;
                if (end - start < 999_000_000L) {
                    tooShort.incrementAndGet();
                }
                lastEnd.accumulateAndGet(end, Math::max);
                finished.countDown();
            });
        }
        finished.await();
        assertEquals(0, tooShort.get(), "threads that slept for less than a second");
        long together = lastEnd.get() - lastStart.get();
        // One after another they would take 28 hours; on ten carrier threads without continuations, three.
        assertTrue(together < 30_000_000_000L, "from the last start to the last end in ns: " + together);
    }

    @Test
    void aVirtualThreadIsADaemonWithoutPlatformPriority() throws InterruptedException {
        Thread thread = Thread.ofVirtual().name("light").unstarted(() -> { });
        assertTrue(thread.isVirtual());
        assertTrue(thread.isDaemon());
        assertEquals(Thread.NORM_PRIORITY, thread.getPriority());
        assertEquals("light", thread.getName());
        thread.start();
        thread.join();
        assertEquals(Thread.State.TERMINATED, thread.getState());
        assertNotEquals(thread.threadId(), Thread.currentThread().threadId());
    }

    @Test
    void theyPassAMessageAround() throws InterruptedException {
        int stations = 200;
        List<BlockingQueue<Integer>> ring = new ArrayList<>();
        for (int i = 0; i <= stations; i++) {
            ring.add(new LinkedBlockingQueue<>());
        }
        for (int i = 0; i < stations; i++) {
            BlockingQueue<Integer> in = ring.get(i);
            BlockingQueue<Integer> out = ring.get(i + 1);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int round = 0; round < 5; round++) {
                        out.put(in.take() + 1);
                    }
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
        }
        for (int round = 0; round < 5; round++) {
            ring.getFirst().put(round);
        }
        for (int round = 0; round < 5; round++) {
            assertEquals(round + stations, ring.getLast().take());
        }
    }

    @Test
    void locksAndMonitorsExclude() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Object monitor = new Object();
        int[] counters = new int[2];
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 20; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 100; i++) {
                    lock.lock();
                    try {
                        counters[0]++;
                    } finally {
                        lock.unlock();
                    }
                    synchronized (monitor) {
                        counters[1]++;
                    }
                    Thread.yield();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2_000, counters[0]);
        assertEquals(2_000, counters[1]);
    }

    @Test
    void aSemaphoreBoundsHowManyRun() throws InterruptedException {
        Semaphore permits = new Semaphore(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 30; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                permits.acquireUninterruptibly();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                permits.release();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(most.get() <= 3 && most.get() > 0, () -> "most inside: " + most);
    }

    @Test
    void deepStacksAreKeptAcrossASleep() throws InterruptedException {
        AtomicInteger result = new AtomicInteger();
        Thread.ofVirtual().start(() -> result.set(descend(200))).join();
        assertEquals(200, result.get());
    }

    private static int descend(int depth) {
        if (depth == 0) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
            return 0;
        }
        return descend(depth - 1) + 1;
    }

    @Test
    void anUncaughtExceptionEndsOnlyItsThread() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        Thread thread = Thread.ofVirtual().uncaughtExceptionHandler((t, e) -> seen.add(e.getMessage())).start(() -> {
            throw new IllegalStateException("contained");
        });
        thread.join();
        assertEquals(List.of("contained"), seen);
        assertFalse(thread.isAlive());
    }

    /**
     * The last in the queue of a monitor is interrupted first, so that it runs when the monitor becomes free: it must not keep the first
     * from running, and with it everybody.
     */
    @Test
    void interruptedThreadsInTheQueueOfAMonitorLetEachOtherRun() throws InterruptedException {
        Object monitor = new Object();
        AtomicInteger interrupts = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        synchronized (monitor) {
            for (int i = 0; i < 5; i++) {
                Thread thread = Thread.ofVirtual().start(() -> {
                    synchronized (monitor) {
                        interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                    }
                });
                threads.add(thread);
                while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                }
            }
            for (Thread thread : threads.reversed()) {
                thread.interrupt();
                Thread.sleep(5);
            }
        }
        for (Thread thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(30)), "a thread never got the monitor");
        }
        assertEquals(threads.size(), interrupts.get(), "threads whose interrupt was still there");
    }
}
