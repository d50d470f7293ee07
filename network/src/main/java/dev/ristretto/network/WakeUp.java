package dev.ristretto.network;

/** Told when {@link Network#advance} has to be called earlier than it last said. */
@FunctionalInterface
public interface WakeUp {
    /**
     * The stack has something to do at {@code deadline} (as {@link Clock#nanos} counts; it may be past), earlier than what
     * {@link Network#advance} returned last. Called from any thread, without the stack's lock. Must not block: set a flag, unpark a thread.
     */
    void wakeUp(long deadline);
}
