package dev.ristretto.jdk.net.descriptor;

import java.util.concurrent.locks.LockSupport;

/** One thread that waits for one {@link Pollable}, once. */
final class Waiter implements Watcher {
    private final Thread thread = Thread.currentThread();
    private volatile boolean called;

    @Override
    public void readinessChanged() {
        called = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void released() {
        readinessChanged();
    }

    /**
     * Waits until called, or until a moment.
     *
     * @param deadline by {@link System#nanoTime}, meaningless unless {@code timed}
     * @return false if the moment came first
     */
    boolean await(boolean timed, long deadline) {
        // A system call goes on when its thread is interrupted, as here; only closing or a wake-up ends it. The flag must not make
        // parking return at once, and must be there again afterwards.
        boolean interrupted = false;
        try {
            while (!called) {
                if (timed) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    LockSupport.parkNanos(this, left);
                } else {
                    LockSupport.park(this);
                }
                interrupted |= Thread.interrupted();
            }
            called = false;
            return true;
        } finally {
            if (interrupted) {
                thread.interrupt();
            }
        }
    }
}
