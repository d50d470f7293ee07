package dev.ristretto.network.device;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of packets of one size, made at the start and recycled; nothing is allocated after. Thread-safe.
 */
public final class PacketPool {
    private final ReentrantLock lock = new ReentrantLock();
    private final int packetBytes;
    private final int count;
    private Packet free;
    private int inUse;
    private int reserved;
    private int mostInUse;
    private long refused;

    /**
     * Makes the packets.
     *
     * @param count how many; at least 1
     * @param packetBytes the capacity of each buffer, headroom included
     */
    public PacketPool(PacketMemory memory, int count, int packetBytes) {
        this.packetBytes = packetBytes;
        this.count = count;
        for (int i = 0; i < count; i++) {
            var buffer = memory.allocate(packetBytes);
            Packet packet = new Packet(this, buffer, memory.deviceAddress(buffer));
            packet.next = free;
            free = packet;
        }
    }

    /** Returns an empty packet with {@code headroom} bytes before its start, owned by the caller; or null when all are in use. */
    public Packet acquire(int headroom) {
        lock.lock();
        try {
            Packet packet = free;
            if (packet == null) {
                refused++;
                return null;
            }
            free = packet.next;
            packet.next = null;
            packet.reset(headroom);
            inUse++;
            mostInUse = Math.max(mostInUse, inUse);
            return packet;
        } finally {
            lock.unlock();
        }
    }

    void put(Packet packet) {
        lock.lock();
        try {
            packet.next = free;
            free = packet;
            inUse--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets packets aside that are always with a card, for it to receive into: half of those that are not set aside yet, at least one.
     *
     * @param most no more than so many
     * @return how many
     */
    public int reserveHalf(int most) {
        lock.lock();
        try {
            int packets = Math.clamp((count - reserved) / 2, 1, most);
            reserved += packets;
            return packets;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #reserveHalf}: the card has given back what it had. */
    public void unreserve(int packets) {
        lock.lock();
        try {
            reserved -= packets;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether more than half of what is not {@linkplain #reserveHalf reserved} is in use. What waits for a slow program does not stay in packets then but is
     * copied elsewhere, so that there are some for what is on its way: a card that has no buffers hears nothing, whoever it is for. Perhaps
     * true or false a moment late, for no lock is taken.
     */
    public boolean isHalfUsed() {
        return inUse - reserved > (count - reserved) / 2 + 1;
    }

    /** Returns the capacity of each packet in bytes. */
    public int packetBytes() {
        return packetBytes;
    }

    /** Returns how many packets there are. */
    public int count() {
        return count;
    }

    /** Returns how many packets have been acquired and not released. Exact: 0 when nothing is leaked and nothing is on its way. */
    public int inUse() {
        lock.lock();
        try {
            return inUse;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the largest number that was in use at a time. */
    public int mostInUse() {
        return mostInUse;
    }

    /** Returns how often {@link #acquire} returned null. */
    public long refused() {
        return refused;
    }
}
