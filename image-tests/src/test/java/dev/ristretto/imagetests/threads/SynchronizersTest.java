package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SynchronizersTest {

    @Test
    void aLatchOpensOnce() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(3);
        AtomicInteger through = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                latch.countDown();
                try {
                    latch.await();
                    through.incrementAndGet();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(3, through.get());
        assertFalse(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS));
    }

    @Test
    void aBarrierRunsItsActionEachRound() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(3, rounds::incrementAndGet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> pass(barrier, 50)));
        }
        pass(barrier, 50);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(50, rounds.get());
    }

    private static void pass(CyclicBarrier barrier, int times) {
        try {
            for (int i = 0; i < times; i++) {
                barrier.await();
            }
        } catch (InterruptedException | BrokenBarrierException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void aBarrierBreaks() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        assertThrows(TimeoutException.class, () -> barrier.await(10, TimeUnit.MILLISECONDS));
        assertTrue(barrier.isBroken());
        assertThrows(BrokenBarrierException.class, barrier::await);
    }

    @Test
    void aPhaserAdvancesWithChangingParties() throws InterruptedException {
        Phaser phaser = new Phaser(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            phaser.register();
            int leaves = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int phase = 0; phase <= leaves; phase++) {
                    order.add(phase);
                    if (phase == leaves) {
                        phaser.arriveAndDeregister();
                    } else {
                        phaser.arriveAndAwaitAdvance();
                    }
                }
            }));
        }
        for (int phase = 0; phase < 4; phase++) {
            assertEquals(phase + 1, phaser.arriveAndAwaitAdvance());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 3), order);
        phaser.arriveAndDeregister();
        assertTrue(phaser.isTerminated());
    }

    @Test
    void anExchangerSwaps() throws InterruptedException {
        Exchanger<String> exchanger = new Exchanger<>();
        List<String> received = new ArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 20; i++) {
                    received.add(exchanger.exchange("b" + i));
                }
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        for (int i = 0; i < 20; i++) {
            assertEquals("b" + i, exchanger.exchange("a" + i));
        }
        other.join();
        assertEquals("a19", received.get(19));
        assertThrows(TimeoutException.class, () -> exchanger.exchange("alone", 5, TimeUnit.MILLISECONDS));
    }

    @Test
    void aSemaphoreCounts() throws InterruptedException {
        Semaphore semaphore = new Semaphore(2, true);
        assertTrue(semaphore.tryAcquire(2));
        assertFalse(semaphore.tryAcquire(5, TimeUnit.MILLISECONDS));
        Thread waiting = Thread.ofPlatform().start(semaphore::acquireUninterruptibly);
        while (!semaphore.hasQueuedThreads()) {
            Thread.sleep(1);
        }
        semaphore.release();
        waiting.join(10_000);
        assertFalse(waiting.isAlive());
        assertEquals(0, semaphore.availablePermits());
    }
}
