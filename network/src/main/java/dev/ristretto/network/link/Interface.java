package dev.ristretto.network.link;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.EthernetHeader;
import java.util.ArrayList;
import java.util.List;

/** A card with its addresses and queues; or loopback, which has no card. Under the stack's lock, but for what {@link DeviceListener} says. */
public final class Interface implements DeviceListener {
    /** Frames that may wait for a full card; a card's own ring comes on top. */
    public static final int QUEUE_LIMIT = 512;

    /** Whom an interface tells of its changes; under the lock. */
    public interface Owner {
        void linkChanged(Interface changed);

        /** There is room after {@link #transmit} returned false. */
        void transmitReady();
    }

    private final StackContext context;
    private final Owner owner;
    private final NetworkDevice device;
    private final NetworkConfiguration configuration;
    private final int index;
    private final int mtu;
    private final long mac;
    private final List<LocalAddress> addresses = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final PacketQueue waiting = new PacketQueue();
    private final FrameHandlers handlers;
    private boolean linkUp;
    private boolean removed;
    private boolean refused;
    private boolean unflushed;
    private int limitV4 = Integer.MAX_VALUE;
    private int limitV6 = Integer.MAX_VALUE;
    /** DHCP waits for an answer: what is sent to its port is taken whatever its address. */
    public boolean configuring;
    /** Hop limit for what is sent, from routers (RFC 4861 §6.3.4). */
    public int hopLimit = 64;
    public NeighbourCache neighboursV4;
    public NeighbourCache neighboursV6;

    /** What is called for each type of frame. */
    public record FrameHandlers(FrameHandler arp, FrameHandler ipv4, FrameHandler ipv6) {
    }

    /** Makes an interface; with a null device it is loopback. */
    public Interface(StackContext context, Owner owner, FrameHandlers handlers, int index, NetworkDevice device, NetworkConfiguration configuration) {
        this.context = context;
        this.owner = owner;
        this.handlers = handlers;
        this.index = index;
        this.device = device;
        this.configuration = configuration;
        mtu = device == null ? 65535 : configuration.mtu() == 0 ? device.mtu() : Math.min(configuration.mtu(), device.mtu());
        mac = device == null ? 0 : device.macAddress().bits();
        linkUp = device == null || device.linkUp();
    }

    public int index() {
        return index;
    }

    public String name() {
        return device == null ? "lo" : device.name();
    }

    public long mac() {
        return mac;
    }

    /** Returns the card, or null for loopback. */
    public NetworkDevice device() {
        return device;
    }

    public int features() {
        return device == null ? 0 : device.features();
    }

    public NetworkConfiguration configuration() {
        return configuration;
    }

    /** Returns the largest packet for IPv4 or IPv6, in bytes. */
    public int mtu(boolean v6) {
        return Math.min(mtu, v6 ? limitV6 : limitV4);
    }

    /** Sets what a router (IPv6) or DHCP (IPv4) says is the largest packet; more than the card can is not believed. */
    public void limitMtu(boolean v6, int bytes) {
        if (v6) {
            limitV6 = bytes;
        } else {
            limitV4 = bytes;
        }
    }

    public boolean isLoopback() {
        return device == null;
    }

    public boolean isUp() {
        return linkUp && !removed;
    }

    public boolean isRemoved() {
        return removed;
    }

    /** Returns all addresses, tentative ones too; changed by {@link #addAddress} and {@link #removeAddress} only. */
    public List<LocalAddress> addresses() {
        return addresses;
    }

    public void addAddress(LocalAddress address) {
        addresses.add(address);
    }

    public void removeAddress(LocalAddress address) {
        addresses.remove(address);
        if (address.timer != null) {
            context.timers().cancel(address.timer);
        }
    }

