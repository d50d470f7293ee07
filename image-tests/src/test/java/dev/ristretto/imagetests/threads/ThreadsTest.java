package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void namesAndIds() throws InterruptedException {
        Thread thread = new Thread(() -> { }, "a name");
        assertEquals("a name", thread.getName());
        thread.setName("another");
        thread.start();
        thread.join();
        assertEquals("another", thread.getName());
        assertTrue(thread.threadId() != Thread.currentThread().threadId());
        assertTrue(new Thread().getName().startsWith("Thread-"));
        ThreadFactory factory = Thread.ofPlatform().name("worker-", 5).factory();
        assertEquals("worker-5", factory.newThread(() -> { }).getName());
        assertEquals("worker-6", factory.newThread(() -> { }).getName());
    }

    @Test
    void statesFollowALife() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                go.await();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertEquals(Thread.State.NEW, thread.getState());
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        assertTrue(thread.isAlive());
        go.countDown();
        thread.join();
        assertEquals(Thread.State.TERMINATED, thread.getState());
        assertFalse(thread.isAlive());
        assertThrows(IllegalThreadStateException.class, thread::start);
    }

    @Test
    void prioritiesAreAccepted() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicInteger ran = new AtomicInteger();
        for (int priority = Thread.MIN_PRIORITY; priority <= Thread.MAX_PRIORITY; priority++) {
            Thread thread = new Thread(ran::incrementAndGet);
            thread.setPriority(priority);
            assertEquals(priority, thread.getPriority());
            thread.start();
            threads.add(thread);
        }
        Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
        Thread.currentThread().setPriority(Thread.NORM_PRIORITY);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(10, ran.get());
        assertThrows(IllegalArgumentException.class, () -> new Thread().setPriority(11));
    }

    @Test
    void aLowPriorityDoesNotStarve() throws InterruptedException {
        AtomicInteger low = new AtomicInteger();
        AtomicReference<Boolean> stop = new AtomicReference<>(false);
        Thread busy = new Thread(() -> {
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        busy.setPriority(Thread.MAX_PRIORITY);
        Thread humble = new Thread(low::incrementAndGet);
        humble.setPriority(Thread.MIN_PRIORITY);
        busy.start();
        humble.start();
        humble.join(20_000);
        stop.set(true);
        busy.join();
        assertEquals(1, low.get());
    }

    @Test
    void daemonsAreMarkedAndInherited() throws InterruptedException {
        AtomicReference<Boolean> inherited = new AtomicReference<>();
        Thread daemon = new Thread(() -> inherited.set(new Thread().isDaemon()));
        daemon.setDaemon(true);
        daemon.start();
        daemon.join();
        assertTrue(daemon.isDaemon());
        assertEquals(Boolean.TRUE, inherited.get());
        assertThrows(IllegalThreadStateException.class, () -> {
            Thread started = Thread.ofPlatform().start(() -> LockSupport.parkNanos(50_000_000));
            started.setDaemon(true);
        });
    }

    @Test
    void joinWithATimeout() throws InterruptedException {
        Thread slow = Thread.ofPlatform().daemon().start(() -> LockSupport.parkNanos(600_000_000_000L));
        long start = System.nanoTime();
        slow.join(30);
        assertTrue(System.nanoTime() - start >= 29_000_000);
        assertTrue(slow.isAlive());
        assertFalse(slow.join(Duration.ofMillis(5)));
        LockSupport.unpark(slow);
        assertTrue(slow.join(Duration.ofSeconds(10)));
    }

    @Test
    void whatAThreadWroteIsSeenAfterJoin() throws InterruptedException {
        int[] values = new int[1000];
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
        });
        writer.join();
        for (int i = 0; i < values.length; i++) {
            assertEquals(i, values[i]);
        }
    }

    @Test
    void fiveHundredPlatformThreads() throws Exception {
        int count = 500;
        CyclicBarrier barrier = new CyclicBarrier(count + 1);
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(new Thread(null, () -> {
                ids.add(Thread.currentThread().threadId());
                try {
                    barrier.await();
                } catch (Exception unexpected) {
                    throw new AssertionError(unexpected);
                }
            }, "one-of-many", 128 * 1024));
        }
        threads.forEach(Thread::start);
        barrier.await();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(count, ids.size(), "all were alive at the same time");
    }

    @Test
    void aThousandThreadsOneAfterAnother() throws InterruptedException {
        int[] ended = new int[1];
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(() -> ended[0]++);
            thread.start();
            thread.join();
        }
        assertEquals(1_000, ended[0]);
    }

    @Test
    void groups() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("group");
        Thread thread = new Thread(group, () -> LockSupport.parkNanos(600_000_000_000L), "member");
        thread.setDaemon(true);
        thread.start();
        // Only a thread that has begun to run is sure to be counted.
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        assertEquals(1, group.activeCount());
        assertSame(group, thread.getThreadGroup());
        assertNotSame(group, Thread.currentThread().getThreadGroup());
        LockSupport.unpark(thread);
        thread.join(10_000);
        assertEquals(0, group.activeCount());
    }

    @Test
    void yieldAndOnSpinWaitReturn() {
        for (int i = 0; i < 100; i++) {
            Thread.yield();
            Thread.onSpinWait();
        }
        assertSame(Thread.currentThread(), Thread.currentThread());
    }
}
