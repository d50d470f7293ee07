package dev.ristretto.imagetests.exceptions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StackTraceTest {

    private static final class Resource implements AutoCloseable {
        private final List<String> log;

        Resource(List<String> log) {
            this.log = log;
        }

        @Override
        public void close() {
            log.add("closed");
            throw new IllegalStateException("while closing");
        }
    }

    private static void inner() {
        throw new IllegalStateException("from inside");
    }

    private static void outer() {
        inner();
    }

    @Test
    void aTraceNamesMethodsFileAndLines() {
        StackTraceElement[] trace = assertThrows(IllegalStateException.class, StackTraceTest::outer).getStackTrace();
        assertEquals("inner", trace[0].getMethodName());
        assertEquals("outer", trace[1].getMethodName());
        assertEquals(StackTraceTest.class.getName(), trace[0].getClassName());
        assertEquals("StackTraceTest.java", trace[0].getFileName());
        assertTrue(trace[0].getLineNumber() > 30 && trace[1].getLineNumber() == trace[0].getLineNumber() + 4,
                () -> trace[0] + " " + trace[1]);
    }

    @Test
    void aTraceIsPrintedWithCausesAndSuppressed() {
        RuntimeException cause = new RuntimeException("the cause");
        RuntimeException failure = new RuntimeException("the failure", cause);
        failure.addSuppressed(new RuntimeException("the suppressed"));
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        String printed = text.toString();
        assertTrue(printed.startsWith("java.lang.RuntimeException: the failure"), printed);
        assertTrue(printed.contains("\tat " + StackTraceTest.class.getName() + ".aTraceIsPrintedWithCausesAndSuppressed(StackTraceTest.java:"), printed);
        assertTrue(printed.contains("Caused by: java.lang.RuntimeException: the cause"), printed);
        assertTrue(printed.contains("Suppressed: java.lang.RuntimeException: the suppressed"), printed);
    }

    @Test
    void finallyAndTryWithResources() {
        List<String> log = new ArrayList<>();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> {
            try (Resource resource = new Resource(log)) {
                log.add("body " + (resource != null));
                throw new IllegalArgumentException("in the body");
            } finally {
                log.add("finally");
            }
        });
        assertEquals(List.of("body true", "closed", "finally"), log);
        assertEquals("while closing", e.getSuppressed()[0].getMessage());
    }

    @Test
    void aTraceCanBeReplacedOrLeftOut() {
        RuntimeException bare = new RuntimeException("bare", null, false, false) {
            private static final long serialVersionUID = 1;
        };
        assertEquals(0, bare.getStackTrace().length);
        StackTraceElement[] own = {new StackTraceElement("C", "m", "C.java", 7)};
        Exception exception = new Exception();
        exception.setStackTrace(own);
        assertArrayEquals(own, exception.getStackTrace());
        assertEquals("C.m(C.java:7)", own[0].toString());
    }

    @Test
    void exceptionsCrossManyFrames() {
        Exception thrown = assertThrows(Exception.class, () -> down(500));
        assertEquals("bottom", thrown.getMessage());
        assertTrue(thrown.getStackTrace().length >= 500);
        assertSame(Exception.class, thrown.getClass());
    }

    private static int down(int depth) throws Exception {
        if (depth == 0) {
            throw new Exception("bottom");
        }
        return down(depth - 1) + 1;
    }

    @Test
    void theStackCanBeWalked() {
        List<String> methods = StackWalker.getInstance()
                .walk(frames -> frames.limit(3).map(StackWalker.StackFrame::getMethodName).collect(Collectors.toList()));
        assertEquals("theStackCanBeWalked", methods.getFirst());
        assertSame(StackTraceTest.class, callerOf());
        assertTrue(Thread.currentThread().getStackTrace().length > 2);
    }

    private static Class<?> callerOf() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    }

    @Test
    void anotherThreadsStackIsShown() throws InterruptedException {
        Object lock = new Object();
        Thread waiting = Thread.ofPlatform().name("waiting").start(() -> {
            synchronized (lock) {
                try {
                    lock.wait();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        String trace = List.of(waiting.getStackTrace()).toString();
        assertTrue(trace.contains("anotherThreadsStackIsShown"), trace);
        assertTrue(Thread.getAllStackTraces().containsKey(waiting));
        waiting.interrupt();
        waiting.join();
    }
}
