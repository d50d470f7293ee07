package dev.ristretto.network.device;

import java.nio.ByteBuffer;

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

    /**
     * Copies bytes behind the content of the last packet.
     *
     * @param offset where the bytes begin in the buffer, which is another packet's
     * @return whether they were: there is a last packet that nobody else holds, and it has room for all of them
     */
    public boolean appendToLast(ByteBuffer source, int offset, int length) {
        if (tail == null || tail.tailroom() < length || tail.references() > 1) {
            return false;
        }
        tail.buffer().put(tail.append(length), source, offset, length);
        bytes += length;
        return true;
    }

    /** Takes bytes from the front of the first packet's content; it has at least as many. */
    public void pullFirst(int length) {
        head.pull(length);
        bytes -= length;
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
