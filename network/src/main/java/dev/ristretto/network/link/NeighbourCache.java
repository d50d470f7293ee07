package dev.ristretto.network.link;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Neighbour.State;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;

/**
 * What an interface knows of its neighbours, with the state machine of neighbour unreachability detection (RFC 4861 §7.3), which serves IPv4 as well (RFC
 * 1122 §2.3.2.1 asks for something of the kind). Bounded: an attacker who makes us answer to many addresses pushes out old entries, not those in use.
 * Under the stack's lock.
 */
public final class NeighbourCache {
    private static final long SECOND = 1_000_000_000L;
    /** RFC 4861 §10. */
    private static final int MAX_MULTICAST_SOLICIT = 3;
    private static final int MAX_UNICAST_SOLICIT = 3;
    private static final long DELAY_FIRST_PROBE = 5 * SECOND;
    /** Packets that wait for one neighbour's address, and for all together; the oldest goes (RFC 4861 §7.2.2 asks for one at least). The largest datagram is 45 fragments. */
    private static final int PENDING_EACH = 64;
    private static final int PENDING_ALL = 128;

    private final StackContext context;
    private final Interface on;
    private final NeighbourProtocol protocol;
    private final int type;
    private final int limit;
    private final Neighbour[] buckets;
    private int count;
    private int pending;
    private long retransmit = SECOND;
    private long reachable;

    /** Makes an empty cache; {@code type} is that of the frames sent to neighbours. */
    public NeighbourCache(StackContext context, Interface on, NeighbourProtocol protocol, int type) {
        this.context = context;
        this.on = on;
        this.protocol = protocol;
        this.type = type;
        limit = context.budget().neighbours();
        buckets = new Neighbour[Integer.highestOneBit(limit) * 2];
        times(30_000, 1000);
    }

    /** Sets what routers say: milliseconds that a neighbour stays confirmed, and between questions; 0 for no change (RFC 4861 §6.3.4). */
    public void times(long reachableMillis, long retransmitMillis) {
        if (reachableMillis > 0) {
            // Between half and one and a half of it, so that machines do not ask in step (§6.3.2).
            long base = Math.min(reachableMillis, 3_600_000) * 1_000_000;
            reachable = base / 2 + context.random().nextInt(1 << 20) * base >> 20;
            reachable = Math.max(reachable, base / 2);
        }
        if (retransmitMillis > 0) {
            retransmit = Math.clamp(retransmitMillis, 100, 60_000) * 1_000_000;
        }
    }

    private int bucket(long high, long low) {
        long mixed = (high * 31 + low) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & buckets.length - 1;
    }

    /** Returns the entry for an address, or null. */
    public Neighbour find(long high, long low) {
        Neighbour neighbour = buckets[bucket(high, low)];
        while (neighbour != null && (neighbour.low != low || neighbour.high != high)) {
            neighbour = neighbour.nextInBucket;
        }
        return neighbour;
    }

    /** Returns the entry for an address, made if need be (INCOMPLETE, not yet asked for); null if the cache is full of neighbours in use. */
    public Neighbour get(long high, long low) {
        Neighbour neighbour = find(high, low);
        if (neighbour != null) {
            return neighbour;
        }
        if (count >= limit && !evict()) {
            context.statistics().count(Counter.NEIGHBOUR_CACHE_FULL);
            return null;
        }
        neighbour = new Neighbour(this, high, low);
        int bucket = bucket(high, low);
        neighbour.nextInBucket = buckets[bucket];
        buckets[bucket] = neighbour;
        count++;
        return neighbour;
    }

    private boolean evict() {
        Neighbour oldest = null;
        for (Neighbour first : buckets) {
            for (Neighbour n = first; n != null; n = n.nextInBucket) {
                if (n.state == State.STALE && (oldest == null || n.used < oldest.used)) {
                    oldest = n;
                }
            }
        }
        if (oldest == null) {
            return false;
        }
        drop(oldest);
        return true;
    }

    /** Sends an IP packet to a neighbour, at once or when its address is known. Takes the packet. Returns false if it was dropped for want of room. */
    public boolean send(Neighbour neighbour, Packet packet) {
        switch (neighbour.state) {
            case REACHABLE -> {
                if (context.clock().nanos() - neighbour.confirmed > reachable) {
                    delay(neighbour);
                }
            }
            case STALE -> delay(neighbour);
            case INCOMPLETE -> {
                return hold(neighbour, packet);
            }
            default -> {
            }
        }
        return on.transmit(packet, neighbour.mac, type);
    }

    private void delay(Neighbour neighbour) {
        long now = context.clock().nanos();
        neighbour.state = State.DELAY;
        neighbour.used = now;
        context.timers().set(neighbour.timer, now + DELAY_FIRST_PROBE);
    }

