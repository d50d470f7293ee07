package dev.ristretto.imagetests.network;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The other side of a conversation: a thread whose failure is not lost. */
final class Peer<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Peer(Thread.Builder builder, Callable<T> body) {
        task = new FutureTask<>(body);
        thread = builder.start(task);
    }

    /** Starts a platform thread. */
    static <T> Peer<T> platform(Callable<T> body) {
        return new Peer<>(Thread.ofPlatform().daemon(), body);
    }

    /** Starts a virtual thread. */
    static <T> Peer<T> virtual(Callable<T> body) {
        return new Peer<>(Thread.ofVirtual(), body);
    }

    /** Returns the thread. */
    Thread thread() {
        return thread;
    }

    /** Waits until the thread waits for something itself. */
    void awaitWaiting() throws InterruptedException {
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING
                && !isInSystemCall()) {
            Thread.sleep(1);
        }
        // A thread in a system call looks as if it ran; give it the time to get there.
        Thread.sleep(50);
    }

    private boolean isInSystemCall() {
        StackTraceElement[] trace = thread.getStackTrace();
        return trace.length > 0 && trace[0].isNativeMethod();
    }

    /** Returns what the thread returned, or throws what it threw. */
    T join() throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
