package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitNotifyTest {

    private final Object lock = new Object();
    private int turn;
    private int waiting;
    private int released;
    private boolean open;

    @Test
    void pingPong() throws InterruptedException {
        int rounds = 500;
        Thread other = Thread.ofPlatform().start(() -> takeTurns(1, rounds));
        takeTurns(0, rounds);
        other.join();
        assertEquals(2 * rounds, turn);
    }

    private void takeTurns(int parity, int rounds) {
        for (int i = 0; i < rounds; i++) {
            synchronized (lock) {
                while (turn % 2 != parity) {
                    waitOnLock();
                }
                turn++;
                lock.notifyAll();
            }
        }
    }

    @Test
    void notifyAllReleasesAll() throws InterruptedException {
        List<Thread> threads = startWaiters(20);
        synchronized (lock) {
            open = true;
            lock.notifyAll();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(20, released);
    }

    @Test
    void notifyReleasesOneAtATime() throws InterruptedException {
        List<Thread> threads = startWaiters(5);
        for (int expected = 1; expected <= 5; expected++) {
            synchronized (lock) {
                open = true;
                lock.notify();
            }
            awaitReleased(expected);
            synchronized (lock) {
                assertEquals(expected, released);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<Thread> startWaiters(int count) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                synchronized (lock) {
                    waiting++;
                    do {
                        waitOnLock();
                    } while (!open);
                    released++;
                }
            }));
        }
        while (true) {
            synchronized (lock) {
                if (waiting == count) {
                    return threads;
                }
            }
            Thread.sleep(1);
        }
    }

    private void awaitReleased(int expected) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            synchronized (lock) {
                if (released >= expected) {
                    return;
                }
            }
            Thread.sleep(1);
        }
    }

    private void waitOnLock() {
        try {
            lock.wait();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void aTimedWaitEnds() throws InterruptedException {
        long start = System.nanoTime();
        synchronized (lock) {
            lock.wait(30);
        }
        long elapsed = System.nanoTime() - start;
        assertTrue(elapsed >= 29_000_000 && elapsed < 10_000_000_000L, "waited for ns: " + elapsed);
    }

    @Test
    void waitGivesBackAReenteredMonitor() throws InterruptedException {
        Thread notifier;
        synchronized (lock) {
            synchronized (lock) {
                notifier = Thread.ofPlatform().start(() -> {
                    synchronized (lock) {
                        open = true;
                        lock.notifyAll();
                    }
                });
                while (!open) {
                    lock.wait();
                }
                assertTrue(Thread.holdsLock(lock));
            }
            assertTrue(Thread.holdsLock(lock));
        }
        notifier.join();
    }

    @Test
    void withoutTheMonitorItIsRefused() {
        assertThrows(IllegalMonitorStateException.class, lock::notify);
        assertThrows(IllegalMonitorStateException.class, lock::notifyAll);
        assertThrows(IllegalMonitorStateException.class, () -> lock.wait(1));
    }
}
