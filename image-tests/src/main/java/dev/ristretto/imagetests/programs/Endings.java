package dev.ristretto.imagetests.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Programs that show the ways in which a Java program can end. */
final class Endings {

    private Endings() {
    }

    /** Ends by {@link System#exit} with the code given as first argument. */
    static void exit(String[] args) {
        System.out.println("exiting");
        System.exit(Integer.parseInt(args[0]));
        System.out.println("not reached");
    }

    /** Ends by returning from main: exit code 0. */
    static void returns(String[] args) {
        System.out.println("returning");
    }

    /** Ends by {@link Runtime#halt}: no shutdown hook runs. */
    static void halt(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook must not run")));
        System.out.println("halting");
        Runtime.getRuntime().halt(Integer.parseInt(args[0]));
    }

    /** Dies of an exception thrown two calls below, so that the trace has lines to show: exit code 1. */
    static void uncaught(String[] args) {
        System.out.println("about to fail");
        failBelow("thrown on purpose");
    }

    private static void failBelow(String message) {
        throw new IllegalStateException(message);
    }

    /** Dies of an exception with a cause and a suppressed exception; all three belong in the trace. */
    static void uncaughtWithCause(String[] args) {
        try {
            failBelow("the cause");
        } catch (IllegalStateException cause) {
            RuntimeException outer = new UnsupportedOperationException("the outcome", cause);
            outer.addSuppressed(new ArithmeticException("the suppressed"));
            throw outer;
        }
    }

    /** A thread dies of an exception while main goes on: trace with the thread's name, exit code 0. */
    static void uncaughtInThread(String[] args) throws InterruptedException {
        Thread thread = new Thread(() -> failBelow("in a thread"), "doomed");
        thread.start();
        thread.join();
        System.out.println("main goes on");
    }

    /** An uncaught exception reaches the default handler instead of the console: exit code still 1. */
    static void uncaughtHandler(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> System.out.println("handler: " + thread.getName() + ": " + failure.getMessage()));
        failBelow("for the handler");
    }

    /** Dies of an OutOfMemoryError nobody catches: exit code 1. */
    static void outOfMemory(String[] args) {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 20]);
        }
    }

    /** A chain of small objects: what a collector has to move, while an array fills the heap without that. */
    private static final class Link {
        private final Link before;
        private final long[] payload;

        Link(Link before, long[] payload) {
            this.before = before;
            this.payload = payload;
        }
    }

    /**
     * Fills the heap with small objects, catches the error, finds all of them intact, drops them and goes on. What allocates stands in the
     * block itself: the builder lets the error of an allocation in a method that it inlines pass the caller's handler (docs/java.md).
     */
    static void outOfMemoryCaught(String[] args) {
        Link last = null;
        long count = 0;
        try {
            while (true) {
                Link next = new Link(last, new long[30]);
                next.payload[7] = count++;
                last = next;
            }
        } catch (OutOfMemoryError expected) {
            for (long n = count - 1; n >= 0; n--, last = last.before) {
                if (last.payload[7] != n) {
                    throw new IllegalStateException("object " + n + " of " + count + " became " + last.payload[7]);
                }
            }
        }
        System.out.println("all intact: " + (last == null && count > 0));
        System.out.println("life goes on: " + new byte[1 << 20].length);
    }

    /** Dies of a StackOverflowError nobody catches: exit code 1. */
    static void stackOverflow(String[] args) {
        System.out.println(deeper(1));
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    /** Two shutdown hooks run after {@link System#exit}, and the exit code stays. */
    static void hooks(String[] args) {
        addHooks();
        System.out.println("main ends");
        System.exit(3);
    }

    /** Shutdown hooks run after an uncaught exception too. */
    static void hooksAfterUncaught(String[] args) {
        addHooks();
        failBelow("before the hooks");
    }

    private static void addHooks() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook one")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook two")));
    }

    /** A thread that is no daemon keeps the program alive after main has returned. */
    static void outliveMain(String[] args) {
        Thread.ofPlatform().start(() -> {
            pause(300);
            System.out.println("the thread ends last");
        });
        System.out.println("main ends first");
    }

    /** A daemon thread does not keep the program alive. */
    static void daemon(String[] args) {
        Thread.ofPlatform().daemon().start(() -> {
            pause(600_000);
            System.out.println("not reached");
        });
        System.out.println("main ends");
    }

    /** Waits for the power button (SIGTERM on an ordinary system); a hook reports that the end was orderly. */
    static void waitForPowerButton(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("orderly shutdown")));
        System.out.println("waiting");
        if (!never.await(10, TimeUnit.MINUTES)) {
            System.out.println("the power button was never pressed");
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
