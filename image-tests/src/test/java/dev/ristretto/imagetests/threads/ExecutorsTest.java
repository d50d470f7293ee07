package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ExecutorsTest {

    @Test
    void aFixedPoolRunsEverythingOnItsThreads() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int n = i;
                results.add(pool.submit(() -> {
                    names.add(Thread.currentThread().getName());
                    return n * n;
                }));
            }
            long sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            assertEquals(199L * 200 * 399 / 6, sum);
        }
        assertTrue(names.size() <= 4, () -> names.toString());
    }

    @Test
    void aSingleThreadKeepsTheOrder() {
        List<Integer> seen = new ArrayList<>();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 100; i++) {
                int n = i;
                one.execute(() -> seen.add(n));
            }
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    void aCachedPoolGrowsWithDemand() throws Exception {
        int tasks = 30;
        CountDownLatch all = new CountDownLatch(tasks);
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                results.add(pool.submit(() -> {
                    all.countDown();
                    return all.await(20, TimeUnit.SECONDS);
                }));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get(), "each task needs a thread of its own");
            }
        }
    }

    @Test
    void invokeAllAndInvokeAny() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Callable<String>> tasks = List.of(() -> "a", () -> "b", () -> "c");
            assertEquals(List.of("a", "b", "c"), pool.invokeAll(tasks).stream().map(Future::resultNow).toList());
            Callable<String> slow = () -> {
                Thread.sleep(600_000);
                return "slow";
            };
            assertEquals("quick", pool.invokeAny(List.of(slow, () -> "quick")));
        }
    }

    @Test
    void aFailureReachesTheFuture() {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            Future<?> future = pool.submit(() -> {
                throw new IllegalStateException("inside");
            });
            ExecutionException e = assertThrows(ExecutionException.class, future::get);
            assertEquals("inside", e.getCause().getMessage());
        }
    }

    @Test
    void aFutureTimesOutAndIsCancelled() {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> future = pool.submit(() -> {
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
            assertThrows(TimeoutException.class, () -> future.get(20, TimeUnit.MILLISECONDS));
            assertTrue(future.cancel(true));
            assertTrue(future.isCancelled());
            assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void aFullBoundedPoolRefuses() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1))) {
            for (int i = 0; i < 3; i++) {
                pool.execute(() -> awaitQuietly(hold));
            }
            assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> { }));
            hold.countDown();
        }
    }

    @Test
    void shutdownNowInterruptsAndReturnsWhatWaited() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        CountDownLatch started = new CountDownLatch(1);
        pool.execute(() -> {
            started.countDown();
            awaitQuietly(new CountDownLatch(1));
        });
        pool.execute(() -> { });
        pool.execute(() -> { });
        assertTrue(started.await(10, TimeUnit.SECONDS));
        assertEquals(2, pool.shutdownNow().size());
        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        assertTrue(pool.isTerminated());
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> { }));
    }

    @Test
    void completionOrder() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            ExecutorCompletionService<String> service = new ExecutorCompletionService<>(pool);
            CountDownLatch first = new CountDownLatch(1);
            service.submit(() -> {
                first.await();
                return "second";
            });
            service.submit(() -> "first");
            assertEquals("first", service.take().get());
            first.countDown();
            assertEquals("second", service.take().get());
        }
    }

    @Test
    void oneVirtualThreadPerTask() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                results.add(pool.submit(() -> {
                    Thread.sleep(1);
                    return Thread.currentThread().isVirtual();
                }));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertFalse(latch.await(20, TimeUnit.SECONDS) && latch.getCount() > 0);
        } catch (InterruptedException wanted) {
            Thread.currentThread().interrupt();
        }
    }
}
