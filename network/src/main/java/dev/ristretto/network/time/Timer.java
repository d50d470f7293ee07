package dev.ristretto.network.time;

/**
 * Something that is to happen at a time. Made once and set as often as needed, without allocation. Subclass it, or give it an action. All calls
 * under the stack's lock.
 */
public class Timer {
    /** What happens when a timer runs out. */
    @FunctionalInterface
    public interface Action {
        /** Called under the stack's lock; the timer is not set any more and may be set again. Must not throw. */
        void expired(long now);
    }

    static final int NOT_QUEUED = -1;

    private final Action action;
    /** When it is due; {@link Long#MAX_VALUE} when not set. */
    long due = Long.MAX_VALUE;
    /** What the heap is ordered by: never later than {@link #due}. */
    long key;
    int index = NOT_QUEUED;

    public Timer(Action action) {
        this.action = action;
    }

    /** Returns whether it is set. */
    public final boolean isSet() {
        return due != Long.MAX_VALUE;
    }

    /** Returns when it is due; {@link Long#MAX_VALUE} when not set. */
    public final long due() {
        return due;
    }

    final void run(long now) {
        action.expired(now);
    }
}
