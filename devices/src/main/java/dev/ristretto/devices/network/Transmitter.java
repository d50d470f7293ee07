package dev.ristretto.devices.network;

import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.Packet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The transmit queue. The device reads frames where the stack wrote them; their packets go back when somebody looks: who sends next, or the
 * card's thread. Interrupts are asked for only when the queue is full.
 *
 * <p>Any thread may call; all is done under a lock that is never held while others are called. Allocates nothing after construction.
 */
final class Transmitter {
    private final ReentrantLock lock = new ReentrantLock();
    private final SplitQueue queue;
    private final int index;
    private final Transport transport;
    private final DeviceCounters counters;
    /** By chain. */
    private final Packet[] sent;
    private boolean senderWaits;
    private boolean stopped;
    /** Chains with the device when the card's thread last looked. */
    private int outstandingBefore;

    Transmitter(SplitQueue queue, int index, Transport transport, DeviceCounters counters) {
        this.queue = queue;
        this.index = index;
        this.transport = transport;
        this.counters = counters;
        sent = new Packet[queue.size()];
        queue.disableInterrupts();
    }

    /** See {@code NetworkDevice.transmit}. */
    boolean transmit(Packet packet, boolean linkUp) {
        lock.lock();
        try {
            if (stopped || !linkUp || packet.deviceAddress() == 0 || packet.start() < FrameHeader.SIZE || packet.length() == 0) {
                counters.transmitDropped++;
                packet.release();
                return true;
            }
            if (queue.free() == 0 && !makeRoom()) {
                senderWaits = true;
                return false;
            }
            FrameHeader.write(packet);
            int head = queue.add(packet.deviceAddress() + packet.start() - FrameHeader.SIZE, packet.length() + FrameHeader.SIZE, false);
            if (head < 0) {
                counters.transmitDropped++; // the queue is broken; the card's thread will find out
                packet.release();
            } else {
                sent[head] = packet;
                counters.transmitted++;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The queue is full: takes back what is done, or asks for an interrupt when a good part of it is. */
    private boolean makeRoom() {
        publish();
        reclaim();
        if (queue.free() == 0 && queue.enableInterrupts(queue.size() / 2)) {
            reclaim();
        }
        return queue.free() > 0;
    }

    /** Tells the device of what was offered. */
    void flush() {
        lock.lock();
        try {
            publish();
            if (queue.hasUsed()) {
                reclaim();
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        if (!stopped && queue.publish()) {
            transport.notifyQueue(index);
        }
    }

    private void reclaim() {
        for (int head = queue.poll(); head >= 0; head = queue.poll()) {
            Packet packet = sent[head];
            sent[head] = null;
            packet.release();
        }
    }

    /**
     * From the card's thread: takes back what is done.
     *
     * @param remind whether to notify a device that did nothing since the last call
     * @return true if a sender waits and there is room now
     */
    boolean service(boolean remind) {
        lock.lock();
        try {
            reclaim();
            if (remind && queue.outstanding() > 0 && queue.outstanding() >= outstandingBefore && !stopped) {
                transport.notifyQueue(index);
            }
            outstandingBefore = queue.outstanding();
            boolean ready = senderWaits && (queue.free() > 0 || stopped);
            senderWaits &= !ready;
            if (senderWaits) {
                queue.enableInterrupts(queue.size() / 2);
            } else {
                queue.disableInterrupts();
            }
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** Frames that the device has not sent yet, as far as is known. */
    int outstanding() {
        lock.lock();
        try {
            return queue.outstanding();
        } finally {
            lock.unlock();
        }
    }

    /** What the device did that no device may, or null. */
    String fault() {
        return queue.fault();
    }

    /** From now on everything is dropped. {@code giveBack}: the device does not read any more. */
    void stop(boolean giveBack) {
        lock.lock();
        try {
            stopped = true;
            for (int i = 0; i < sent.length && giveBack; i++) {
                if (sent[i] != null) {
                    sent[i].release();
                    sent[i] = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
