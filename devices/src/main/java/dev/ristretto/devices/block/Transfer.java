package dev.ristretto.devices.block;

import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.storage.block.BlockDevice.Piece;
import java.nio.ByteBuffer;
import java.util.List;

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
    private final int[] lengths = new int[DEPTH];
    /** Where what is read goes: the oldest request's to its position. */
    private ByteBuffer destination;
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

    /** Begins to fill what is left in a buffer; the last requests may not have been shown to the device when this returns. Once. */
    void read(long position, ByteBuffer buffer) {
        destination = buffer;
        long at = position;
        int left = buffer.remaining();
        while (left > 0 && !failed) {
            RequestQueue.Slot slot = takeSlot();
            if (slot != null) {
                int length = Math.min(left, requestBytes);
                submit(slot, at, length);
                at += length;
                left -= length;
            }
        }
    }

    /** Begins to write pieces, neighbours together; the last requests may not have been shown to the device when this returns. */
    void write(List<Piece> pieces) {
        int index = 0;
        int begun = 0; // of the piece at the index
        while (index < pieces.size() && !failed) {
            RequestQueue.Slot slot = takeSlot();
            if (slot == null) {
                continue;
            }
            long position = pieces.get(index).position() + begun;
            int length = 0;
            while (index < pieces.size() && length < requestBytes && pieces.get(index).position() + begun == position + length) {
                ByteBuffer content = pieces.get(index).content();
                int part = Math.min(content.remaining(), requestBytes - length);
                fill(slot.data, length, content, part);
                length += part;
                begun = content.hasRemaining() ? begun + part : 0;
                index += content.hasRemaining() ? 0 : 1;
            }
            if (length > 0) {
                submit(slot, position, length);
            } else {
                requests.release(slot); // a piece without bytes
            }
        }
    }

    /** Returns a slot; or null if there was none, and the oldest request is done now, or it failed. */
    private RequestQueue.Slot takeSlot() {
        RequestQueue.Slot slot = count < DEPTH ? requests.take(count == 0) : null;
        if (slot == null && count > 0) {
            awaitOldest();
        } else if (slot == null) {
            failed = true; // though it waited for one: stopped
        }
        return slot;
    }

    /** Waits for all of it, and returns whether it went well. */
    boolean finish() {
        while (count > 0) {
            awaitOldest();
        }
        return !failed;
    }

    private void submit(RequestQueue.Slot slot, long position, int length) {
        requests.submit(slot, type, position / DiskLimits.UNIT, length, reads);
        int last = (first + count++) % DEPTH;
        slots[last] = slot;
        lengths[last] = length;
    }

    private void awaitOldest() {
        requests.kick();
        RequestQueue.Slot slot = slots[first];
        int length = lengths[first];
        failed |= requests.await(slot, reads ? length + 1 : 0) != RequestQueue.OK;
        if (reads && !failed) {
            drain(slot.data, destination, length);
        }
        requests.release(slot);
        first = (first + 1) % DEPTH;
        count--;
    }

    private static void fill(DmaMemory memory, int offset, ByteBuffer source, int length) {
        if (source.hasArray()) {
            memory.put(offset, source.array(), source.arrayOffset() + source.position(), length);
            source.position(source.position() + length);
        } else {
            byte[] bytes = new byte[length];
            source.get(bytes);
            memory.put(offset, bytes, 0, length);
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
