package dev.ristretto.network.stack;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The one lock of a stack. When its holder releases it, what piled up is done first: frames for the machine itself are delivered, cards
 * are told of new frames; then listeners are told of changes, without the lock, so that they may take locks of their own.
 */
public final class StackLock {
    private final ReentrantLock lock = new ReentrantLock();
    private Runnable beforeRelease = () -> { };
    private Runnable afterRelease = () -> { };
    private ReadinessNotifier first;
    private ReadinessNotifier last;

    /**
     * Sets what is done each time before the lock is released (with it) and each time after (without it). For the stack's owner.
     */
    public void hooks(Runnable before, Runnable after) {
        beforeRelease = before;
        afterRelease = after;
    }

    /** Takes the lock; reentrant. */
    public void lock() {
        lock.lock();
    }

    /** Releases the lock, after the work that piled up; see above. In a {@code finally} block. */
    public void unlock() {
        if (lock.getHoldCount() > 1) {
            lock.unlock();
            return;
        }
        try {
            for (;;) {
                beforeRelease.run();
                ReadinessNotifier notifier = poll();
                if (notifier == null) {
                    break;
                }
                lock.unlock();
                try {
                    notifier.tell();
                } finally {
                    lock.lock();
                }
            }
        } finally {
            lock.unlock();
        }
        afterRelease.run();
    }

    /** Returns whether the calling thread has the lock. */
    public boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }

    /** Tells the listener when the lock is released. Under the lock. */
    void enqueue(ReadinessNotifier notifier) {
        if (notifier.queued) {
            return;
        }
        notifier.queued = true;
        notifier.next = null;
        if (last == null) {
            first = notifier;
        } else {
            last.next = notifier;
        }
        last = notifier;
    }

    private ReadinessNotifier poll() {
        ReadinessNotifier notifier = first;
        if (notifier != null) {
            first = notifier.next;
            if (first == null) {
                last = null;
            }
            notifier.next = null;
            notifier.queued = false;
        }
        return notifier;
    }
}
