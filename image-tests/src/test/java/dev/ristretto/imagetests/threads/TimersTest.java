package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimersTest {

    @Test
    void aTimerRunsOnceAfterItsDelay() throws InterruptedException {
        Timer timer = new Timer("once", true);
        CountDownLatch ran = new CountDownLatch(1);
        long start = System.nanoTime();
        timer.schedule(task(ran::countDown), 30);
        assertTrue(ran.await(20, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - start >= 29_000_000);
        timer.cancel();
    }

    @Test
    void aTimerRepeatsUntilCancelled() throws InterruptedException {
        Timer timer = new Timer(true);
        CountDownLatch thrice = new CountDownLatch(3);
        AtomicInteger runs = new AtomicInteger();
        TimerTask task = task(() -> {
            runs.incrementAndGet();
            thrice.countDown();
        });
        timer.scheduleAtFixedRate(task, 1, 5);
        assertTrue(thrice.await(20, TimeUnit.SECONDS));
        assertTrue(task.cancel());
        timer.cancel();
        Thread.sleep(15);
        int after = runs.get();
        Thread.sleep(25);
        assertEquals(after, runs.get());
        assertThrows(IllegalStateException.class, () -> timer.schedule(task(() -> { }), 1));
    }

    @Test
    void tasksRunInTheOrderOfTheirTimes() throws InterruptedException {
        Timer timer = new Timer(true);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(4);
        for (int n : new int[] {3, 1, 4, 2}) {
            timer.schedule(task(() -> {
                order.add(n);
                all.countDown();
            }), 20L * n);
        }
        assertTrue(all.await(20, TimeUnit.SECONDS));
        timer.cancel();
        assertEquals(List.of(1, 2, 3, 4), order);
    }

    @Test
    void aScheduledExecutorDelaysAndReturns() throws Exception {
        try (ScheduledExecutorService executor = Executors.newScheduledThreadPool(2)) {
            long start = System.nanoTime();
            ScheduledFuture<String> future = executor.schedule(() -> "late", 30, TimeUnit.MILLISECONDS);
            assertEquals("late", future.get());
            assertTrue(System.nanoTime() - start >= 29_000_000);
        }
    }

    @Test
    void fixedRateAndFixedDelayRepeat() throws InterruptedException {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
        CountDownLatch rate = new CountDownLatch(4);
        CountDownLatch delay = new CountDownLatch(4);
        ScheduledFuture<?> first = executor.scheduleAtFixedRate(rate::countDown, 0, 5, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(delay::countDown, 0, 5, TimeUnit.MILLISECONDS);
        assertTrue(rate.await(20, TimeUnit.SECONDS));
        assertTrue(delay.await(20, TimeUnit.SECONDS));
        assertFalse(first.isDone());
        assertTrue(first.cancel(false));
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    void aFailingPeriodicTaskStops() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(() -> {
            runs.incrementAndGet();
            throw new IllegalStateException("stop");
        }, 0, 1, TimeUnit.MILLISECONDS);
        assertThrows(ExecutionException.class, future::get);
        assertEquals(1, runs.get());
        executor.shutdownNow();
    }

    private record Due(String name, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Test
    void aDelayQueueHoldsBack() throws InterruptedException {
        DelayQueue<Due> queue = new DelayQueue<>();
        long now = System.nanoTime();
        queue.add(new Due("second", now + 40_000_000));
        queue.add(new Due("first", now + 20_000_000));
        assertEquals("first", queue.take().name());
        assertEquals("second", queue.take().name());
        assertTrue(System.nanoTime() - now >= 40_000_000);
    }

    private static TimerTask task(Runnable body) {
        return new TimerTask() {
            @Override
            public void run() {
                body.run();
            }
        };
    }
}
