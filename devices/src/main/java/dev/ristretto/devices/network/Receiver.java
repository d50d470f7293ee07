package dev.ristretto.devices.network;

import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;

/**
 * The receive queue: full of packets of a pool, into which the device writes. One that comes back is handed on and another put in its
 * place; if the pool is empty it goes back into the queue instead, and its frame is dropped, so that the queue never runs dry. A frame that
 * is spread over several packets is copied together into one of a pool with larger ones.
 *
 * <p>For the card's thread alone. Allocates nothing after construction.
 */
final class Receiver {
    /** Frames that are handed on at a time, and looked at before other work gets its turn. */
    static final int BATCH = 64;

    private final SplitQueue queue;
    private final PacketPool pool;
    private final PacketPool large;
    private final boolean mergeable;
    private final DeviceCounters counters;
    private final int target;
    /** By chain. */
    private final Packet[] posted;
    private final Packet[] batch = new Packet[BATCH];
    private int count;
    private String fault;

    /**
     * @param pool      packets for the device to write; half of those that no other card keeps are kept in the queue, at most
     * @param large     packets for frames that are spread over several, or null
     * @param mergeable whether VIRTIO_NET_F_MRG_RXBUF was negotiated
     */
    Receiver(SplitQueue queue, PacketPool pool, PacketPool large, boolean mergeable, DeviceCounters counters) {
        this.queue = queue;
        this.pool = pool;
        this.large = large;
        this.mergeable = mergeable;
        this.counters = counters;
        posted = new Packet[queue.size()];
        target = pool.reserveHalf(queue.size());
    }

    /** Puts packets into the queue until there are as many as there should be. */
    void fill() {
        while (queue.outstanding() < target) {
            Packet packet = pool.acquire(0);
            if (packet == null || !post(packet)) {
                return;
            }
        }
    }

    private boolean post(Packet packet) {
        int head = queue.add(packet.deviceAddress(), packet.capacity(), true);
        if (head < 0) {
            packet.release();
            return false;
        }
        posted[head] = packet;
        return true;
    }

    /** What the device did that no device may, or null. */
    String fault() {
        return fault != null ? fault : queue.fault();
    }

    /**
     * Hands on what has arrived, at most {@link #BATCH} frames.
     *
     * @param listener who gets it, or null: then it is dropped
     * @return true if there may be more
     */
    boolean receive(DeviceListener listener) {
        count = 0;
        boolean more = true;
        while (count < BATCH) {
            int head = fault == null ? queue.poll() : SplitQueue.NONE;
            if (head < 0) {
                more = false;
                break;
            }
            Packet packet = posted[head];
            posted[head] = null;
            accept(packet, queue.length(), listener != null);
        }
        fill();
        if (count > 0) {
            counters.received += count;
            listener.received(batch, count);
        }
        return more;
    }

    private void accept(Packet packet, int length, boolean wanted) {
        int buffers = mergeable && length >= FrameHeader.SIZE ? FrameHeader.buffers(packet.buffer()) : 1;
        if (buffers > 1) {
            merge(packet, length, buffers, wanted);
            return;
        }
        Packet fresh = wanted && length > FrameHeader.SIZE ? pool.acquire(0) : null;
        if (fresh == null) {
            counters.receiveDropped++;
            post(packet);
            return;
        }
        post(fresh);
        packet.content(FrameHeader.SIZE, length);
        packet.checksumValid(FrameHeader.checksumValid(packet.buffer()));
        batch[count++] = packet;
    }

    /** The header is in the first buffer only (§5.1.6.4.1). */
    private void merge(Packet first, int length, int buffers, boolean wanted) {
        Packet whole = wanted && large != null ? large.acquire(0) : null;
        if (whole != null) {
            whole.checksumValid(FrameHeader.checksumValid(first.buffer()));
        }
        boolean fits = whole != null && append(whole, first, FrameHeader.SIZE, length);
        post(first);
        for (int i = 1; i < buffers; i++) {
            int head = queue.poll();
            if (head < 0) {
                fault = "announces more buffers for a frame than it returned";
                fits = false;
                break;
            }
            Packet piece = posted[head];
            posted[head] = null;
            fits = fits && append(whole, piece, 0, queue.length());
            post(piece);
        }
        if (fits) {
            batch[count++] = whole;
            return;
        }
        counters.receiveDropped++;
        if (whole != null) {
            whole.release();
        }
    }

    private static boolean append(Packet whole, Packet piece, int from, int to) {
        if (to < from || to - from > whole.tailroom()) {
            return false;
        }
        int at = whole.append(to - from);
        whole.buffer().put(at, piece.buffer(), from, to - from);
        return true;
    }

    /** Gives all packets back; the device does not write to them any more. */
    void releaseAll() {
        for (int i = 0; i < posted.length; i++) {
            if (posted[i] != null) {
                posted[i].release();
                posted[i] = null;
            }
        }
        pool.unreserve(target);
    }
}
