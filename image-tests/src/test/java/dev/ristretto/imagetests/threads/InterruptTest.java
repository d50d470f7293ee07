package dev.ristretto.imagetests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InterruptTest {

    @Test
    void sleepIsInterrupted() throws InterruptedException {
        assertInterrupts(() -> Thread.sleep(600_000));
    }

    @Test
    void waitIsInterrupted() throws InterruptedException {
        Object lock = new Object();
        assertInterrupts(() -> {
            synchronized (lock) {
                lock.wait();
            }
        });
    }

    @Test
    void joinIsInterrupted() throws InterruptedException {
        Thread endless = Thread.ofPlatform().daemon().start(() -> LockSupport.parkNanos(600_000_000_000L));
        assertInterrupts(endless::join);
        LockSupport.unpark(endless);
    }

    @Test
    void blockingQueuesAreInterrupted() throws InterruptedException {
        assertInterrupts(() -> new ArrayBlockingQueue<String>(1).take());
        assertInterrupts(() -> new SynchronousQueue<String>().put("nobody takes it"));
    }

    @Test
    void locksAreInterruptedWhenAsked() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            assertInterrupts(lock::lockInterruptibly);
            assertInterrupts(new CountDownLatch(1)::await);
        } finally {
            lock.unlock();
        }
    }

    @Test
    void anInterruptBeforehandCounts() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Thread.sleep(600_000));
        assertFalse(Thread.currentThread().isInterrupted(), "the exception clears the flag");
    }

    @Test
    void parkReturnsAndKeepsTheFlag() throws InterruptedException {
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread parked = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
            flag.set(Thread.interrupted());
        });
        Thread.sleep(5);
        parked.interrupt();
        parked.join(10_000);
        assertEquals(Boolean.TRUE, flag.get());
    }

    @Test
    void aBusyThreadSeesTheFlag() throws InterruptedException {
        Thread busy = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        Thread.sleep(5);
        busy.interrupt();
        busy.join(10_000);
        assertFalse(busy.isAlive());
    }

    @Test
    void virtualThreadsAreInterruptedToo() throws InterruptedException {
        AtomicReference<Throwable> caught = new AtomicReference<>();
        Thread sleeper = Thread.ofVirtual().start(() -> caught.set(assertThrows(InterruptedException.class, () -> Thread.sleep(600_000))));
        sleeper.interrupt();
        sleeper.join(10_000);
        assertTrue(caught.get() instanceof InterruptedException);
    }

    private static void assertInterrupts(Executable blocking) throws InterruptedException {
        AtomicReference<Throwable> caught = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                blocking.execute();
            } catch (Throwable failure) {
                caught.set(failure);
            }
        });
        while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
            Thread.sleep(1);
        }
        thread.interrupt();
        thread.join(10_000);
        assertFalse(thread.isAlive(), "the interrupt was not noticed");
        assertTrue(caught.get() instanceof InterruptedException, () -> "ended by " + caught.get());
    }
}
