package dev.ristretto.network;

import dev.ristretto.network.arp.AddressProber;
import dev.ristretto.network.arp.Arp;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketMemory;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.icmp.ErrorSender;
import dev.ristretto.network.icmp.IcmpV4;
import dev.ristretto.network.icmp.IcmpV6;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.Ipv4Input;
import dev.ristretto.network.ip.Ipv6Input;
import dev.ristretto.network.ip.Route;
import dev.ristretto.network.ip.Transports;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.NeighbourCache;
import dev.ristretto.network.multicast.Memberships;
import dev.ristretto.network.ndp.NeighbourDiscovery;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.tcp.Tcp;
import dev.ristretto.network.tcp.TcpSettings;
import dev.ristretto.network.udp.Udp;
import dev.ristretto.network.wire.DhcpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.IcmpHeader;
import java.util.ArrayList;
import java.util.List;

/** The parts of a stack, put together. Under the stack's lock. */
final class Stack implements Interface.Owner, NeighbourDiscovery.Listener {
    /** Packets that loop back before others get a turn. */
    private static final int LOOPED_AT_ONCE = 256;

    final StackContext context;
    final List<Interface> interfaces = new ArrayList<>();
    final List<CardSetup> cards = new ArrayList<>();
    final PacketPool small;
    final PacketPool big;
    final Transports transports;
    final Ip ip;
    final Ipv4Input ipv4;
    final Ipv6Input ipv6;
    final Arp arp;
    final AddressProber prober;
    final Memberships memberships;
    final NeighbourDiscovery discovery;
    final Udp udp;
    final Tcp tcp;
    private int nextIndex = 2;

    Stack(StackContext context, PacketMemory memory) {
        this.context = context;
        small = new PacketPool(memory, context.budget().smallPackets(), Ip.SMALL);
        big = new PacketPool(memory, context.budget().bigPackets(), Ip.BIG);
        transports = new Transports(context.statistics());
        Interface loopback = new Interface(context, this, null, 1, null, NetworkConfiguration.AUTOMATIC);
        interfaces.add(loopback);
        ip = new Ip(context, interfaces, small, big, transports);
        ErrorSender errors = new ErrorSender(context, ip);
        ip.errors(errors);
        transports.errors(errors);
        ipv4 = new Ipv4Input(context, ip, transports, big, errors);
        ipv6 = new Ipv6Input(context, ip, transports, big, errors);
        arp = new Arp(context, ip);
        prober = new AddressProber(context, arp, this::lost);
        arp.conflicts(prober);
        memberships = new Memberships(context, ip);
        IcmpV4 icmpV4 = new IcmpV4(context, ip, transports);
        IcmpV6 icmpV6 = new IcmpV6(context, ip, transports);
        discovery = new NeighbourDiscovery(context, ip, icmpV6);
        discovery.listener(this);
        icmpV6.handler(IcmpHeader.MLD_QUERY, memberships::mldQuery);
        icmpV6.handler(IcmpHeader.MLD_V1_REPORT, memberships::mldReport);
        icmpV6.handler(IcmpHeader.ROUTER_ADVERTISEMENT, this::routerAdvertisement);
        udp = new Udp(context, ip, memberships);
        udp.tap(this::dhcp);
        transports.add(icmpV4);
        transports.add(icmpV6);
        transports.add(memberships);
        transports.add(udp);
        tcp = new Tcp(context, ip, TcpSettings.DEFAULT);
        transports.add(tcp);
        loopback.addAddress(new LocalAddress(IpAddress.LOOPBACK_V4, 8, LocalAddress.Origin.FIXED));
        loopback.addAddress(new LocalAddress(IpAddress.LOOPBACK_V6, 128, LocalAddress.Origin.FIXED));
        ip.routes().add(new Route(IpAddress.ofV4(0x7f000000), 8, null, loopback, 0, Route.Origin.LINK));
        ip.routes().add(new Route(IpAddress.LOOPBACK_V6, 128, null, loopback, 0, Route.Origin.LINK));
    }

