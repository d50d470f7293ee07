package dev.ristretto.jdk.net.descriptor;

/** Who wants to know when a {@link Pollable} may have become ready. Called by any thread, perhaps with a stack's lock held: be short. */
public interface Watcher {
    /** The readiness may have changed; asking is the only way to know. */
    void readinessChanged();

    /** The last descriptor went; nothing more will come. */
    void released();

    /** A thread that waits shall look again what is the matter, though nothing changed. */
    default void wake() {
        // Who is no thread has nothing to look at.
    }
}
