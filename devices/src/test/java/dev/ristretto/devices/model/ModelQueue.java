package dev.ristretto.devices.model;

import java.util.ArrayList;
import java.util.List;

/** A split queue from the device's side (virtio 1.2 §2.7). */
public final class ModelQueue {
    private final ModelHost host;
    public int size;
    public long descriptors;
    public long driverArea;
    public long deviceArea;
    public boolean ready;
    public boolean eventIndex;
    public int lastAvailable;
    public int used;
    private int told;

    /** A buffer of a chain. */
    public record Buffer(long address, int length, boolean writable) {
    }

    /** A chain. */
    public record Chain(int head, List<Buffer> buffers) {
        public int room() {
            return buffers.stream().filter(Buffer::writable).mapToInt(Buffer::length).sum();
        }
    }

    ModelQueue(ModelHost host) {
        this.host = host;
    }

    /** Chains that the driver has offered and nobody has taken. */
    public int waiting() {
        return host.get16(driverArea + 2) - lastAvailable & 0xFFFF;
    }

    /** Takes the next chain; null if there is none. */
    public Chain take() {
        if (!ready || waiting() == 0) {
            return null;
        }
        if (waiting() > size) {
            throw new AssertionError("the driver offers " + waiting() + " chains in a queue of " + size);
        }
        int head = host.get16(driverArea + 4 + 2L * (lastAvailable++ % size));
        lastAvailable &= 0xFFFF;
        List<Buffer> buffers = new ArrayList<>();
        long table = descriptors;
        int limit = size;
        int at = head;
        while (true) {
            if (at >= limit || buffers.size() > size) {
                throw new AssertionError("a chain of descriptors without end, or out of its table");
            }
            long descriptor = table + 16L * at;
            int flags = host.get16(descriptor + 12);
            if ((flags & 4) != 0) {
                if (table != descriptors || (flags & 1) != 0 || !buffers.isEmpty()) {
                    throw new AssertionError("an indirect descriptor where none may be");
                }
                table = host.get64(descriptor);
                limit = host.get32(descriptor + 8) / 16;
                at = 0;
                continue;
            }
            boolean writable = (flags & 2) != 0;
            if (!writable && !buffers.isEmpty() && buffers.getLast().writable()) {
                throw new AssertionError("a readable buffer after a writable one");
            }
            buffers.add(new Buffer(host.get64(descriptor), host.get32(descriptor + 8), writable));
            if ((flags & 1) == 0) {
                return new Chain(head, buffers);
            }
            at = host.get16(descriptor + 14);
        }
    }

    /** What the readable buffers hold. */
    public byte[] read(Chain chain) {
        int length = chain.buffers().stream().filter(b -> !b.writable()).mapToInt(Buffer::length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (Buffer buffer : chain.buffers()) {
            if (!buffer.writable()) {
                System.arraycopy(host.read(buffer.address(), buffer.length()), 0, all, at, buffer.length());
                at += buffer.length();
            }
        }
        return all;
    }

    /** Fills the writable buffers from the front; returns the bytes that found room. */
    public int write(Chain chain, byte[] bytes, int from) {
        int at = from;
        for (Buffer buffer : chain.buffers()) {
            int part = buffer.writable() ? Math.min(buffer.length(), bytes.length - at) : 0;
            host.write(buffer.address(), bytes, at, part);
            at += part;
        }
        return at - from;
    }

    /** Puts an element into the used ring; the driver sees it with {@link #show}. */
    public void use(int id, int length) {
        long at = deviceArea + 4 + 8L * (used % size);
        host.put32(at, id);
        host.put32(at + 4, length);
        used = used + 1 & 0xFFFF;
    }

    /** Lets the driver see the used elements; true if it wants an interrupt. */
    public boolean show() {
        host.put16(deviceArea + 2, used);
        if (eventIndex) {
            host.put16(deviceArea + 4 + 8L * size, lastAvailable);
            int event = host.get16(driverArea + 4 + 2L * size);
            boolean wanted = (used - event - 1 & 0xFFFF) < (used - told & 0xFFFF);
            told = used;
            return wanted;
        }
        return (host.get16(driverArea) & 1) == 0;
    }

    /** Asks the driver not to notify, or to. */
    public void wantNotifications(boolean wanted) {
        if (eventIndex) {
            host.put16(deviceArea + 4 + 8L * size, wanted ? lastAvailable : lastAvailable - 1 & 0xFFFF);
        } else {
            host.put16(deviceArea, wanted ? 0 : 1);
        }
    }
}
