package dev.ristretto.devices.network;

import dev.ristretto.devices.host.FramePort;
import dev.ristretto.network.device.CountedDevice;
import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GuardedListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A card whose cable is a TAP device of Linux: one read or write for each frame, with virtio-net's header before it, so that segments stay
 * whole and checksums open where the other end is the same Linux. Its owner's thread calls {@link #serve} to receive, which copies a frame
 * once; what is sent is given away where the stack wrote it. Nothing is allocated once the card runs.
 *
 * <p>While the device is down, or refuses frames, they are dropped, and one line in the log says so; when it takes frames again, all goes
 * on. When it is deleted, the link is down for good.
 */
public final class TapCard implements CountedDevice {
    /** Bytes of the largest frame that Linux gives or takes: an IP packet, an Ethernet header and a VLAN tag. */
    public static final int LARGEST_FRAME = 65_535 + 18;
    /** Bytes that {@link FramePort#input} has at least. */
    public static final int INPUT_BYTES = LARGEST_FRAME + FrameHeader.SIZE;

    private static final int BATCH = 64;
    private static final int ETHERNET_HEADER = 14;
    /** RFC 8200 §5. */
    private static final int LEAST_MTU = 1280;

    private final FramePort port;
    private final ByteBuffer input;
    private final String name;
    private final int mtu;
    private final PacketPool pool;
    private final PacketPool large;
    private final MacAddress macAddress;
    private final Consumer<String> log;
    private final GuardedListener listener;
    private final DeviceCounters counters = new DeviceCounters();
    private final Packet[] batch = new Packet[BATCH];
    private int count;

    /** Guards what is below; never held while others are called. */
    private final ReentrantLock lock = new ReentrantLock();
    private boolean portIsFull;
    private boolean senderWaits;
    private volatile boolean gone;
    /** The port refuses frames; the log says so once until it takes one again. */
    private volatile boolean refused;
    private boolean refusalSaid;
    private volatile boolean linkUp = true;

    /**
     * Makes a card.
     *
     * @param name  what programs call it, such as {@code eth0}
     * @param mtu   bytes of the largest IP packet that the device is set to; less than 1280 counts as these (RFC 8200 §5), more than the
     *              largest packet holds as that
     * @param pool  packets to receive into, of 1294 bytes at least
     * @param large packets for larger frames, of {@link #LARGEST_FRAME} bytes
     * @param log   takes a line when the device refuses frames, takes them again, or is gone
     */
    public TapCard(FramePort port, String name, int mtu, PacketPool pool, PacketPool large, MacAddress macAddress, Consumer<String> log) {
        this.port = port;
        this.name = name;
        this.mtu = Math.clamp(mtu, LEAST_MTU, LARGEST_FRAME - ETHERNET_HEADER - 4);
        this.pool = pool;
        this.large = large;
        this.macAddress = macAddress;
        this.log = log;
        input = port.input();
        listener = new GuardedListener(name, log);
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
        return DeviceFeatures.TRANSMIT_CHECKSUM | DeviceFeatures.RECEIVE_CHECKSUM | DeviceFeatures.TSO_V4 | DeviceFeatures.TSO_V6;
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
        lock.lock();
        try {
            if (portIsFull && linkUp) {
                senderWaits = true;
                return false;
            }
            int written = FramePort.REFUSED;
            boolean sendable = linkUp && !gone && packet.deviceAddress() != 0 && packet.start() >= FrameHeader.SIZE && packet.length() > 0;
            if (sendable) {
                FrameHeader.write(packet);
                written = port.write(packet.deviceAddress() + packet.start() - FrameHeader.SIZE, packet.length() + FrameHeader.SIZE);
                if (written == FramePort.NOTHING) {
                    portIsFull = true;
                    senderWaits = true;
                    port.wake(); // its thread waits for input alone
                    return false;
                }
                noteState(written);
            }
            if (written > 0) {
                counters.transmitted++;
            } else {
                counters.transmitDropped++;
            }
            packet.release();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be said about it, the card's thread says. */
    private void noteState(int written) {
        boolean nowRefused = written == FramePort.REFUSED;
        if (written == FramePort.GONE) {
            gone = true;
            port.wake();
        } else if (nowRefused != refused) {
            refused = nowRefused;
            port.wake();
        }
    }

    @Override
    public DeviceCounters counters() {
        return counters;
    }

    /**
     * Looks at both directions once: what the card's thread does whenever the port has frames or, while {@link #waitsForOutput}, takes some,
     * and when it is woken.
     *
     * @return false when the link is down for good
     */
    public boolean serve() {
        boolean more = true;
        while (more) {
            try {
                more = receive(listener.current());
            } catch (RuntimeException e) {
                count = 0;
                listener.failed(e);
            }
        }
        if (takeReadiness()) {
            listener.tell(DeviceListener::transmitReady);
        }
        if (refused != refusalSaid) {
            refusalSaid = refused;
            log.accept(name + (refusalSaid ? ": the TAP device takes no frames; is it down? (ip link set NAME up)" : ": the TAP device takes frames again"));
        }
        if (gone) {
            log.accept(name + ": the TAP device is gone; the link stays down");
            linkUp = false;
            listener.tell(told -> {
                told.linkChanged(false);
                told.transmitReady();
            });
        }
        return !gone;
    }

    private boolean takeReadiness() {
        lock.lock();
        try {
            portIsFull = false;
            boolean ready = senderWaits;
            senderWaits = false;
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** Hands on what has arrived, some at a time; true if there may be more. */
    private boolean receive(DeviceListener told) {
        count = 0;
        boolean more = true;
        while (more && count < BATCH) {
            int length = port.read();
            if (length > 0) {
                take(length, told);
            } else {
                more = false;
                gone |= length == FramePort.GONE;
            }
        }
        deliver(told);
        return more;
    }

    private void take(int length, DeviceListener told) {
        int bytes = length - FrameHeader.SIZE;
        boolean isFrame = bytes >= ETHERNET_HEADER && length <= input.capacity();
        Packet packet = told != null && isFrame ? packet(bytes) : null;
        if (packet == null && count > 0 && isFrame) {
            deliver(told); // which mostly gives packets back
            packet = packet(bytes);
        }
        if (packet == null) {
            counters.receiveDropped++;
            return;
        }
        int at = packet.append(bytes);
        packet.buffer().put(at, input, FrameHeader.SIZE, bytes);
        packet.checksumValid(FrameHeader.checksumValid(input));
        batch[count++] = packet;
    }

    private Packet packet(int bytes) {
        PacketPool from = bytes <= pool.packetBytes() ? pool : large;
        return bytes > from.packetBytes() ? null : from.acquire(0);
    }

    private void deliver(DeviceListener told) {
        if (count > 0) {
            int frames = count;
            count = 0;
            counters.received += frames;
            told.received(batch, frames);
        }
    }

    /** True while there are frames to be sent that the port does not take now. */
    public boolean waitsForOutput() {
        lock.lock();
        try {
            return portIsFull;
        } finally {
            lock.unlock();
        }
    }
}
