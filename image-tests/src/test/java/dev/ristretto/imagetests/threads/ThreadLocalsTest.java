package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadLocalsTest {

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>() {
        @Override
        protected String childValue(String parentValue) {
            return parentValue + "'s child";
        }
    };
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    @Test
    void eachThreadHasItsOwn() throws InterruptedException {
        LOCAL.set("main");
        AtomicReference<String> before = new AtomicReference<>("unset");
        Thread thread = Thread.ofPlatform().start(() -> {
            before.set(LOCAL.get());
            LOCAL.set("other");
        });
        thread.join();
        assertNull(before.get());
        assertEquals("main", LOCAL.get());
        LOCAL.remove();
        assertNull(LOCAL.get());
    }

    @Test
    void initialValuesAreMadeOncePerThread() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        ThreadLocal<Integer> local = ThreadLocal.withInitial(made::incrementAndGet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            threads.add(Thread.ofPlatform().start(() -> assertEquals(local.get(), local.get())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(10, made.get());
    }

    @Test
    void manyLocalsInManyThreads() throws InterruptedException {
        List<ThreadLocal<Integer>> locals = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            locals.add(new ThreadLocal<>());
        }
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int base = t * 1000;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < locals.size(); i++) {
                    locals.get(i).set(base + i);
                }
                Thread.yield();
                for (int i = 0; i < locals.size(); i++) {
                    if (locals.get(i).get() != base + i) {
                        wrong.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, wrong.get());
    }

    @Test
    void childrenInherit() throws InterruptedException {
        INHERITED.set("parent");
        AtomicReference<String> seen = new AtomicReference<>();
        Thread child = Thread.ofPlatform().start(() -> seen.set(INHERITED.get()));
        child.join();
        assertEquals("parent's child", seen.get());
        Thread orphan = Thread.ofPlatform().inheritInheritableThreadLocals(false).start(() -> seen.set(INHERITED.get()));
        orphan.join();
        assertNull(seen.get());
        INHERITED.remove();
    }

    @Test
    void virtualThreadsHaveLocalsToo() throws InterruptedException {
        LOCAL.set("main");
        AtomicReference<String> seen = new AtomicReference<>();
        Thread.ofVirtual().start(() -> {
            LOCAL.set("virtual");
            Thread.yield();
            seen.set(LOCAL.get());
        }).join();
        assertEquals("virtual", seen.get());
        assertEquals("main", LOCAL.get());
        LOCAL.remove();
    }

    @Test
    void scopedValuesHoldWithinTheirScope() throws Exception {
        assertFalse(SCOPED.isBound());
        assertThrows(NoSuchElementException.class, SCOPED::get);
        String result = ScopedValue.where(SCOPED, "outer").call(() -> {
            String inner = ScopedValue.where(SCOPED, "inner").call(SCOPED::get);
            return inner + " in " + SCOPED.get();
        });
        assertEquals("inner in outer", result);
        assertFalse(SCOPED.isBound());
    }

    @Test
    void aScopedValueEndsWithAnException() {
        assertThrows(IllegalStateException.class, () -> ScopedValue.where(SCOPED, "doomed").run(() -> {
            throw new IllegalStateException(SCOPED.get());
        }));
        assertFalse(SCOPED.isBound());
    }

    @Test
    void threadLocalRandomsStayInTheirBounds() throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 100; i++) {
                    int n = ThreadLocalRandom.current().nextInt(5, 10);
                    if (n < 5 || n >= 10) {
                        wrong.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, wrong.get());
        assertTrue(ThreadLocalRandom.current().doubles(10).allMatch(d -> d >= 0 && d < 1));
    }
}
