package dev.ristretto.network.arp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.link.FrameHandler;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.link.NeighbourProtocol;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.ArpMessage;
import dev.ristretto.network.wire.EthernetHeader;

/** ARP messages on the way in and out (RFC 826). Under the stack's lock. */
public final class Arp implements FrameHandler, NeighbourProtocol {
    private static final long MAPPED = 0xffffL << 32;

    /** Told when another machine uses or wants one of our addresses. */
    public interface Conflicts {
        void conflict(Interface on, LocalAddress address, long mac);
    }

    private final StackContext context;
    private final Ip ip;
    private Conflicts conflicts;

    public Arp(StackContext context, Ip ip) {
        this.context = context;
        this.ip = ip;
    }

    public void conflicts(Conflicts listener) {
        conflicts = listener;
    }

    @Override
    public void input(Interface from, Packet packet, long source, boolean toGroup) {
        context.statistics().count(Counter.ARP_IN);
        if (packet.length() < ArpMessage.LENGTH || !ArpMessage.isValid(packet.buffer(), packet.start())) {
            context.statistics().count(Counter.DROP_ARP_MALFORMED);
        } else {
            take(from, packet);
        }
        packet.release();
    }

    private void take(Interface from, Packet packet) {
        var b = packet.buffer();
        int at = packet.start();
        long senderMac = ArpMessage.senderMac(b, at);
        int senderIp = ArpMessage.senderIp(b, at);
        int targetIp = ArpMessage.targetIp(b, at);
        int operation = ArpMessage.operation(b, at);
        if (MacAddress.isGroup(senderMac) || senderIp >>> 28 >= 0xe || senderIp >>> 24 == 127 || operation != ArpMessage.REQUEST && operation != ArpMessage.REPLY) {
            context.statistics().count(Counter.DROP_ARP_MALFORMED);
            return;
        }
        if (senderMac == from.mac()) {
            return;
        }
        LocalAddress mine = from.find(0, mapped(senderIp));
        if (mine == null && senderIp == 0) {
            // Another machine probes an address (RFC 5227 §2.1.1): that matters while we probe it as well.
            LocalAddress wanted = from.find(0, mapped(targetIp));
            mine = wanted != null && wanted.probesLeft > 0 ? wanted : null;
        }
        if (mine != null) {
            context.statistics().count(Counter.DROP_ARP_CONFLICT);
            conflicts.conflict(from, mine, senderMac);
            return;
        }
        boolean forUs = from.has(0, mapped(targetIp));
        if (senderIp != 0) {
            learn(from, operation, senderMac, senderIp, forUs && ArpMessage.targetMac(b, at) == from.mac(), forUs);
        }
        if (forUs && operation == ArpMessage.REQUEST) {
            send(from, ArpMessage.REPLY, senderMac, targetIp, senderMac, senderIp);
        }
    }

    /** Only who asks for us, or answers us, gets a new entry; the gossip of others refreshes what is there (RFC 826, packet reception). */
    private static void learn(Interface from, int operation, long mac, int address, boolean answersUs, boolean forUs) {
        Neighbour neighbour = from.neighboursV4.find(0, mapped(address));
        if (neighbour == null && forUs && operation == ArpMessage.REQUEST) {
            neighbour = from.neighboursV4.get(0, mapped(address));
        }
        if (neighbour == null) {
            return;
        }
        if (operation == ArpMessage.REPLY && answersUs && neighbour.state() != Neighbour.State.STALE) {
            from.neighboursV4.answered(neighbour, mac);
        } else {
            from.neighboursV4.learn(neighbour, mac);
        }
    }

    private static long mapped(int v4) {
        return MAPPED | v4 & 0xffffffffL;
    }

    @Override
    public void solicit(Interface on, long high, long low, long mac) {
        int sender = 0;
        for (LocalAddress local : on.addresses()) {
            // The address in the network of the one that is looked for, else any.
            if (local.address.isV4() && !local.tentative && (sender == 0 || local.isOnLink(high, low))) {
                sender = local.address.v4();
            }
        }
        send(on, ArpMessage.REQUEST, mac == 0 ? MacAddress.BROADCAST : mac, sender, 0, (int) low);
    }

    /** Asks whether anybody has an address, without naming ourselves (RFC 5227 §2.1.1). */
    public void probe(Interface on, int address) {
        send(on, ArpMessage.REQUEST, MacAddress.BROADCAST, 0, 0, address);
    }

    /** Tells all that an address is ours (RFC 5227 §2.3). */
    public void announce(Interface on, int address) {
        send(on, ArpMessage.REQUEST, MacAddress.BROADCAST, address, 0, address);
    }

    private void send(Interface on, int operation, long destination, int senderIp, long targetMac, int targetIp) {
        Packet packet = ip.allocate(ArpMessage.LENGTH);
        if (packet != null) {
            ArpMessage.write(packet.buffer(), packet.append(ArpMessage.LENGTH), operation, on.mac(), senderIp, targetMac, targetIp);
            context.statistics().count(Counter.ARP_OUT);
            on.transmit(packet, destination, EthernetHeader.ARP);
        }
    }

    @Override
    public void unreachable(Interface on, Packet packet) {
        ip.undelivered(packet, Errno.EHOSTUNREACH);
    }
}
