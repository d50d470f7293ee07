package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SynchronizedTest {

    private int counter;

    @Test
    void incrementsOfManyThreadsAreNotLost() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    increment();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(40_000, counter);
    }

    private synchronized void increment() {
        int read = counter;
        if (read % 512 == 0) {
            Thread.yield();
        }
        counter = read + 1;
    }

    @Test
    void aMonitorIsReentrant() {
        Object lock = new Object();
        synchronized (lock) {
            synchronized (lock) {
                assertTrue(Thread.holdsLock(lock));
            }
            assertTrue(Thread.holdsLock(lock));
        }
        assertFalse(Thread.holdsLock(lock));
    }

    @Test
    void anExceptionReleasesTheMonitor() throws InterruptedException {
        Object lock = new Object();
        assertThrows(IllegalStateException.class, () -> {
            synchronized (lock) {
                throw new IllegalStateException();
            }
        });
        CountDownLatch entered = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().start(() -> {
            synchronized (lock) {
                entered.countDown();
            }
        });
        other.join(10_000);
        assertEquals(0, entered.getCount());
    }

    @Test
    void aThreadThatWaitsForAMonitorIsBlocked() throws InterruptedException {
        Object lock = new Object();
        Thread other;
        synchronized (lock) {
            other = Thread.ofPlatform().start(() -> {
                synchronized (lock) {
                    counter++;
                }
            });
            while (other.getState() != Thread.State.BLOCKED) {
                Thread.sleep(1);
            }
            assertEquals(0, counter);
        }
        other.join();
        assertEquals(1, counter);
    }

    @Test
    void monitorsOfDifferentKindsOfObjects() throws InterruptedException {
        Object[] locks = {new Object(), new int[3], "a string".toCharArray(), SynchronizedTest.class, Thread.currentThread(), new Object[0]};
        int[] sums = new int[locks.length];
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 600; i++) {
                    int which = i % locks.length;
                    synchronized (locks[which]) {
                        sums[which]++;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int sum : sums) {
            assertEquals(400, sum);
        }
    }

    @Test
    void staticSynchronizedMethodsLockTheClass() throws InterruptedException {
        Thread other;
        synchronized (SynchronizedTest.class) {
            other = Thread.ofPlatform().start(SynchronizedTest::lockClass);
            other.join(30);
            assertTrue(other.isAlive());
        }
        other.join(10_000);
        assertFalse(other.isAlive());
    }

    private static synchronized void lockClass() {
        assertTrue(Thread.holdsLock(SynchronizedTest.class));
    }

    @Test
    void identityHashCodeSurvivesLocking() {
        Object lock = new Object();
        int before = System.identityHashCode(lock);
        synchronized (lock) {
            assertEquals(before, System.identityHashCode(lock));
        }
        System.gc();
        assertEquals(before, System.identityHashCode(lock));
    }
}
