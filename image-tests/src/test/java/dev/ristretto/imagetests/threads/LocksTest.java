package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

class LocksTest {

    @Test
    void contentionOnFairAndUnfairLocks() throws InterruptedException {
        for (boolean fair : new boolean[] {false, true}) {
            ReentrantLock lock = new ReentrantLock(fair);
            int[] counter = new int[1];
            inParallel(8, () -> {
                for (int i = 0; i < 300; i++) {
                    lock.lock();
                    try {
                        counter[0]++;
                    } finally {
                        lock.unlock();
                    }
                }
            });
            assertEquals(2_400, counter[0]);
        }
    }

    @Test
    void tryLockGivesUp() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        AtomicInteger refused = new AtomicInteger();
        inParallel(2, () -> {
            if (!lock.tryLock()) {
                refused.incrementAndGet();
            }
            try {
                if (!lock.tryLock(20, TimeUnit.MILLISECONDS)) {
                    refused.incrementAndGet();
                }
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertEquals(4, refused.get());
        lock.unlock();
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    @Test
    void aBoundedBufferWithConditions() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition notFull = lock.newCondition();
        Condition notEmpty = lock.newCondition();
        Deque<Integer> buffer = new ArrayDeque<>();
        int items = 1_000;
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < items; i++) {
                lock.lock();
                try {
                    while (buffer.size() == 4) {
                        notFull.awaitUninterruptibly();
                    }
                    buffer.addLast(i);
                    notEmpty.signal();
                } finally {
                    lock.unlock();
                }
            }
        });
        for (int i = 0; i < items; i++) {
            lock.lock();
            try {
                while (buffer.isEmpty()) {
                    notEmpty.await();
                }
                assertEquals(i, buffer.removeFirst());
                notFull.signal();
            } finally {
                lock.unlock();
            }
        }
        producer.join();
    }

    @Test
    void aConditionTimesOut() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        long start = System.nanoTime();
        assertFalse(never.await(20, TimeUnit.MILLISECONDS));
        assertTrue(never.awaitNanos(1_000_000) <= 0);
        assertTrue(System.nanoTime() - start >= 20_000_000);
        lock.unlock();
    }

    @Test
    void readersShareAndWritersExclude() throws InterruptedException {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        int[] pair = new int[2];
        AtomicInteger torn = new AtomicInteger();
        AtomicInteger role = new AtomicInteger();
        inParallel(6, () -> {
            boolean writes = role.getAndIncrement() % 3 == 0;
            for (int i = 0; i < 300; i++) {
                if (writes) {
                    lock.writeLock().lock();
                    pair[0]++;
                    Thread.yield();
                    pair[1]++;
                    lock.writeLock().unlock();
                } else {
                    lock.readLock().lock();
                    if (pair[0] != pair[1]) {
                        torn.incrementAndGet();
                    }
                    lock.readLock().unlock();
                }
            }
        });
        assertEquals(0, torn.get());
        assertEquals(600, pair[0]);
    }

    @Test
    void aStampedLockReadsOptimistically() throws InterruptedException {
        StampedLock lock = new StampedLock();
        long[] pair = new long[2];
        AtomicInteger torn = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 500; i++) {
                long stamp = lock.writeLock();
                pair[0]++;
                if (i % 50 == 0) {
                    Thread.yield();
                }
                pair[1]++;
                lock.unlockWrite(stamp);
            }
            done.set(true);
        });
        while (!done.get()) {
            long stamp = lock.tryOptimisticRead();
            long first = pair[0];
            long second = pair[1];
            if (!lock.validate(stamp)) {
                stamp = lock.readLock();
                first = pair[0];
                second = pair[1];
                lock.unlockRead(stamp);
            }
            if (first != second) {
                torn.incrementAndGet();
            }
            Thread.yield();
        }
        writer.join();
        assertEquals(0, torn.get());
        assertEquals(500, pair[1]);
    }

    @Test
    void parkAndUnpark() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        Thread main = Thread.currentThread();
        Thread other = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 200; i++) {
                while (turns.get() % 2 == 0) {
                    LockSupport.park();
                }
                turns.incrementAndGet();
                LockSupport.unpark(main);
            }
        });
        for (int i = 0; i < 200; i++) {
            turns.incrementAndGet();
            LockSupport.unpark(other);
            while (turns.get() % 2 == 1) {
                LockSupport.park();
            }
        }
        other.join();
        assertEquals(400, turns.get());
    }

    @Test
    void aPermitIsKeptButNotCounted() {
        LockSupport.unpark(Thread.currentThread());
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park();
        long start = System.nanoTime();
        LockSupport.parkNanos(20_000_000);
        // A park may return early for no reason, hence not held against a bound; that it returns at all is the point.
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
    }

    @Test
    void timedParkWaits() {
        long longest = 0;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            LockSupport.parkNanos(10_000_000);
            longest = Math.max(longest, System.nanoTime() - start);
            start = System.nanoTime();
            LockSupport.parkUntil(System.currentTimeMillis() + 10);
            longest = Math.max(longest, System.nanoTime() - start);
        }
        assertTrue(longest >= 9_000_000, "the longest of ten parks of 10 ms took ns: " + longest);
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
