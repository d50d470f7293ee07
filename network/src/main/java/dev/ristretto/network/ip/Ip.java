package dev.ristretto.network.ip;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.link.NeighbourCache;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.util.List;

/** Both versions of IP, on the way out; and what both ways share. Where that way leads is for {@link PathFinder}. Under the stack's lock. */
public final class Ip implements IpLayer {
    /** Bytes in front of a transport header: a card's own header, Ethernet, the longest IPv4 header or IPv6 with a fragment header; whole cache lines. */
    public static final int HEADROOM = 128;
    /** Capacity of the packets that hold one frame of an ordinary Ethernet. */
    public static final int SMALL = 2048;
    /** Capacity of the packets that hold the largest IP packet. */
    public static final int BIG = HEADROOM + 65536 + 64;

    private final StackContext context;
    private final Interface loopback;
    private final RoutingTable routes = new RoutingTable();
    private final PathFinder finder;
    private final PathMtus pathMtus = new PathMtus();
    private final PacketPool small;
    private final PacketPool big;
    private final Loopback looped;
    private final Transports transports;
    private final Fragmenter fragmenter;
    private IcmpErrors errors;
    private int identification;
    private boolean starved;
    private boolean loopNext;

    /**
     * Makes it.
     *
     * @param interfaces all there are, loopback first; the owner's list, which changes
     */
    public Ip(StackContext context, List<Interface> interfaces, PacketPool small, PacketPool big, Transports transports) {
        this.context = context;
        this.small = small;
        this.big = big;
        this.transports = transports;
        loopback = interfaces.get(0);
        finder = new PathFinder(this, interfaces, routes);
        looped = new Loopback(small, big, context.statistics());
        fragmenter = new Fragmenter(this, context);
        identification = (int) context.random().nextLong();
    }

    /** Sets who tells senders of errors. */
    public void errors(IcmpErrors newErrors) {
        errors = newErrors;
    }

    public RoutingTable routes() {
        return routes;
    }

    public Loopback looped() {
        return looped;
    }

    PathMtus pathMtus() {
        return pathMtus;
    }

    long now() {
        return context.clock().nanos();
    }

    int nextIdentification() {
        return identification++;
    }

    /** Returns the interface with that index, or null. */
    public Interface byIndex(int index) {
        return finder.byIndex(index);
    }

    @Override
    public boolean isLocal(long high, long low) {
        return finder.isLocal(high, low);
    }

    /** Returns whether an IPv4 address is a broadcast address of any interface. */
    public boolean isBroadcast(IpAddress address) {
        return finder.isBroadcast(address);
    }

    @Override
    public IpPath path(IpAddress local, IpAddress remote, int interfaceIndex) throws NetworkException {
        return finder.path(local, remote, interfaceIndex);
    }

    /** Brings a path up to date; returns false if there is none any more. */
    boolean refresh(Path path) {
        return finder.refresh(path);
    }

    @Override
    public Packet allocate(int bytes) {
        PacketPool pool = bytes + HEADROOM <= small.packetBytes() ? small : big;
        Packet packet = pool.acquire(HEADROOM);
        if (packet == null) {
            context.statistics().count(Counter.DROP_NO_PACKET_BUFFER);
            starved = true;
        }
        return packet;
    }

    /** Returns whether {@link #allocate} has failed and there may be packets again; once. */
    public boolean isFed() {
        if (starved && small.inUse() <= small.count() * 3 / 4 && big.inUse() < big.count()) {
            starved = false;
            return true;
        }
        return false;
    }

    @Override
    public boolean output(IpPath ipPath, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass, boolean mayFragment) {
        Path path = (Path) ipPath;
        if (!path.isValid()) {
            context.statistics().count(Counter.DROP_IP_NO_ROUTE);
            packet.release();
            return false;
        }
        IpAddress local = path.local;
        IpAddress remote = path.remote;
        if (path.out.isLoopback()) {
            return send(path.out, null, local.high(), local.low(), remote.high(), remote.low(), packet, protocol, checksumOffset, hopLimit, trafficClass,
                    false, path.mtu());
        }
        if (!isGroup(path.out, remote.high(), remote.low()) && (path.neighbour == null || path.neighbour.isGone())) {
            path.neighbour = path.cache().get(path.nextHop.high(), path.nextHop.low());
            if (path.neighbour == null) {
                packet.release();
                return false;
            }
        }
        return send(path.out, path.neighbour, local.high(), local.low(), remote.high(), remote.low(), packet, protocol, checksumOffset, hopLimit,
                trafficClass, mayFragment, path.mtu());
    }

