package dev.ristretto.devices.block;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of a disk with what its requests need: some slots, each with memory for a header, data and a status byte that the device
 * reaches. Who wants something done takes a slot, fills it, submits it and waits; the card's thread finds what is done and wakes who waits
 * for it.
 *
 * <p>Any thread may call, {@link #complete} and {@link #listen} only the card's. Nothing is allocated once it runs.
 */
final class RequestQueue {
    /** Most slots: so many requests are with the device at a time. */
    static final int MOST_SLOTS = 16;
    /** Buffers of a request: header, data, status. */
    static final int BUFFERS = 3;

    /** Types of requests, §5.2.6. */
    static final int READ = 0;
    static final int WRITE = 1;
    static final int FLUSH = 4;
    static final int DISCARD = 11;
    static final int WRITE_ZEROES = 13;

    /** What a device answers, §5.2.6. */
    static final int OK = 0;
    static final int IO_ERROR = 1;
    static final int UNSUPPORTED = 2;
    /** What stands in the status byte until the device writes it. */
    private static final int UNANSWERED = 0xFF;

    private static final int HEADER = 16;
    private static final int STATUS_AT = HEADER;
    /** Bytes of header and status of one slot. */
    private static final int STRIDE = 32;

    /** A request that is being made, is with the device or has come back. */
    static final class Slot {
        final DmaMemory data;
        private final int headerAt;
        private final Condition answered;
        private int written;
        private boolean done;
        private int status;
        private boolean withDevice;

        private Slot(DmaMemory data, int headerAt, Condition answered) {
            this.data = data;
            this.headerAt = headerAt;
            this.answered = answered;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition slotFree = lock.newCondition();
    private final SplitQueue queue;
    private final Transport transport;
    private final DmaMemory headers;
    private final Slot[] free;
    private int freeCount;
    private final Slot[] byHead;
    private final long[] addresses = new long[BUFFERS];
    private final int[] lengths = new int[BUFFERS];
    private boolean closed;
    private String fault;

    private RequestQueue(SplitQueue queue, Transport transport, DmaMemory headers, List<DmaMemory> data) {
        this.queue = queue;
        this.transport = transport;
        this.headers = headers;
        byHead = new Slot[queue.size()];
        free = new Slot[data.size()];
        for (DmaMemory memory : data) {
            free[freeCount] = new Slot(memory, freeCount * STRIDE, lock.newCondition());
            freeCount++;
        }
    }

    /**
     * Makes the slots, as many as there is memory for.
     *
     * @param indirect  whether a request takes one descriptor, not three
     * @param dataBytes most data in a request
     * @return null if there is no memory, or the queue is too short for a request
     */
    static RequestQueue create(SplitQueue queue, boolean indirect, Transport transport, DeviceHost host, int dataBytes) {
        int slots = Math.min(MOST_SLOTS, indirect ? queue.size() : queue.size() / BUFFERS);
        DmaMemory headers = slots == 0 ? null : host.allocate(MOST_SLOTS * STRIDE);
        List<DmaMemory> data = new ArrayList<>();
        for (int i = 0; i < slots && headers != null; i++) {
            DmaMemory memory = host.allocate(dataBytes);
            if (memory == null) {
                break;
            }
            data.add(memory);
        }
        return data.isEmpty() ? null : new RequestQueue(queue, transport, headers, data);
    }

    /**
     * Takes a slot.
     *
     * @param wait whether to wait for one; only for who has none, or all could wait for one another
     * @return null if there is none and the caller does not wait, or the disk is stopped
     */
    Slot take(boolean wait) {
        lock.lock();
        try {
            while (freeCount == 0 && wait && !closed) {
                slotFree.awaitUninterruptibly();
            }
            return freeCount == 0 || closed ? null : free[--freeCount];
        } finally {
            lock.unlock();
        }
    }

    /** Gives a slot back that is not with the device. */
    void release(Slot slot) {
        lock.lock();
        try {
            if (!slot.withDevice) {
                free[freeCount++] = slot;
                slotFree.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a request to those that {@link #kick} shows to the device.
     *
     * @param unit         position in units of 512 bytes
     * @param dataBytes    bytes of the slot's data that belong to it; may be 0
     * @param deviceWrites whether the device writes them
     */
    void submit(Slot slot, int type, long unit, int dataBytes, boolean deviceWrites) {
        lock.lock();
        try {
            slot.done = false;
            headers.put32(slot.headerAt, type);
            headers.put32(slot.headerAt + 4, 0);
            headers.put64(slot.headerAt + 8, unit);
            headers.put8(slot.headerAt + STATUS_AT, UNANSWERED);
            int count = 0;
            addresses[count] = headers.busAddress(slot.headerAt);
            lengths[count++] = HEADER;
            if (dataBytes > 0) {
                addresses[count] = slot.data.busAddress(0);
                lengths[count++] = dataBytes;
            }
            addresses[count] = headers.busAddress(slot.headerAt + STATUS_AT);
            lengths[count++] = 1;
            int head = closed ? SplitQueue.NONE : queue.add(addresses, lengths, count, deviceWrites || dataBytes == 0 ? 1 : 2);
            if (head < 0) {
                answer(slot, IO_ERROR); // the disk is stopped: there are as many descriptors as slots
                return;
            }
            byHead[head] = slot;
            slot.withDevice = true;
        } finally {
            lock.unlock();
        }
    }

    /** Shows the device what was submitted. */
    void kick() {
        lock.lock();
        try {
            if (!closed && queue.publish()) {
                transport.notifyQueue(0);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a request that was submitted and shown is done.
     *
     * @param least bytes that the device must have written, if it says that all went well
     * @return {@link #OK}, {@link #IO_ERROR} or {@link #UNSUPPORTED}
     */
    int await(Slot slot, int least) {
        lock.lock();
        try {
            while (!slot.done) {
                slot.answered.awaitUninterruptibly();
            }
            // What the device does not say that it wrote is somebody else's, from an earlier request (§2.7.8.2).
            return slot.status == OK && slot.written < least ? IO_ERROR : slot.status;
        } finally {
            lock.unlock();
        }
    }

    private void answer(Slot slot, int status) {
        slot.status = status;
        slot.done = true;
        slot.answered.signal();
    }

    /** Requests that are with the device. */
    int outstanding() {
        lock.lock();
        try {
            return queue.outstanding();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what is done; returns how many that were. */
    int complete() {
        lock.lock();
        try {
            int count = 0;
            for (int head = queue.poll(); head >= 0; head = queue.poll()) {
                Slot slot = byHead[head];
                byHead[head] = null;
                int status = headers.get8(slot.headerAt + STATUS_AT);
                slot.written = queue.length();
                slot.withDevice = false;
                if (status > UNSUPPORTED) {
                    fault = status == UNANSWERED ? "returned a request without an answer" : "answered a request with " + status + ", which means nothing";
                    status = IO_ERROR;
                }
                answer(slot, status);
                count++;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** What the device did that no device may, or null. */
    String fault() {
        return fault != null ? fault : queue.fault();
    }

    /** Asks for an interrupt with the next that is done; true if one is already. */
    boolean listen() {
        lock.lock();
        try {
            return queue.enableInterrupts(1);
        } finally {
            lock.unlock();
        }
    }

    /** Everything fails from now on, what the device has not answered too. Its memory stays the device's. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (int head = 0; head < byHead.length; head++) {
                if (byHead[head] != null) {
                    answer(byHead[head], IO_ERROR);
                    byHead[head] = null;
                }
            }
            slotFree.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
