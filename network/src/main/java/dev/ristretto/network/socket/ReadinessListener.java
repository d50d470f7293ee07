package dev.ristretto.network.socket;

/** Told when there may be something to do for a socket. */
@FunctionalInterface
public interface ReadinessListener {
    /**
     * The socket's {@link Socket#readiness} has new bits, or had an event of a kind whose bit was set already (more data arrived: what epoll's
     * edge-triggered mode wants to know). Several changes may be told in one call, from any thread, without the stack's lock; calls for one
     * socket may overlap, so look at {@link Socket#readiness} instead of counting calls. May call the socket. Must not block for long and must not
     * throw: the thread may be the one that serves a card.
     */
    void readinessChanged();
}
