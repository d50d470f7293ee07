package dev.ristretto.network.simulation;

import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, and what happens in it in order. */
final class Simulation {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1000 * MILLISECOND;

    private record Event(long time, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }

    final SplittableRandom random;
    final PacketPool small;
    final PacketPool big;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private long now = SECOND;
    private long number;

    Simulation(long seed) {
        this(seed, new PacketPool(ByteBuffer::allocate, 4096, 2048), new PacketPool(ByteBuffer::allocate, 64, 66 * 1024));
    }

    /** With packets that other simulations used before: to make them takes longer than a short simulation. */
    Simulation(long seed, PacketPool small, PacketPool big) {
        random = new SplittableRandom(seed);
        this.small = small;
        this.big = big;
    }

    long now() {
        return now;
    }

    void add(SimulatedHost host) {
        hosts.add(host);
    }

    /** A host that is out of reach and has nothing left: its timers are not looked at any more. */
    void remove(SimulatedHost host) {
        hosts.remove(host);
    }

    void after(long delay, Runnable action) {
        events.add(new Event(now + delay, number++, action));
    }

    /** Lets time pass until nothing is left to happen, or until a moment. @return whether nothing is left */
    boolean run(long until) {
        for (;;) {
            long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().time;
            SimulatedHost due = null;
            for (int i = 0; i < hosts.size(); i++) {
                long timer = hosts.get(i).nextTimer();
                if (timer < next) {
                    next = timer;
                    due = hosts.get(i);
                }
            }
            if (next > until) {
                now = Math.max(now, Math.min(until, next));
                return next == Long.MAX_VALUE;
            }
            now = Math.max(now, next);
            if (due != null) {
                due.runTimers(now);
            } else {
                events.poll().action.run();
            }
        }
    }

    /** @return whether nothing was left to happen within that time */
    boolean runFor(long duration) {
        return run(now + duration);
    }
}
