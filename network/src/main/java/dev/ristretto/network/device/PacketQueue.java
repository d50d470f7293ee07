package dev.ristretto.network.device;

/** Packets in line, first in first out, linked through themselves: nothing is allocated. The queue owns what is in it. Not thread-safe. */
public final class PacketQueue {
    private Packet head;
    private Packet tail;
    private int count;
    private long bytes;

    /** Adds a packet at the end; it is in no other queue. */
    public void add(Packet packet) {
        packet.next = null;
        if (tail == null) {
            head = packet;
        } else {
            tail.next = packet;
        }
        tail = packet;
        count++;
        bytes += packet.length();
    }

    /** Adds a packet in front: one that {@link #poll} has just returned. */
    public void putBack(Packet packet) {
        packet.next = head;
        head = packet;
        if (tail == null) {
            tail = packet;
        }
        count++;
        bytes += packet.length();
    }

    /** Returns the first packet, or null; it stays in line, and its content must not change its length. */
    public Packet peek() {
        return head;
    }

    /** Takes the first packet out, or returns null. */
    public Packet poll() {
        Packet packet = head;
        if (packet != null) {
            head = packet.next;
            if (head == null) {
                tail = null;
            }
            packet.next = null;
            count--;
            bytes -= packet.length();
        }
        return packet;
    }

    /** Releases all packets. */
    public void clear() {
        for (Packet packet = poll(); packet != null; packet = poll()) {
            packet.release();
        }
    }

    public boolean isEmpty() {
        return head == null;
    }

    /** Returns how many packets are in line. */
    public int count() {
        return count;
    }

    /** Returns the bytes of content in all packets together. */
    public long bytes() {
        return bytes;
    }
}
