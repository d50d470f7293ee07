package dev.ristretto.devices.network;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.devices.virtio.VirtioDevice;
import dev.ristretto.network.device.CountedDevice;
import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GuardedListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A virtio network card (virtio 1.2 §5.1) with one queue for each direction and a thread of its own, which receives. The device writes and
 * reads packets where they are; nothing is copied but frames that the device spreads over several packets, and nothing is allocated once
 * the card runs.
 *
 * <p>A card whose device breaks a rule is stopped, with a line in the log: its link is down from then on, and what is sent is dropped.
 */
public final class NetworkCard implements CountedDevice {
    /** Device type of §5. */
    public static final int TYPE = 1;

    /** Feature bits, §5.1.3. */
    static final long CHECKSUM = 1L << 0;
    static final long GUEST_CHECKSUM = 1L << 1;
    static final long MTU = 1L << 3;
    static final long MAC = 1L << 5;
    static final long GUEST_TSO4 = 1L << 7;
    static final long GUEST_TSO6 = 1L << 8;
    static final long HOST_TSO4 = 1L << 11;
    static final long HOST_TSO6 = 1L << 12;
    static final long MERGEABLE = 1L << 15;
    static final long STATUS = 1L << 16;

    private static final int RECEIVE_QUEUE = 0;
    private static final int TRANSMIT_QUEUE = 1;
    private static final int QUEUE_LIMIT = 256;
    private static final int STATUS_OFFSET = 6;
    private static final int MTU_OFFSET = 10;
    private static final int LINK_UP = 1;
    /** Ethernet header, a VLAN tag, and the header before each frame. */
    private static final int FRAME_OVERHEAD = 14 + 4 + FrameHeader.SIZE;
    private static final int DEFAULT_MTU = 1500;
    /** RFC 8200 §5. */
    private static final int LEAST_MTU = 1280;
    /** The largest IP packet that a device puts together, and what is before it (§5.1.6.3.1). */
    public static final int LARGE_FRAME = 65535 + FRAME_OVERHEAD;
    private static final String WRONG_PACKETS = "cannot be used: its packets are too small, or in memory that devices do not reach";
    /** Interrupts can get lost on some hypervisors, and transmitted packets are given back without any: looks this often. */
    private static final long IDLE_NANOS = 100_000_000;
    private static final long BUSY_NANOS = 10_000_000;

    private final VirtioDevice device;
    private final DeviceHost host;
    private final String name;
    private final DeviceCounters counters = new DeviceCounters();
    private final Receiver receiver;
    private final SplitQueue receiveQueue;
    private final Transmitter transmitter;
    private final MacAddress macAddress;
    private final int mtu;
    private final Consumer<String> log;
    private final GuardedListener listener;
    private volatile boolean linkUp;

    private NetworkCard(VirtioDevice device, DeviceHost host, String name, PacketPool pool, PacketPool large, SplitQueue receiveQueue,
            SplitQueue transmitQueue, MacAddress fallback, Consumer<String> log) {
        this.device = device;
        this.host = host;
        this.name = name;
        this.log = log;
        listener = new GuardedListener(name, log);
        this.receiveQueue = receiveQueue;
        receiver = new Receiver(receiveQueue, pool, large, device.has(MERGEABLE), counters);
        transmitter = new Transmitter(transmitQueue, TRANSMIT_QUEUE, device.transport(), counters);
        macAddress = device.has(MAC) ? readMac(device, fallback) : fallback;
        int limit = (large != null && device.has(MERGEABLE) ? large : pool).packetBytes() - FRAME_OVERHEAD;
        int offered = device.has(MTU) ? (int) device.configuration(transport -> transport.configuration16(MTU_OFFSET)) : DEFAULT_MTU;
        mtu = Math.max(LEAST_MTU, Math.min(offered, limit));
    }

    /**
     * Brings a card up and starts its thread. The device may receive from then on.
     *
     * @param name     what programs call it, such as {@code eth0}
     * @param pool     packets to receive into, which have device addresses; at most half of them are with the device. Each holds an MTU and
     *                 30 bytes
     * @param large    asked once, if the device may spread frames over many buffers, for packets of {@link #LARGE_FRAME} bytes that hold such;
     *                 null: then it is told not to
     * @param fallback the address of a card that has none
     * @param log      takes a line when the card cannot be used, and when it is stopped
     * @return null if the device cannot be used
     */
    public static NetworkCard start(Transport transport, DeviceHost host, String name, PacketPool pool, Supplier<PacketPool> large, MacAddress fallback,
            Consumer<String> log) {
        VirtioDevice device = new VirtioDevice(transport, host, name, log);
        if (!hasDeviceMemory(pool, LEAST_MTU + FRAME_OVERHEAD)) {
            device.stop(WRONG_PACKETS);
            return null;
        }
        if (!device.begin(offered -> choose(offered, large != null))) {
            return null;
        }
        boolean spreads = device.has(MERGEABLE) && (device.has(GUEST_TSO4) || device.has(GUEST_TSO6) || device.has(MTU));
        PacketPool merged = large != null && spreads ? large.get() : null;
        if (merged != null && !hasDeviceMemory(merged, LARGE_FRAME)) {
            device.stop(WRONG_PACKETS);
            return null;
        }
        SplitQueue receive = device.queue(RECEIVE_QUEUE, QUEUE_LIMIT, 0);
        SplitQueue transmit = receive == null ? null : device.queue(TRANSMIT_QUEUE, QUEUE_LIMIT, 0);
        if (transmit == null) {
            return null;
        }
        NetworkCard card = new NetworkCard(device, host, name, pool, merged, receive, transmit, fallback, log);
        card.receiver.fill();
        device.ready();
        if (receive.publish()) {
            transport.notifyQueue(RECEIVE_QUEUE);
        }
        card.linkUp = card.readLink();
        host.startThread(name, card::serve);
        return card;
    }

