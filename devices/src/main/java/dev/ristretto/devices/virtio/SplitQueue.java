package dev.ristretto.devices.virtio;

import dev.ristretto.devices.memory.DmaMemory;

/**
 * A split virtqueue (virtio 1.2 §2.7), the driver's side. Buffers are offered in chains of one or more descriptors, each chain known by
 * the number of its head, and come back in any order.
 *
 * <p>What the device can write is read once and checked. What the driver has to remember is kept in arrays that no device reaches: the
 * descriptors themselves are written, never read. A device that returns a chain it was not given, or claims to have written more than
 * there was room for, breaks the queue: nothing is taken from it any more.
 *
 * <p>One thread at a time, by a lock of the caller's. Nothing is allocated after construction.
 */
public final class SplitQueue {
    /** {@link #poll}: no chain has come back. */
    public static final int NONE = -1;
    /** Largest queue that is ever asked for. */
    public static final int MAX_SIZE = 1024;

    private static final int DESCRIPTOR = 16;
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;
    private static final int NO_INTERRUPT = 1;
    private static final int NO_NOTIFY = 1;

    private final int size;
    private final boolean eventIndex;
    private final DmaMemory memory;
    private final int driverArea;
    private final int deviceArea;
    private final int tables;
    private final int tableEntries;

    /** Free descriptors, chained; shadow of what is in memory. */
    private final int[] next;
    /** By head: descriptors in the chain, 0 if it is not with the device. */
    private final int[] chained;
    /** By head: bytes that the device may write. */
    private final int[] writable;
    private int freeHead;
    private int freeCount;
    /** Chains with the device. */
    private int outstanding;
    /** Next index to offer, and the one that the device last heard of. */
    private int available;
    private int told;
    /** Next index to take back. */
    private int used;
    private int lastLength;
    private String fault;