    CardSetup add(NetworkDevice device, NetworkConfiguration configuration) {
        Interface card = new Interface(context, this, new Interface.FrameHandlers(arp, ipv4::input, ipv6::input), nextIndex++, device, configuration);
        card.neighboursV4 = new NeighbourCache(context, card, arp, EthernetHeader.IPV4);
        card.neighboursV6 = new NeighbourCache(context, card, discovery, EthernetHeader.IPV6);
        interfaces.add(card);
        CardSetup setup = new CardSetup(context, this, card);
        cards.add(setup);
        card.attach();
        setup.begin();
        return setup;
    }

    void remove(CardSetup setup) {
        Interface card = setup.card();
        setup.end();
        ipv4.forget(card);
        ipv6.forget(card);
        card.remove();
        cards.remove(setup);
        interfaces.remove(card);
        addressesChanged();
    }

    CardSetup setup(int index) {
        for (int i = 0; i < cards.size(); i++) {
            if (cards.get(i).card().index() == index) {
                return cards.get(i);
            }
        }
        return null;
    }

    void addressesChanged() {
        ip.routes().touch();
        transports.addressesChanged();
    }

    @Override
    public void linkChanged(Interface changed) {
        CardSetup setup = setup(changed.index());
        ip.routes().touch();
        if (changed.isUp()) {
            context.notices().notice(changed.name() + ": the link is up");
            setup.linkUp();
        } else {
            context.notices().notice(changed.name() + ": the link is down");
            setup.linkDown();
        }
        transports.addressesChanged();
    }

    @Override
    public void transmitReady() {
        transports.outputReady();
    }

    private void lost(Interface on, LocalAddress address) {
        setup(on.index()).conflict(address);
    }

    @Override
    public void conflict(Interface on, LocalAddress address) {
        CardSetup setup = setup(on.index());
        if (setup != null && setup.ipv6() != null) {
            setup.ipv6().conflict(address);
        }
    }

    @Override
    public void routerLost(Interface on, long high, long low) {
        CardSetup setup = setup(on.index());
        if (setup != null && setup.ipv6() != null) {
            setup.ipv6().routerLost(high, low);
        }
    }

    private void routerAdvertisement(Packet packet, IpInput from) {
        CardSetup setup = setup(from.interfaceIndex);
        if (setup != null && setup.ipv6() != null) {
            setup.ipv6().advertisement(packet, from);
        }
    }

    private boolean dhcp(Packet packet, IpInput from, int sourcePort, int destinationPort) {
        if (destinationPort != DhcpMessage.CLIENT_PORT || sourcePort != DhcpMessage.SERVER_PORT || !from.isV4()) {
            return false;
        }
        CardSetup setup = setup(from.interfaceIndex);
        if (setup == null || setup.dhcp() == null) {
            return false;
        }
        setup.dhcp().input(packet, from);
        return true;
    }

    /** Delivers what this machine sent to itself, and rings the cards' bells: before the lock is released. */
    void settle() {
        for (int i = 0; i < LOOPED_AT_ONCE; i++) {
            Packet packet = ip.looped().poll();
            if (packet == null) {
                break;
            }
            Interface from = packet.interfaceIndex() == 0 ? interfaces.get(0) : ip.byIndex(packet.interfaceIndex());
            if (from == null) {
                packet.release();
            } else if (packet.u8(0) >>> 4 == 4) {
                ipv4.inputLooped(from, packet);
            } else {
                ipv6.inputLooped(from, packet);
            }
        }
        if (ip.isFed()) {
            transports.outputReady();
        }
        for (int i = 1; i < interfaces.size(); i++) {
            interfaces.get(i).flush();
        }
    }

    boolean hasLooped() {
        return !ip.looped().isEmpty();
    }
}
