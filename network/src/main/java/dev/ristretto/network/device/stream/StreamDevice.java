package dev.ristretto.network.device.stream;

import dev.ristretto.network.device.CountedDevice;
import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GuardedListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.util.function.Consumer;

/**
 * A card whose cable is a stream of bytes: each frame after its length in four bytes, highest first, as QEMU's {@code -netdev stream} has
 * it. Its owner's thread calls {@link #serve} to receive; whoever sends writes all frames of a batch at once. A frame is copied twice on
 * its way, and nothing is allocated once the card runs.
 *
 * <p>When the other end goes, or says what no end may, the link is down for good: the program runs on, and one line in the log says so.
 */
public final class StreamDevice implements CountedDevice {
    /** Bytes of memory for what was read and not handed on yet, and for what is to be written: some of the largest frames each. */
    public static final int WINDOW = 1 << 18;

    private static final int ETHERNET_HEADER = 14;
    /** The cable carries IP packets of that size where there are packets for them: fewer and larger frames cost less. */
    private static final int LARGEST_MTU = 65_520;
    private static final int LEAST_MTU = 1280;
    /** Bytes of the largest frame that a card sends: an Ethernet header and a VLAN tag are before the IP packet. */
    public static final int LARGEST_FRAME = LARGEST_MTU + ETHERNET_HEADER + 4;

    private final String name;
    private final MacAddress macAddress;
    private final int mtu;
    private final StreamReceiver receiver;
    private final StreamTransmitter transmitter;
    private final Consumer<String> log;
    private final DeviceCounters counters = new DeviceCounters();
    private final GuardedListener listener;
    private volatile boolean linkUp = true;

    /**
     * Makes a card.
     *
     * @param stream connected, with memory of {@link #WINDOW} bytes each way
     * @param name   what programs call it, such as {@code eth0}
     * @param pool   packets to receive into, of 1294 bytes at least
     * @param large  packets for frames that do not fit into those, or null: then the card has a small MTU
     * @param log    takes a line when the link is lost
     */
    public StreamDevice(ByteStream stream, String name, PacketPool pool, PacketPool large, MacAddress macAddress, Consumer<String> log) {
        this.name = name;
        this.macAddress = macAddress;
        this.log = log;
        listener = new GuardedListener(name, log);
        int frame = (large == null ? pool : large).packetBytes();
        mtu = Math.clamp(frame - ETHERNET_HEADER, LEAST_MTU, LARGEST_MTU);
        receiver = new StreamReceiver(stream, pool, large, counters);
        transmitter = new StreamTransmitter(stream, counters);
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

    /** The cable is this host's memory: nothing gets damaged on the way. */
    @Override
    public int features() {
        return DeviceFeatures.RECEIVE_CHECKSUM;
    }

    @Override
    public void attach(DeviceListener newListener) {
        listener.attach(newListener);
    }

    @Override
    public boolean transmit(Packet packet) {
        return transmitter.transmit(packet);
    }

    @Override
    public void flush() {
        transmitter.flush();
    }

    @Override
    public DeviceCounters counters() {
        return counters;
    }

    /**
     * Looks at both directions once: what the card's thread does whenever the stream has bytes or, while {@link #waitsForOutput}, takes
     * some, and when it is woken.
     *
     * @return false when the link is down for good
     */
    public boolean serve() {
        boolean more = true;
        while (more && receiver.fault() == null) {
            try {
                more = receiver.receive(listener.current());
            } catch (RuntimeException e) {
                listener.failed(e);
            }
        }
        if (transmitter.service()) {
            listener.tell(DeviceListener::transmitReady);
        }
        String fault = receiver.fault() != null ? receiver.fault() : transmitter.fault();
        if (fault != null) {
            log.accept(name + ": the network " + fault + "; the link stays down");
            linkUp = false;
            transmitter.stop();
            listener.tell(told -> {
                told.linkChanged(false);
                told.transmitReady();
            });
        }
        return fault == null;
    }

    /** True while there are frames to be sent that the stream does not take now. */
    public boolean waitsForOutput() {
        return transmitter.waits();
    }
}
