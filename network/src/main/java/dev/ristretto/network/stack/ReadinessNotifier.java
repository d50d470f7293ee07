package dev.ristretto.network.stack;

import dev.ristretto.network.socket.ReadinessListener;

/** One socket's way to tell its listener that something changed: a socket has one, and calls {@link #changed} under the stack's lock. */
public final class ReadinessNotifier {
    private final StackLock lock;
    private volatile ReadinessListener listener;
    boolean queued;
    ReadinessNotifier next;

    public ReadinessNotifier(StackLock lock) {
        this.lock = lock;
    }

    /** Sets who is told; null for nobody. */
    public void listener(ReadinessListener newListener) {
        listener = newListener;
    }

    /** The socket's readiness may have got more bits: the listener is told once when the lock is released. Under the lock. */
    public void changed() {
        if (listener != null) {
            lock.enqueue(this);
        }
    }

    void tell() {
        ReadinessListener told = listener;
        if (told != null) {
            told.readinessChanged();
        }
    }
}
