package dev.ristretto.network.ndp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.icmp.IcmpV6;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.link.NeighbourProtocol;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.IcmpHeader;
import java.nio.ByteBuffer;

/** Neighbour solicitations and advertisements (RFC 4861 §7.2). Redirects are not followed. Under the stack's lock. */
public final class NeighbourDiscovery implements NeighbourProtocol {
    static final long ALL_NODES_HIGH = 0xff02L << 48;
    static final long ALL_NODES_LOW = 1;

    /** Flag of an advertisement: who answers is a router (RFC 4861 §4.4). */
    public static final int ROUTER = 0x80;
    /** Flag of an advertisement: it is an answer to a question. */
    public static final int SOLICITED = 0x40;
    /** Flag of an advertisement: it wins over what is known. */
    public static final int OVERRIDE = 0x20;

    private static final int LENGTH = 24;

    /** Told of what concerns a card's own addresses and routers. */
    public interface Listener {
        /** Another machine has or wants an address of ours. */
        void conflict(Interface on, LocalAddress address);

        /** A router is none any more. */
        void routerLost(Interface on, long high, long low);
    }

    private final StackContext context;
    private final Ip ip;
    private Listener listener;

    public NeighbourDiscovery(StackContext context, Ip ip, IcmpV6 icmp) {
        this.context = context;
        this.ip = ip;
        icmp.handler(IcmpHeader.NEIGHBOUR_SOLICITATION, this::solicitation);
        icmp.handler(IcmpHeader.NEIGHBOUR_ADVERTISEMENT, this::advertisement);
        icmp.handler(IcmpHeader.REDIRECT, (packet, from) -> { });
    }

    public void listener(Listener newListener) {
        listener = newListener;
    }

    /** Returns the group that machines listen to for questions about an address (RFC 4291 §2.7.1). */
    public static IpAddress solicitedNode(long low) {
        return IpAddress.ofV6(ALL_NODES_HIGH, 0x1_ff00_0000L | low & 0xffffff);
    }

    /** Returns the interface if a message is well-formed and comes from the link itself (§7.1), else null. */
    private Interface check(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        Interface on = ip.byIndex(from.interfaceIndex);
        boolean ok = on != null && !on.isLoopback() && from.hopLimit == 255 && IcmpHeader.code(b, at) == 0 && packet.length() >= LENGTH
            && !IpAddress.isMulticast(b.getLong(at + 8), b.getLong(at + 16)) && NdpOptions.areValid(b, at + LENGTH, packet.end());
        if (!ok) {
            context.statistics().count(Counter.DROP_NDP_MALFORMED);
            return null;
        }
        return on;
    }

