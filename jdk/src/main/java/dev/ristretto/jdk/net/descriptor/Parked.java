package dev.ristretto.jdk.net.descriptor;

import java.util.concurrent.locks.LockSupport;

/** A thread that is parked until a {@link Pollable} is ready for certain events, so that others do not wake it. */
final class Parked implements Watcher {
    private final Thread thread = Thread.currentThread();
    private final Pollable pollable;
    private final int events;

    Parked(Pollable pollable, int events) {
        this.pollable = pollable;
        this.events = events;
    }

    int events() {
        return events;
    }

    void park(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        } else {
            LockSupport.park();
        }
    }

    @Override
    public void readinessChanged() {
        if ((pollable.readiness() & events) != 0) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void released() {
        LockSupport.unpark(thread);
    }

    @Override
    public void wake() {
        LockSupport.unpark(thread);
    }
}
