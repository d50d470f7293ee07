package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.Statistics;

/**
 * IP packets from this machine to itself. They wait until whoever holds the stack's lock is about to release it, so that a transport is never called from within its own output.
 */
public final class Loopback {
    private static final int LIMIT = 1024;

    private final PacketPool small;
    private final PacketPool big;
    private final Statistics statistics;
    private final PacketQueue queue = new PacketQueue();

    Loopback(PacketPool small, PacketPool big, Statistics statistics) {
        this.small = small;
        this.big = big;
        this.statistics = statistics;
    }

    /** Takes a packet, whose checksums need not be right. Returns false if it was dropped for want of room. */
    boolean add(Packet packet) {
        packet.checksumDone();
        packet.interfaceIndex(0);
        return enqueue(packet);
    }

    /** Sends a copy of an IP packet, which begins at {@code start}, to the members of its group on this machine, as if it came in by that interface. */
    void copy(Packet packet, int start, int interfaceIndex) {
        int length = packet.end() - start;
        Packet copy = acquire(length);
        if (copy != null) {
            copy.append(length);
            copy.buffer().put(copy.start(), packet.buffer(), start, length);
            copy.checksumValid(true);
            copy.interfaceIndex(interfaceIndex);
            enqueue(copy);
        }
    }

    private boolean enqueue(Packet packet) {
        if (queue.count() >= LIMIT) {
            statistics.count(Counter.DROP_TRANSMIT_QUEUE_FULL);
            packet.release();
            return false;
        }
        if (packet.references() > 1) {
            // The sender keeps it, and the receiver will move its bounds.
            Packet copy = acquire(packet.length());
            if (copy == null) {
                packet.release();
                return false;
            }
            copy.append(packet.length());
            copy.buffer().put(copy.start(), packet.buffer(), packet.start(), packet.length());
            copy.checksumValid(true);
            copy.interfaceIndex(packet.interfaceIndex());
            packet.release();
            queue.add(copy);
        } else {
            queue.add(packet);
        }
        return true;
    }

    private Packet acquire(int length) {
        Packet packet = (length + Ip.HEADROOM <= small.packetBytes() ? small : big).acquire(Ip.HEADROOM);
        if (packet == null) {
            statistics.count(Counter.DROP_NO_PACKET_BUFFER);
        }
        return packet;
    }

    /** Returns the next packet, or null; its {@link Packet#interfaceIndex} is the index of the interface it is for, or 0 for loopback itself. */
    public Packet poll() {
        return queue.poll();
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }
}