    private static boolean hasDeviceMemory(PacketPool pool, int leastBytes) {
        Packet packet = pool.packetBytes() < leastBytes ? null : pool.acquire(0);
        if (packet == null) {
            return false;
        }
        boolean has = packet.deviceAddress() != 0;
        packet.release();
        return has;
    }

    /** What needs what: §5.1.3.1. */
    static long choose(long offered, boolean canMerge) {
        long chosen = offered & (CHECKSUM | GUEST_CHECKSUM | MTU | MAC | MERGEABLE | STATUS | VirtioDevice.EVENT_INDEX);
        if ((chosen & CHECKSUM) != 0) {
            chosen |= offered & (HOST_TSO4 | HOST_TSO6);
        }
        if (canMerge && (chosen & GUEST_CHECKSUM) != 0 && (chosen & MERGEABLE) != 0) {
            chosen |= offered & (GUEST_TSO4 | GUEST_TSO6);
        }
        return chosen;
    }

    private static MacAddress readMac(VirtioDevice device, MacAddress fallback) {
        long bits = device.configuration(transport -> {
            long read = 0;
            for (int i = 0; i < 6; i++) {
                read = read << 8 | transport.configuration8(i) & 0xFF;
            }
            return read;
        });
        return bits == 0 || MacAddress.isGroup(bits) ? fallback : new MacAddress(bits);
    }

    private boolean readLink() {
        return !device.has(STATUS) || (device.configuration(transport -> transport.configuration16(STATUS_OFFSET)) & LINK_UP) != 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MacAddress macAddress() {
        return macAddress;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public boolean linkUp() {
        return linkUp;
    }

    @Override
    public int features() {
        return (device.has(CHECKSUM) ? DeviceFeatures.TRANSMIT_CHECKSUM : 0) | (device.has(GUEST_CHECKSUM) ? DeviceFeatures.RECEIVE_CHECKSUM : 0)
            | (device.has(HOST_TSO4) ? DeviceFeatures.TSO_V4 : 0) | (device.has(HOST_TSO6) ? DeviceFeatures.TSO_V6 : 0);
    }

    @Override
    public int headroom() {
        return FrameHeader.SIZE;
    }

    @Override
    public void attach(DeviceListener newListener) {
        listener.attach(newListener);
    }

    @Override
    public boolean transmit(Packet packet) {
        return transmitter.transmit(packet, linkUp);
    }

    @Override
    public void flush() {
        transmitter.flush();
    }

    @Override
    public DeviceCounters counters() {
        return counters;
    }

    /** True once the card is stopped for good; the log said why. */
    public boolean isStopped() {
        return device.isStopped();
    }

    /** Features that card and device agreed on: bits of virtio 1.2 §5.1.3 and §6. */
    public long negotiated() {
        return device.features();
    }

    /** The thread. */
    void serve() {
        boolean idle = false;
        while (!device.isStopped()) {
            idle = serveOnce(idle);
        }
        transmitter.stop(device.isQuiet());
        if (device.isQuiet()) {
            receiver.releaseAll();
        }
        linkUp = false;
        listener.tell(told -> {
            told.linkChanged(false);
            told.transmitReady();
        });
    }

    /** Looks at everything once, and waits if there was nothing; returns true if it waited in vain. */
    boolean serveOnce(boolean remind) {
        int events = device.transport().acknowledge();
        boolean more = false;
        try {
            more = receiver.receive(listener.current());
        } catch (RuntimeException e) {
            listener.failed(e);
        }
        if (receiveQueue.publish() || remind) {
            device.transport().notifyQueue(RECEIVE_QUEUE);
        }
        if (transmitter.service(remind)) {
            listener.tell(DeviceListener::transmitReady);
        }
        if ((events & Transport.CONFIGURATION) != 0) {
            configurationChanged();
        }
        String fault = receiver.fault() != null ? receiver.fault() : transmitter.fault();
        if (fault != null) {
            device.stop(fault);
            return false;
        }
        device.transport().rearm();
        if (more || receiveQueue.enableInterrupts(1)) {
            return false;
        }
        long begin = host.nanoTime();
        long patience = transmitter.outstanding() > 0 ? BUSY_NANOS : IDLE_NANOS;
        device.interrupt().await(begin + patience);
        return host.nanoTime() - begin >= patience;
    }

    private void configurationChanged() {
        if (device.needsReset()) {
            device.stop("says that it needs a reset");
            return;
        }
        boolean up = readLink();
        if (up != linkUp) {
            linkUp = up;
            listener.tell(told -> told.linkChanged(up));
        }
    }
}
