package dev.ristretto.network.simulation;

import dev.ristretto.network.device.Packet;
import java.util.SplittableRandom;

/** Carries packets one way; several hosts may share one, and with it its rate and queue. */
final class Link {
    /** Of the IP header and the frame around a segment: what counts for the rate. */
    private static final int OVERHEAD = 20 + 38;

    private final Simulation simulation;
    private final SplittableRandom random;
    private Conditions conditions;
    private boolean isCut;
    /** When the last packet has left the queue. */
    private long freeAt;
    private long lastArrival;
    long carried;
    long dropped;
    long bytes;

    Link(Simulation simulation, Conditions conditions) {
        this.simulation = simulation;
        this.random = simulation.random.split();
        this.conditions = conditions;
    }

    Conditions conditions() {
        return conditions;
    }

    void conditions(Conditions changed) {
        conditions = changed;
    }

    /** Nothing gets through any more. */
    void cut(boolean cut) {
        isCut = cut;
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    void carry(Packet packet, SimulatedHost from, SimulatedHost to, int trafficClass) {
        carried++;
        bytes += packet.length();
        long now = simulation.now();
        long leaves = now;
        if (conditions.bitsPerSecond() > 0) {
            long perByte = 8_000_000_000L / conditions.bitsPerSecond();
            long waiting = Math.max(freeAt - now, 0);
            if (waiting / Math.max(perByte, 1) > conditions.queueBytes()) {
                drop(packet);
                return;
            }
            freeAt = now + waiting + (packet.length() + OVERHEAD) * 8_000_000_000L / conditions.bitsPerSecond();
            leaves = freeAt;
        }
        if (isCut || happens(conditions.loss()) || happens(conditions.corrupt())) {
            drop(packet);
            return;
        }
        if (happens(conditions.duplicate())) {
            Packet copy = simulation.small.acquire(SimulatedHost.HEADROOM);
            if (copy != null && packet.length() <= copy.tailroom()) {
                int at = copy.append(packet.length());
                copy.buffer().put(at, packet.buffer(), packet.start(), packet.length());
                deliver(copy, from, to, trafficClass, leaves + conditions.delay() + random.nextLong(conditions.jitter() + 1));
            } else if (copy != null) {
                copy.release();
            }
        }
        long arrives = leaves + conditions.delay();
        if (happens(conditions.reorder())) {
            arrives += random.nextLong(conditions.jitter() + conditions.delay() / 4 + 1);
        } else {
            if (conditions.jitter() > 0 && random.nextInt(8) == 0) {
                arrives += random.nextLong(conditions.jitter());
            }
            arrives = Math.max(arrives, lastArrival);
            lastArrival = arrives;
        }
        deliver(packet, from, to, trafficClass, arrives);
    }

    private void drop(Packet packet) {
        dropped++;
        packet.release();
    }

    private void deliver(Packet packet, SimulatedHost from, SimulatedHost to, int trafficClass, long time) {
        simulation.after(time - simulation.now(), () -> to.arrived(packet, from, trafficClass));
    }
}