    private boolean hold(Neighbour neighbour, Packet packet) {
        if (pending >= PENDING_ALL && neighbour.pending.isEmpty()) {
            context.statistics().count(Counter.DROP_NEIGHBOUR_QUEUE_FULL);
            packet.release();
        } else {
            if (neighbour.pending.count() >= PENDING_EACH || pending >= PENDING_ALL) {
                context.statistics().count(Counter.DROP_NEIGHBOUR_QUEUE_FULL);
                neighbour.pending.poll().release();
                pending--;
            }
            neighbour.pending.add(packet);
            pending++;
        }
        if (!neighbour.timer.isSet()) {
            neighbour.asked = 0;
            expired(neighbour, context.clock().nanos());
        }
        return true;
    }

    /** A neighbour's timer ran out, or its first question is to be asked. */
    void expired(Neighbour neighbour, long now) {
        switch (neighbour.state) {
            case INCOMPLETE -> {
                if (neighbour.asked >= MAX_MULTICAST_SOLICIT) {
                    give(neighbour);
                } else {
                    ask(neighbour, 0, now);
                }
            }
            case DELAY, PROBE -> {
                if (neighbour.state == State.DELAY) {
                    neighbour.asked = 0;
                    neighbour.state = State.PROBE;
                }
                if (neighbour.asked >= MAX_UNICAST_SOLICIT) {
                    give(neighbour);
                } else {
                    ask(neighbour, neighbour.mac, now);
                }
            }
            default -> {
            }
        }
    }

    private void ask(Neighbour neighbour, long mac, long now) {
        neighbour.asked++;
        context.timers().set(neighbour.timer, now + retransmit);
        protocol.solicit(on, neighbour.high, neighbour.low, mac);
    }

    private void give(Neighbour neighbour) {
        context.statistics().count(Counter.NEIGHBOUR_UNREACHABLE);
        boolean wasKnown = neighbour.state != State.INCOMPLETE;
        for (Packet packet = neighbour.pending.poll(); packet != null; packet = neighbour.pending.poll()) {
            pending--;
            protocol.unreachable(on, packet);
            packet.release();
        }
        drop(neighbour);
        if (wasKnown) {
            protocol.lost(on, neighbour);
        }
    }

    private void drop(Neighbour neighbour) {
        pending -= neighbour.pending.count();
        neighbour.pending.clear();
        neighbour.state = State.GONE;
        context.timers().cancel(neighbour.timer);
        int bucket = bucket(neighbour.high, neighbour.low);
        if (buckets[bucket] == neighbour) {
            buckets[bucket] = neighbour.nextInBucket;
        } else {
            Neighbour before = buckets[bucket];
            while (before.nextInBucket != neighbour) {
                before = before.nextInBucket;
            }
            before.nextInBucket = neighbour.nextInBucket;
        }
        count--;
    }

    /** A neighbour's Ethernet address was seen; it is not shown that it receives us. What waited is sent. */
    public void learn(Neighbour neighbour, long mac) {
        if (neighbour.state == State.INCOMPLETE || neighbour.mac != mac) {
            neighbour.mac = mac;
            neighbour.state = State.STALE;
            neighbour.used = context.clock().nanos();
            context.timers().cancel(neighbour.timer);
            release(neighbour);
        }
    }

    /** A neighbour has answered a question of ours. What waited is sent. */
    public void answered(Neighbour neighbour, long mac) {
        neighbour.mac = mac;
        confirmed(neighbour);
        release(neighbour);
    }

    /** It was shown, by an answer or by a transport's progress, that a neighbour with a known address receives us. */
    public void confirm(Neighbour neighbour) {
        if (neighbour.state != State.INCOMPLETE && neighbour.state != State.GONE) {
            confirmed(neighbour);
        }
    }

    private void confirmed(Neighbour neighbour) {
        neighbour.state = State.REACHABLE;
        neighbour.confirmed = context.clock().nanos();
        neighbour.used = neighbour.confirmed;
        context.timers().cancel(neighbour.timer);
    }

    /** A transport doubts a neighbour: it is asked when it is used next. */
    public void suspect(Neighbour neighbour) {
        if (neighbour.state == State.REACHABLE) {
            neighbour.state = State.STALE;
        }
    }

    /** Notes whether a neighbour is a router; returns whether it was one and is none any more. */
    public boolean router(Neighbour neighbour, boolean isRouter) {
        boolean stopped = neighbour.router && !isRouter;
        neighbour.router = isRouter;
        return stopped;
    }

    private void release(Neighbour neighbour) {
        for (Packet packet = neighbour.pending.poll(); packet != null; packet = neighbour.pending.poll()) {
            pending--;
            send(neighbour, packet);
        }
    }

    /** Forgets all neighbours and drops what waits. */
    public void clear() {
        for (int i = 0; i < buckets.length; i++) {
            while (buckets[i] != null) {
                drop(buckets[i]);
            }
        }
    }

    /** Returns how many neighbours are known or asked for. */
    public int count() {
        return count;
    }
}
