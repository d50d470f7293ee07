package dev.ristretto.devices.entropy;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.devices.virtio.VirtioDevice;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A virtio entropy device (virtio 1.2 §5.4): a queue of buffers that it fills with random bytes. It has no thread: who wants bytes waits
 * for them. Any thread may call.
 */
public final class EntropyCard {
    /** Device type of §5. */
    public static final int TYPE = 4;

    private static final int BUFFER = 256;
    /** A device that gives nothing for so long is not waited for any more. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final VirtioDevice device;
    private final DeviceHost host;
    private final SplitQueue queue;
    private final DmaMemory buffer;
    /** Bytes of the buffer that nobody has had yet are those from {@code at} to {@code end}. */
    private int at;
    private int end;

    private EntropyCard(VirtioDevice device, DeviceHost host, SplitQueue queue, DmaMemory buffer) {
        this.device = device;
        this.host = host;
        this.queue = queue;
        this.buffer = buffer;
    }

    /** Brings a device up; null if it cannot be used, which the log then says. */
    public static EntropyCard start(Transport transport, DeviceHost host, Consumer<String> log) {
        VirtioDevice device = new VirtioDevice(transport, host, "entropy device", log);
        if (!device.begin(offered -> offered & VirtioDevice.EVENT_INDEX)) {
            return null;
        }
        SplitQueue queue = device.queue(0, 8, 0);
        DmaMemory buffer = queue == null ? null : device.memory(BUFFER);
        if (buffer == null) {
            return null;
        }
        device.ready();
        return new EntropyCard(device, host, queue, buffer);
    }

    /** Fills the array; false if the device cannot, now or any more. Waits for it up to a second. */
    public boolean fill(byte[] bytes) {
        lock.lock();
        try {
            for (int done = 0; done < bytes.length;) {
                if (at == end && !refill()) {
                    return false;
                }
                int part = Math.min(bytes.length - done, end - at);
                buffer.get(at, bytes, done, part);
                buffer.clear(at, part); // nobody is to get them twice
                at += part;
                done += part;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean refill() {
        if (device.isStopped()) {
            return false;
        }
        if (queue.outstanding() == 0) {
            queue.add(buffer.busAddress(0), BUFFER, true);
        }
        boolean notify = queue.publish();
        long deadline = host.nanoTime() + PATIENCE_NANOS;
        if (notify) {
            device.transport().notifyQueue(0);
        }
        while (true) {
            device.transport().acknowledge();
            if (queue.poll() >= 0) {
                at = 0;
                end = queue.length(); // at least one byte (§5.4.6.1), or we ask again
                device.transport().rearm();
                return end > 0 || nothing();
            }
            if (queue.fault() != null) {
                device.stop(queue.fault());
                return false;
            }
            device.transport().rearm();
            if (host.nanoTime() - deadline >= 0) {
                return false;
            }
            if (!queue.enableInterrupts(1)) {
                device.interrupt().await(deadline);
            }
        }
    }

    private boolean nothing() {
        device.stop("gives no bytes");
        return false;
    }
}