    private void solicitation(Packet packet, IpInput from) {
        Interface on = check(packet, from);
        if (on == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        boolean probe = from.sourceHigh == 0 && from.sourceLow == 0;
        LocalAddress target = on.find(b.getLong(at + 8), b.getLong(at + 16));
        if (target == null || probe && !from.toGroup) {
            return;
        }
        if (probe && target.probesLeft > 0) {
            listener.conflict(on, target);
            return;
        }
        if (target.tentative) {
            return;
        }
        if (!probe) {
            long mac = NdpOptions.mac(b, at + LENGTH, packet.end(), NdpOptions.SOURCE_MAC);
            if (mac >= 0) {
                Neighbour asker = on.neighboursV6.get(from.sourceHigh, from.sourceLow);
                if (asker != null) {
                    on.neighboursV6.learn(asker, mac);
                }
            }
        }
        advertise(on, target, probe ? ALL_NODES_HIGH : from.sourceHigh, probe ? ALL_NODES_LOW : from.sourceLow, !probe);
    }

    private void advertisement(Packet packet, IpInput from) {
        Interface on = check(packet, from);
        if (on == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        long high = b.getLong(at + 8);
        long low = b.getLong(at + 16);
        int flags = b.get(at + 4) & 0xff;
        if (from.toGroup && (flags & SOLICITED) != 0) {
            context.statistics().count(Counter.DROP_NDP_MALFORMED);
            return;
        }
        LocalAddress mine = on.find(high, low);
        if (mine != null) {
            listener.conflict(on, mine);
            return;
        }
        Neighbour neighbour = on.neighboursV6.find(high, low);
        long mac = NdpOptions.mac(b, at + LENGTH, packet.end(), NdpOptions.TARGET_MAC);
        if (neighbour == null || neighbour.state() == Neighbour.State.INCOMPLETE && mac < 0) {
            return;
        }
        update(on, neighbour, mac, flags);
    }

    /** The table of RFC 4861 §7.2.5 and appendix C. */
    private void update(Interface on, Neighbour neighbour, long mac, int flags) {
        boolean known = neighbour.state() != Neighbour.State.INCOMPLETE;
        boolean another = mac >= 0 && known && mac != neighbour.mac();
        if (another && (flags & OVERRIDE) == 0) {
            on.neighboursV6.suspect(neighbour);
            return;
        }
        if ((flags & SOLICITED) != 0) {
            on.neighboursV6.answered(neighbour, mac >= 0 ? mac : neighbour.mac());
        } else if (mac >= 0) {
            on.neighboursV6.learn(neighbour, mac);
        }
        if (on.neighboursV6.router(neighbour, (flags & ROUTER) != 0)) {
            listener.routerLost(on, neighbour.high, neighbour.low);
        }
    }

    private void advertise(Interface on, LocalAddress address, long toHigh, long toLow, boolean solicited) {
        Packet packet = ip.allocate(LENGTH + 8);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.append(LENGTH + 8);
        // What is still being probed must not override what others know (RFC 4429 §3.2).
        int flags = (solicited ? SOLICITED : 0) | (address.probesLeft > 0 ? 0 : OVERRIDE);
        IcmpHeader.write(b, at, IcmpHeader.NEIGHBOUR_ADVERTISEMENT, 0, flags << 24);
        b.putLong(at + 8, address.address.high());
        b.putLong(at + 16, address.address.low());
        NdpOptions.putMac(b, at + LENGTH, NdpOptions.TARGET_MAC, on.mac());
        context.statistics().count(Counter.ICMP_OUT);
        ip.outputOn(on, address.address.high(), address.address.low(), toHigh, toLow, packet, IpProtocol.ICMP_V6, IcmpHeader.CHECKSUM, 255);
    }

    @Override
    public void solicit(Interface on, long high, long low, long mac) {
        LocalAddress source = null;
        for (LocalAddress local : on.addresses()) {
            if (local.address.isV6() && !local.tentative && (source == null || local.address.isLinkLocal())) {
                source = local;
            }
        }
        if (source == null) {
            return;
        }
        IpAddress group = solicitedNode(low);
        solicit(on, source.address, high, low, mac == 0 ? group.high() : high, mac == 0 ? group.low() : low);
    }

    /** Asks whether anybody has an address, without naming ourselves (RFC 4862 §5.4.2). */
    void probe(Interface on, IpAddress address) {
        IpAddress group = solicitedNode(address.low());
        solicit(on, IpAddress.ANY_V6, address.high(), address.low(), group.high(), group.low());
    }

    private void solicit(Interface on, IpAddress source, long high, long low, long toHigh, long toLow) {
        int length = source.isAny() ? LENGTH : LENGTH + 8;
        Packet packet = ip.allocate(length);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.append(length);
        IcmpHeader.write(b, at, IcmpHeader.NEIGHBOUR_SOLICITATION, 0, 0);
        b.putLong(at + 8, high);
        b.putLong(at + 16, low);
        if (length > LENGTH) {
            NdpOptions.putMac(b, at + LENGTH, NdpOptions.SOURCE_MAC, on.mac());
        }
        context.statistics().count(Counter.ICMP_OUT);
        ip.outputOn(on, source.high(), source.low(), toHigh, toLow, packet, IpProtocol.ICMP_V6, IcmpHeader.CHECKSUM, 255);
    }

    @Override
    public void unreachable(Interface on, Packet packet) {
        ip.undelivered(packet, Errno.EHOSTUNREACH);
    }
}
