package dev.ristretto.devices.block;

import dev.ristretto.devices.memory.DmaMemory;
import java.nio.ByteBuffer;

/** What one call reads or writes, as requests, of which up to {@link #DEPTH} are in flight together. For one thread. */
final class Transfer {
    /** Slots that one call may have in flight. */
    private static final int DEPTH = 8;

    private final RequestQueue requests;
    private final int type;
    private final boolean reads;
    private final int requestBytes;

    /** What is in flight, the oldest first, from {@link #first} on round these arrays. */
    private final RequestQueue.Slot[] slots = new RequestQueue.Slot[DEPTH];
    private final ByteBuffer[] buffers = new ByteBuffer[DEPTH];
    private final int[] lengths = new int[DEPTH];
    private int first;
    private int count;
    private boolean failed;

    /**
     * @param type         {@link RequestQueue#READ} or {@link RequestQueue#WRITE}
     * @param requestBytes most bytes in a request
     */
    Transfer(RequestQueue requests, int type, int requestBytes) {
        this.requests = requests;
        this.type = type;
        this.reads = type == RequestQueue.READ;
        this.requestBytes = requestBytes;
    }

    /**
     * Begins with what is left in a buffer, and waits for older requests where there is no room for its own. Some of them may not have been
     * shown to the device when this returns.
     */
    void add(long position, ByteBuffer buffer) {
        long at = position;
        int left = buffer.remaining();
        while (left > 0 && !failed) {
            RequestQueue.Slot slot = count < DEPTH ? requests.take(count == 0) : null;
            if (slot != null) {
                int length = Math.min(left, requestBytes);
                submit(slot, at, buffer, length);
                at += length;
                left -= length;
            } else if (count > 0) {
                awaitOldest();
            } else {
                failed = true; // no slot though it waited for one: stopped
            }
        }
    }

    /** Waits for all of it, and returns whether it went well. */
    boolean finish() {
        while (count > 0) {
            awaitOldest();
        }
        return !failed;
    }

    private void submit(RequestQueue.Slot slot, long position, ByteBuffer buffer, int length) {
        if (!reads) {
            fill(slot.data, buffer, length);
        }
        requests.submit(slot, type, position / DiskLimits.UNIT, length, reads);
        int last = (first + count++) % DEPTH;
        slots[last] = slot;
        buffers[last] = buffer;
        lengths[last] = length;
    }

    private void awaitOldest() {
        requests.kick();
        RequestQueue.Slot slot = slots[first];
        int length = lengths[first];
        failed |= requests.await(slot, reads ? length + 1 : 0) != RequestQueue.OK;
        if (reads && !failed) {
            drain(slot.data, buffers[first], length);
        }
        requests.release(slot);
        first = (first + 1) % DEPTH;
        count--;
    }

    private static void fill(DmaMemory memory, ByteBuffer source, int length) {
        if (source.hasArray()) {
            memory.put(0, source.array(), source.arrayOffset() + source.position(), length);
            source.position(source.position() + length);
        } else {
            byte[] bytes = new byte[length];
            source.get(bytes);
            memory.put(0, bytes, 0, length);
        }
    }

    private static void drain(DmaMemory memory, ByteBuffer destination, int length) {
        if (destination.hasArray()) {
            memory.get(0, destination.array(), destination.arrayOffset() + destination.position(), length);
            destination.position(destination.position() + length);
        } else {
            byte[] bytes = new byte[length];
            memory.get(0, bytes, 0, length);
            destination.put(bytes);
        }
    }
}
