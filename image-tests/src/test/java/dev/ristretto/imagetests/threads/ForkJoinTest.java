package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForkJoinTest {

    private static final class Fibonacci extends RecursiveTask<Integer> {
        private final int n;

        Fibonacci(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fibonacci left = new Fibonacci(n - 1);
            left.fork();
            return new Fibonacci(n - 2).compute() + left.join();
        }
    }

    private static final class MergeSort extends RecursiveAction {
        private final int[] values;
        private final int from;
        private final int to;

        MergeSort(int[] values, int from, int to) {
            this.values = values;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from < 64) {
                Arrays.sort(values, from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new MergeSort(values, from, middle), new MergeSort(values, middle, to));
            int[] left = Arrays.copyOfRange(values, from, middle);
            for (int l = 0, r = middle, out = from; l < left.length; out++) {
                values[out] = r == to || left[l] <= values[r] ? left[l++] : values[r++];
            }
        }
    }

    @Test
    void theCommonPoolForksAndJoins() {
        assertEquals(2584, ForkJoinPool.commonPool().invoke(new Fibonacci(18)));
    }

    @Test
    void aPoolOfItsOwnWithMoreThreadsThanProcessors() {
        try (ForkJoinPool pool = new ForkJoinPool(6)) {
            assertEquals(6, pool.getParallelism());
            assertEquals(610, pool.invoke(new Fibonacci(15)));
        }
    }

    @Test
    void actionsSortInParallel() {
        int[] values = new Random(42).ints(5_000).toArray();
        int[] expected = values.clone();
        Arrays.sort(expected);
        try (ForkJoinPool pool = new ForkJoinPool(4)) {
            pool.invoke(new MergeSort(values, 0, values.length));
        }
        assertArrayEquals(expected, values);
    }

    @Test
    void aFailureComesOutOfJoin() {
        RecursiveTask<Integer> failing = new RecursiveTask<>() {
            @Override
            protected Integer compute() {
                throw new ArithmeticException("in the task");
            }
        };
        // When the task ran in another thread, the pool wraps the exception in one of the same class that was made in this thread.
        Throwable thrown = assertThrows(ArithmeticException.class, () -> ForkJoinPool.commonPool().invoke(failing));
        assertEquals("in the task", (thrown.getCause() == null ? thrown : thrown.getCause()).getMessage());
    }

    @Test
    void parallelStreamsSumFilterAndCollect() {
        assertEquals(50_005_000L, LongStream.rangeClosed(1, 10_000).parallel().sum());
        List<Integer> even = IntStream.range(0, 2_000).parallel().filter(i -> i % 2 == 0).boxed().toList();
        assertEquals(IntStream.iterate(0, i -> i + 2).limit(1_000).boxed().toList(), even, "encounter order stays");
        Map<Integer, Long> groups = IntStream.range(0, 3_000).parallel().boxed()
                .collect(Collectors.groupingByConcurrent(i -> i % 3, Collectors.counting()));
        assertEquals(Map.of(0, 1_000L, 1, 1_000L, 2, 1_000L), groups);
    }

    @Test
    void parallelForEachVisitsEachElementOnce() {
        LongAdder sum = new LongAdder();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 1_000).parallel().forEach(i -> {
            sum.add(i);
            assertTrue(seen.add(i));
        });
        assertEquals(499_500, sum.sum());
        assertEquals(1_000, seen.size());
    }

    @Test
    void parallelReductionIsTheSequentialOne() {
        String sequential = IntStream.range(0, 200).mapToObj(Integer::toString).reduce("", String::concat);
        assertEquals(sequential, IntStream.range(0, 200).parallel().mapToObj(Integer::toString).reduce("", String::concat));
    }

    @Test
    void parallelSortAndPrefix() {
        long[] values = new Random(7).longs(20_000).toArray();
        long[] expected = values.clone();
        Arrays.sort(expected);
        Arrays.parallelSort(values);
        assertArrayEquals(expected, values);
        long[] prefix = LongStream.rangeClosed(1, 1_000).toArray();
        Arrays.parallelPrefix(prefix, Long::sum);
        assertEquals(500_500, prefix[999]);
    }

    @Test
    void aParallelStreamInsideAPoolOfItsOwn() throws Exception {
        try (ForkJoinPool pool = new ForkJoinPool(3)) {
            assertEquals(4_950, pool.submit(() -> IntStream.range(0, 100).parallel().sum()).get());
        }
    }
}