    /**
     * @param memory       at least {@link #bytes} zeroed bytes
     * @param size         a power of two, at most {@link #MAX_SIZE}
     * @param eventIndex   whether VIRTIO_F_EVENT_IDX was negotiated
     * @param tableEntries descriptors in the indirect table of each head; 0 if VIRTIO_F_INDIRECT_DESC was not negotiated or is not wanted
     */
    public SplitQueue(DmaMemory memory, int size, boolean eventIndex, int tableEntries) {
        if (size <= 0 || size > MAX_SIZE || Integer.bitCount(size) != 1 || memory.size() < bytes(size, tableEntries)) {
            throw new IllegalArgumentException("a queue of " + size);
        }
        this.memory = memory;
        this.size = size;
        this.eventIndex = eventIndex;
        this.tableEntries = tableEntries;
        driverArea = DESCRIPTOR * size;
        deviceArea = deviceArea(size);
        tables = tables(size);
        next = new int[size];
        chained = new int[size];
        writable = new int[size];
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
        }
        freeCount = size;
    }

    /** Bytes that a queue takes. */
    public static int bytes(int size, int tableEntries) {
        return tables(size) + size * tableEntries * DESCRIPTOR;
    }

    /** The driver's area has a flag word, an index, the ring and an event index; the device's likewise, aligned to 4 (§2.7). */
    private static int deviceArea(int size) {
        return DESCRIPTOR * size + 6 + 2 * size + 3 & -4;
    }

    private static int tables(int size) {
        return deviceArea(size) + 6 + 8 * size + 15 & -16;
    }

    /** Number of descriptors. */
    public int size() {
        return size;
    }

    /** Descriptors that are free: each chain takes as many as it has buffers, or one if it goes through a table. */
    public int free() {
        return freeCount;
    }

    /** Chains that are with the device. */
    public int outstanding() {
        return outstanding;
    }

    /** Bus address of the descriptors. */
    public long descriptorsAddress() {
        return memory.busAddress(0);
    }

    /** Bus address of the driver's area. */
    public long driverAddress() {
        return memory.busAddress(driverArea);
    }

    /** Bus address of the device's area. */
    public long deviceAddress() {
        return memory.busAddress(deviceArea);
    }

    /** What the device did that no device may, or null. */
    public String fault() {
        return fault;
    }

    /**
     * Offers one buffer.
     *
     * @return the chain's number, 0 to {@link #size} - 1, or {@link #NONE} if there is no free descriptor
     */
    public int add(long busAddress, int length, boolean deviceWrites) {
        if (freeCount == 0 || fault != null) {
            return NONE;
        }
        int head = freeHead;
        freeHead = next[head];
        freeCount--;
        write(head * DESCRIPTOR, busAddress, length, deviceWrites ? WRITE : 0, 0);
        offer(head, 1, deviceWrites ? length : 0);
        return head;
    }

    /**
     * Offers a chain of buffers: through a table if it fits in one, else by as many descriptors.
     *
     * @param readable number of buffers, the first ones, that the device reads; it writes the others
     * @return the chain's number, or {@link #NONE} if there are not enough free descriptors
     */
    public int add(long[] busAddresses, int[] lengths, int count, int readable) {
        boolean table = count <= tableEntries && count > 1;
        if (fault != null || count <= 0 || freeCount < (table ? 1 : count)) {
            return NONE;
        }
        int head = freeHead;
        int room = 0;
        int at = head;
        for (int i = 0; i < count; i++) {
            int flags = (i < readable ? 0 : WRITE) | (i + 1 < count ? NEXT : 0);
            room += i < readable ? 0 : lengths[i];
            if (table) {
                write(tables + (head * tableEntries + i) * DESCRIPTOR, busAddresses[i], lengths[i], flags, i + 1);
            } else {
                write(at * DESCRIPTOR, busAddresses[i], lengths[i], flags, next[at]);
                at = next[at];
            }
        }
        if (table) {
            write(head * DESCRIPTOR, memory.busAddress(tables + head * tableEntries * DESCRIPTOR), count * DESCRIPTOR, INDIRECT, 0);
            at = next[head];
        }
        freeHead = at;
        freeCount -= table ? 1 : count;
        offer(head, table ? 1 : count, room);
        return head;
    }

    private void write(int at, long busAddress, int length, int flags, int following) {
        memory.put64(at, busAddress);
        memory.put32(at + 8, length);
        memory.put16(at + 12, flags);
        memory.put16(at + 14, following);
    }

    private void offer(int head, int descriptors, int room) {
        chained[head] = descriptors;
        writable[head] = room;
        outstanding++;
        memory.put16(driverArea + 4 + 2 * (available & size - 1), head);
        available = available + 1 & 0xFFFF;
    }

    /** Lets the device see what was offered since the last call; true if it is to be notified (§2.7.10). */
    public boolean publish() {
        if (told == available) {
            return false;
        }
        memory.putRelease16(driverArea + 2, available);
        DmaMemory.fence();
        int before = told;
        told = available;
        if (eventIndex) {
            int event = memory.get16(deviceArea + 4 + 8 * size);
            return (available - event - 1 & 0xFFFF) < (available - before & 0xFFFF);
        }
        return (memory.get16(deviceArea) & NO_NOTIFY) == 0;
    }

    /** True if a chain has come back that {@link #poll} would return. */
    public boolean hasUsed() {
        return fault == null && memory.getAcquire16(deviceArea + 2) != used;
    }

    /**
     * Takes back a chain.
     *
     * @return its number, or {@link #NONE}; see {@link #fault} then
     */
    public int poll() {
        if (fault != null) {
            return NONE;
        }
        int filled = memory.getAcquire16(deviceArea + 2) - used & 0xFFFF;
        if (filled == 0) {
            return NONE;
        }
        if (filled > outstanding) {
            return broken("returned more buffers than it had");
        }
        int at = deviceArea + 4 + 8 * (used & size - 1);
        int head = memory.get32(at);
        int length = memory.get32(at + 4);
        if (head < 0 || head >= size || chained[head] == 0) {
            return broken("returned a buffer that it did not have");
        }
        if (length < 0 || length > writable[head]) {
            if (writable[head] > 0) {
                return broken("says that it wrote more than there was room for");
            }
            length = 0; // some devices count what they read
        }
        used = used + 1 & 0xFFFF;
        lastLength = length;
        outstanding--;
        release(head);
        return head;
    }

    private int broken(String what) {
        fault = what;
        return NONE;
    }

    private void release(int head) {
        int count = chained[head];
        chained[head] = 0;
        int last = head;
        for (int i = 1; i < count; i++) {
            last = next[last];
        }
        next[last] = freeHead;
        freeHead = head;
        freeCount += count;
    }

    /** Bytes that the device wrote into the chain that {@link #poll} returned last; at most as many as there was room for. */
    public int length() {
        return lastLength;
    }

    /** Asks for no interrupts; the device may raise some nevertheless. */
    public void disableInterrupts() {
        if (!eventIndex) {
            memory.put16(driverArea, NO_INTERRUPT);
        }
        // with the event index the one in the past that stands there does
    }

    /**
     * Asks for an interrupt when {@code count} more chains have come back.
     *
     * @return true if they have already, so that the interrupt may not come: poll again
     */
    public boolean enableInterrupts(int count) {
        if (eventIndex) {
            memory.putRelease16(driverArea + 4 + 2 * size, used + count - 1);
        } else {
            memory.put16(driverArea, 0);
        }
        DmaMemory.fence();
        return (memory.getAcquire16(deviceArea + 2) - used & 0xFFFF) >= count;
    }
}
