package dev.ristretto.network.link;

import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.time.Timer;

/** Another machine on the same link, and what is known of its Ethernet address (RFC 4861 §7.3.2). Under the stack's lock. */
public final class Neighbour {
    /** What is known. */
    public enum State {
        /** Asked for, not yet known; packets wait. */
        INCOMPLETE,
        /** Known, and confirmed not long ago. */
        REACHABLE,
        /** Known; not confirmed of late, and not used since. */
        STALE,
        /** Used though stale: it gets some seconds to show by an answer that it is there. */
        DELAY,
        /** Being asked directly. */
        PROBE,
        /** Given up, or pushed out of the cache: whoever holds it looks for another. */
        GONE
    }

    final NeighbourCache cache;
    public final long high;
    public final long low;
    State state = State.INCOMPLETE;
    long mac;
    int asked;
    long confirmed;
    long used;
    boolean router;
    final PacketQueue pending = new PacketQueue();
    final Timer timer;
    Neighbour nextInBucket;

    Neighbour(NeighbourCache cache, long high, long low) {
        this.cache = cache;
        this.high = high;
        this.low = low;
        timer = new Timer(now -> cache.expired(this, now));
    }

    public State state() {
        return state;
    }

    /** Returns its Ethernet address, unless INCOMPLETE. */
    public long mac() {
        return mac;
    }

    public boolean isGone() {
        return state == State.GONE;
    }

    /** Returns whether it said that it is a router. */
    public boolean isRouter() {
        return router;
    }
}
