package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompletableFutureTest {

    @Test
    void stagesFollowOneAnother() throws Exception {
        assertEquals("42!", CompletableFuture.supplyAsync(() -> 20).thenApplyAsync(n -> n + 1).thenApply(n -> n * 2)
                .thenApplyAsync(n -> n + "!").get(20, TimeUnit.SECONDS));
    }

    @Test
    void combineAndCompose() {
        CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> 6);
        CompletableFuture<Integer> right = CompletableFuture.supplyAsync(() -> 7);
        assertEquals(42, left.thenCombine(right, (a, b) -> a * b).join());
        assertEquals("6/7", left.thenCompose(a -> right.thenApply(b -> a + "/" + b)).join());
    }

    @Test
    void allOfWaitsForAll() {
        List<CompletableFuture<Integer>> parts = IntStream.range(0, 50).mapToObj(i -> CompletableFuture.supplyAsync(() -> i)).toList();
        CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        assertEquals(1_225, parts.stream().mapToInt(CompletableFuture::join).sum());
    }

    @Test
    void anyOfTakesTheFirst() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertEquals("done", CompletableFuture.anyOf(never, CompletableFuture.supplyAsync(() -> "done")).join());
    }

    @Test
    void failuresTravelAndAreHandled() {
        CompletableFuture<Integer> failing = CompletableFuture.supplyAsync(() -> {
            throw new IllegalArgumentException("no");
        });
        assertInstanceOf(IllegalArgumentException.class, assertThrows(CompletionException.class, failing::join).getCause());
        assertEquals(-1, failing.exceptionally(e -> -1).join());
        assertEquals("failed", failing.handle((value, failure) -> failure == null ? "fine" : "failed").join());
        assertThrows(ExecutionException.class, failing.thenApply(n -> n + 1)::get);
    }

    @Test
    void timeouts() {
        CompletableFuture<String> late = new CompletableFuture<String>().orTimeout(20, TimeUnit.MILLISECONDS);
        assertInstanceOf(TimeoutException.class, assertThrows(CompletionException.class, late::join).getCause());
        assertEquals("default", new CompletableFuture<String>().completeOnTimeout("default", 20, TimeUnit.MILLISECONDS).join());
        long start = System.nanoTime();
        CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS)).join();
        assertTrue(System.nanoTime() - start >= 29_000_000);
    }

    @Test
    void cancellation() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> dependent = future.thenApply(s -> s);
        assertTrue(future.cancel(true));
        assertThrows(CancellationException.class, future::join);
        assertTrue(dependent.isCompletedExceptionally());
    }

    @Test
    void completionFromAnotherThread() throws InterruptedException {
        CompletableFuture<String> future = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> future.complete("from there"));
        assertEquals("from there", future.join());
        thread.join();
    }
}