    /** As {@link #output}, to a group; members on this machine get it as well if {@code loop}. */
    public boolean outputGroup(IpPath path, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass, boolean mayFragment, boolean loop) {
        loopNext = loop;
        try {
            return output(path, packet, protocol, checksumOffset, hopLimit, trafficClass, mayFragment);
        } finally {
            loopNext = false;
        }
    }

    private static boolean isGroup(Interface out, long high, long low) {
        return IpAddress.isMulticast(high, low) || IpAddress.isV4(high, low) && out.isBroadcast((int) low);
    }

    @Override
    public boolean reply(IpInput to, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass) {
        return answer(byIndex(to.interfaceIndex), to.destinationHigh, to.destinationLow, to.sourceHigh, to.sourceLow, packet, protocol, checksumOffset,
                hopLimit, trafficClass);
    }

    /** Sends a packet that nobody made a path for. The source is replaced by a better one if it is no address of this machine. Takes the packet. */
    public boolean answer(Interface in, long fromHigh, long fromLow, long toHigh, long toLow, Packet packet, int protocol, int checksumOffset, int hopLimit,
            int trafficClass) {
        if (isLocal(toHigh, toLow)) {
            boolean usable = isLocal(fromHigh, fromLow);
            return send(loopback, null, usable ? fromHigh : toHigh, usable ? fromLow : toLow, toHigh, toLow, packet, protocol, checksumOffset, hopLimit,
                    trafficClass, false, loopback.mtu(false));
        }
        boolean scoped = toHigh >>> 54 == 0x3fa;
        Route route = routes.find(toHigh, toLow, scoped && in != null ? in.index() : 0);
        if (route == null) {
            context.statistics().count(Counter.DROP_IP_NO_ROUTE);
            packet.release();
            return false;
        }
        long nextHigh = route.gateway() == null ? toHigh : route.gateway().high();
        long nextLow = route.gateway() == null ? toLow : route.gateway().low();
        long high = fromHigh;
        long low = fromLow;
        if (!isLocal(high, low)) {
            LocalAddress chosen = SourceAddresses.choose(route.out(), toHigh, toLow, nextHigh, nextLow);
            if (chosen == null) {
                context.statistics().count(Counter.DROP_IP_NO_ROUTE);
                packet.release();
                return false;
            }
            high = chosen.address.high();
            low = chosen.address.low();
        }
        NeighbourCache cache = IpAddress.isV4(toHigh, toLow) ? route.out().neighboursV4 : route.out().neighboursV6;
        Neighbour neighbour = cache.get(nextHigh, nextLow);
        if (neighbour == null) {
            packet.release();
            return false;
        }
        int mtu = Math.min(route.out().mtu(!IpAddress.isV4(toHigh, toLow)), pathMtus.get(toHigh, toLow, now()));
        return send(route.out(), neighbour, high, low, toHigh, toLow, packet, protocol, checksumOffset, hopLimit, trafficClass, true, mtu);
    }

    /** Sends a packet to a group, or from an address that is not in use yet, by a given interface. Takes the packet. */
    public boolean outputOn(Interface out, long fromHigh, long fromLow, long toHigh, long toLow, Packet packet, int protocol, int checksumOffset,
            int hopLimit) {
        Neighbour neighbour = null;
        if (!isGroup(out, toHigh, toLow)) {
            neighbour = (IpAddress.isV4(toHigh, toLow) ? out.neighboursV4 : out.neighboursV6).get(toHigh, toLow);
            if (neighbour == null) {
                packet.release();
                return false;
            }
        }
        return send(out, neighbour, fromHigh, fromLow, toHigh, toLow, packet, protocol, checksumOffset, hopLimit, 0, false,
                out.mtu(!IpAddress.isV4(toHigh, toLow)));
    }

