package dev.ristretto.imagetests.exceptions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Handlers of uncaught exceptions; what happens without one is for the system tests, as it ends the program. */
class UncaughtExceptionsTest {

    @Test
    void aThreadsOwnHandlerComesFirst() throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            throw new IllegalStateException("mine");
        }, "failing");
        thread.setUncaughtExceptionHandler((t, e) -> seen.set(t.getName() + " " + e.getMessage()));
        thread.start();
        thread.join();
        assertEquals("failing mine", seen.get());
    }

    @Test
    void theDefaultHandlerComesLast() throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> seen.set(t.getName() + " " + e.getMessage()));
        try {
            Thread thread = new Thread(() -> {
                throw new Error("everybody's");
            }, "failing");
            thread.start();
            thread.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertEquals("failing everybody's", seen.get());
    }

    @Test
    void aThreadGroupIsAskedInBetween() throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>();
        ThreadGroup group = new ThreadGroup("group") {
            @Override
            public void uncaughtException(Thread t, Throwable e) {
                seen.set(e.getMessage());
            }
        };
        Thread thread = new Thread(group, () -> {
            throw new IllegalStateException("the group's");
        });
        assertSame(group, thread.getThreadGroup());
        thread.start();
        thread.join();
        assertEquals("the group's", seen.get());
    }
}