    /** Returns the address with these bits, tentative or not, or null. */
    public LocalAddress find(long high, long low) {
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).is(high, low)) {
                return addresses.get(i);
            }
        }
        return null;
    }

    /** Returns whether this is an address in use here. */
    public boolean has(long high, long low) {
        LocalAddress found = find(high, low);
        return found != null && !found.tentative;
    }

    /** Returns whether an IPv4 address is the broadcast address of one of the networks here, or {@code 255.255.255.255}. */
    public boolean isBroadcast(int v4) {
        if (v4 == -1) {
            return true;
        }
        for (int i = 0; i < addresses.size(); i++) {
            LocalAddress local = addresses.get(i);
            if (local.address.isV4() && local.prefixLength < 31 && (local.address.v4() | -1 >>> local.prefixLength) == v4) {
                return true;
            }
        }
        return false;
    }

    /** Returns the groups that are listened to. */
    public List<Group> groups() {
        return groups;
    }

    /** Returns the group with these bits, or null. */
    public Group group(long high, long low) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).address.low() == low && groups.get(i).address.high() == high) {
                return groups.get(i);
            }
        }
        return null;
    }

    /** Puts the Ethernet header in front of an IP or ARP packet and sends it. Takes the packet. Returns false if it was dropped for want of room. */
    public boolean transmit(Packet packet, long destination, int type) {
        EthernetHeader.write(packet.buffer(), packet.push(EthernetHeader.LENGTH), destination, mac, type);
        return transmit(packet);
    }

    /** Sends a frame, or puts it in line. Takes the packet. Returns false if it was dropped for want of room. */
    public boolean transmit(Packet frame) {
        if (!isUp()) {
            context.statistics().count(Counter.DROP_LINK_DOWN);
            frame.release();
            return true;
        }
        int bytes = frame.length();
        if (waiting.isEmpty() && device.transmit(frame)) {
            unflushed = true;
        } else if (waiting.count() < QUEUE_LIMIT) {
            waiting.add(frame);
        } else {
            context.statistics().count(Counter.DROP_TRANSMIT_QUEUE_FULL);
            refused = true;
            frame.release();
            return false;
        }
        context.statistics().count(Counter.FRAMES_OUT);
        context.statistics().add(Counter.BYTES_OUT, bytes);
        return true;
    }

    /** Tells the card of what it was given since the last time. */
    public void flush() {
        if (unflushed) {
            unflushed = false;
            device.flush();
        }
    }

    @Override
    public void received(Packet packet) {
        context.lock().lock();
        try {
            receive(packet);
        } finally {
            context.lock().unlock();
        }
    }

    @Override
    public void received(Packet[] packets, int count) {
        context.lock().lock();
        try {
            for (int i = 0; i < count; i++) {
                receive(packets[i]);
            }
        } finally {
            context.lock().unlock();
        }
    }

    private void receive(Packet packet) {
        context.statistics().count(Counter.FRAMES_IN);
        context.statistics().add(Counter.BYTES_IN, packet.length());
        if (removed || packet.length() < EthernetHeader.LENGTH) {
            drop(packet, Counter.DROP_FRAME_TOO_SHORT);
            return;
        }
        int at = packet.start();
        long destination = EthernetHeader.destination(packet.buffer(), at);
        long source = EthernetHeader.source(packet.buffer(), at);
        boolean toGroup = MacAddress.isGroup(destination);
        if (!toGroup && destination != mac || MacAddress.isGroup(source) || source == mac) {
            drop(packet, Counter.DROP_FRAME_NOT_FOR_US);
            return;
        }
        int type = EthernetHeader.type(packet.buffer(), at);
        packet.pull(EthernetHeader.LENGTH);
        switch (type) {
            case EthernetHeader.IPV4 -> {
                if (configuration.ipv4()) {
                    handlers.ipv4.input(this, packet, source, toGroup);
                } else {
                    drop(packet, Counter.DROP_ETHERTYPE_UNKNOWN);
                }
            }
            case EthernetHeader.IPV6 -> {
                if (configuration.ipv6()) {
                    handlers.ipv6.input(this, packet, source, toGroup);
                } else {
                    drop(packet, Counter.DROP_ETHERTYPE_UNKNOWN);
                }
            }
            case EthernetHeader.ARP -> {
                if (configuration.ipv4()) {
                    handlers.arp.input(this, packet, source, toGroup);
                } else {
                    drop(packet, Counter.DROP_ETHERTYPE_UNKNOWN);
                }
            }
            default -> drop(packet, Counter.DROP_ETHERTYPE_UNKNOWN);
        }
    }

    private void drop(Packet packet, Counter reason) {
        context.statistics().count(reason);
        packet.release();
    }

    @Override
    public void transmitReady() {
        context.lock().lock();
        try {
            while (!waiting.isEmpty()) {
                // Taken out first: once the device has it, the packet may be anywhere.
                Packet packet = waiting.poll();
                if (!device.transmit(packet)) {
                    waiting.putBack(packet);
                    break;
                }
                unflushed = true;
            }
            if (refused && waiting.count() <= QUEUE_LIMIT / 2) {
                refused = false;
                owner.transmitReady();
            }
        } finally {
            context.lock().unlock();
        }
    }

    @Override
    public void linkChanged(boolean up) {
        context.lock().lock();
        try {
            if (up != linkUp && !removed) {
                linkUp = up;
                if (!up) {
                    waiting.clear();
                }
                owner.linkChanged(this);
            }
        } finally {
            context.lock().unlock();
        }
    }

    /** Begins to hear of the card. */
    public void attach() {
        device.attach(this);
        // It may have changed since this interface was made, when nobody could be told.
        linkUp = device.linkUp();
    }

    /** Takes the card out: nothing is sent or received any more. */
    public void remove() {
        removed = true;
        waiting.clear();
        flush();
        device.attach(null);
    }

    /** Returns how many frames wait for the card. */
    public int waiting() {
        return waiting.count();
    }

    /** Returns the link-local IPv6 address in use, or null. */
    public IpAddress linkLocal() {
        for (LocalAddress local : addresses) {
            if (local.address.isV6() && local.address.isLinkLocal() && !local.tentative) {
                return local.address;
            }
        }
        return null;
    }

    /** Returns what programs are told of it. */
    public InterfaceInfo info() {
        List<InterfaceAddress> inUse = new ArrayList<>();
        for (LocalAddress local : addresses) {
            if (!local.tentative) {
                inUse.add(local.info());
            }
        }
        return new InterfaceInfo(index, name(), device == null ? null : new MacAddress(mac), mtu(false), isUp(), isLoopback(), !isLoopback(),
                List.copyOf(inUse));
    }
}