    private boolean send(Interface out, Neighbour neighbour, long fromHigh, long fromLow, long toHigh, long toLow, Packet packet, int protocol,
            int checksumOffset, int hopLimit, int trafficClass, boolean mayFragment, int mtu) {
        boolean v4 = IpAddress.isV4(toHigh, toLow);
        int headerLength = v4 ? Ipv4Header.LENGTH : Ipv6Header.LENGTH;
        int length = packet.length();
        boolean large = packet.gsoSize() != 0;
        boolean cut = !large && headerLength + length > mtu;
        if (cut && !mayFragment || headerLength + length > 65535 + (v4 ? 0 : headerLength)) {
            context.statistics().count(Counter.DROP_IP_TOO_BIG);
            packet.release();
            return true;
        }
        int transport = packet.start();
        packet.transportHeader(transport);
        if (checksumOffset >= 0) {
            TransportChecksum.put(out, fromHigh, fromLow, toHigh, toLow, packet, protocol, checksumOffset, cut);
        }
        context.statistics().count(Counter.IP_OUT);
        if (loopNext && !out.isLoopback()) {
            int at = writeHeader(packet, fromHigh, fromLow, toHigh, toLow, protocol, hopLimit, trafficClass, mayFragment);
            looped.copy(packet, at, out.index());
            packet.pull(headerLength);
            if (hopLimit == 0) {
                packet.release();
                return true;
            }
        }
        if (cut) {
            return fragmenter.cut(out, neighbour, fromHigh, fromLow, toHigh, toLow, packet, protocol, hopLimit, trafficClass, mtu);
        }
        writeHeader(packet, fromHigh, fromLow, toHigh, toLow, protocol, hopLimit, trafficClass, mayFragment);
        if (out.isLoopback()) {
            packet.segment(GsoType.NONE, 0, 0);
            return looped.add(packet);
        }
        if (large) {
            packet.segment(packet.gsoType(), packet.gsoSize(), packet.gsoHeaderLength() + headerLength + EthernetHeader.LENGTH);
        }
        return transmit(out, neighbour, packet, toHigh, toLow);
    }

    private int writeHeader(Packet packet, long fromHigh, long fromLow, long toHigh, long toLow, int protocol, int hopLimit, int trafficClass,
            boolean mayFragment) {
        int length = packet.length();
        int at;
        if (IpAddress.isV4(toHigh, toLow)) {
            at = packet.push(Ipv4Header.LENGTH);
            Ipv4Header.write(packet.buffer(), at, trafficClass, Ipv4Header.LENGTH + length, identification++ & 0xffff,
                    mayFragment ? 0 : Ipv4Header.DONT_FRAGMENT, hopLimit, protocol, (int) fromLow, (int) toLow);
        } else {
            at = packet.push(Ipv6Header.LENGTH);
            Ipv6Header.write(packet.buffer(), at, trafficClass, length, protocol, hopLimit, fromHigh, fromLow, toHigh, toLow);
        }
        packet.networkHeader(at);
        return at;
    }

    /** Sends an IP packet to a neighbour, or to the group that its destination is. Takes the packet. */
    boolean transmit(Interface out, Neighbour neighbour, Packet packet, long toHigh, long toLow) {
        boolean v4 = IpAddress.isV4(toHigh, toLow);
        int type = v4 ? EthernetHeader.IPV4 : EthernetHeader.IPV6;
        if (neighbour == null) {
            long mac = IpAddress.isMulticast(toHigh, toLow) ? EthernetHeader.multicast(toHigh, toLow) : MacAddress.BROADCAST;
            return out.transmit(packet, mac, type);
        }
        return (v4 ? out.neighboursV4 : out.neighboursV6).send(neighbour, packet);
    }

    @Override
    public void portUnreachable(Packet packet, IpInput from) {
        if (!from.toGroup) {
            errors.send(byIndex(from.interfaceIndex), packet, IcmpErrors.Problem.PORT_UNREACHABLE, 0);
        }
    }

    /** A router said that packets to a destination must be smaller: believed if they are sent larger now, and within reason. Returns what is believed, or 0. */
    public int packetTooBig(long high, long low, int claimed) {
        boolean v4 = IpAddress.isV4(high, low);
        int least = v4 ? PathMtus.LEAST_V4 : PathMtus.LEAST_V6;
        int mtu = Math.max(claimed, least);
        Interface out = finder.interfaceFor(high, low, 0);
        int now = Math.min(out == null ? 0 : out.mtu(!v4), pathMtus.get(high, low, now()));
        if (mtu >= now) {
            return 0;
        }
        pathMtus.put(high, low, mtu, now());
        return mtu;
    }

    /** A packet of ours, an IP packet from its start on, did not get anywhere: its transport is told. Not consumed. */
    public void undelivered(Packet packet, Errno errno) {
        transports.undelivered(packet, errno);
    }
}
