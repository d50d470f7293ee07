package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.Ipv4Header;
import java.nio.ByteBuffer;

/** IPv4 packets on the way in (RFC 791, RFC 1122 §3). Under the stack's lock. */
public final class Ipv4Input {
    private static final long MAPPED = 0xffffL << 32;

    private final StackContext context;
    private final Ip ip;
    private final Transports transports;
    private final Reassembler reassembler;
    private final IpInput input = new IpInput();

    public Ipv4Input(StackContext context, Ip ip, Transports transports, dev.ristretto.network.device.PacketPool big, IcmpErrors errors) {
        this.context = context;
        this.ip = ip;
        this.transports = transports;
        reassembler = new Reassembler(context, big, errors);
    }

    /** Takes a packet that came in by a card; {@code linkGroup} says that its frame was sent to many. */
    public void input(Interface from, Packet packet, long source, boolean linkGroup) {
        take(from, packet, linkGroup, false);
    }

    /** Takes a packet that this machine sent to itself. */
    public void inputLooped(Interface from, Packet packet) {
        take(from, packet, false, true);
    }

    private void take(Interface from, Packet packet, boolean linkGroup, boolean looped) {
        context.statistics().count(Counter.IP_IN);
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int header = packet.length() < Ipv4Header.LENGTH ? 0 : Ipv4Header.headerLength(b, at);
        if (header < Ipv4Header.LENGTH || Ipv4Header.version(b, at) != 4 || header > packet.length()) {
            drop(packet, Counter.DROP_IP_MALFORMED);
            return;
        }
        int total = Ipv4Header.totalLength(b, at);
        if (total < header || total > packet.length()) {
            drop(packet, Counter.DROP_IP_MALFORMED);
            return;
        }
        if (!looped && Checksum.finish(Checksum.sum(b, at, header)) != 0) {
            drop(packet, Counter.DROP_IP_CHECKSUM);
            return;
        }
        packet.trim(total);
        packet.networkHeader(at);
        packet.interfaceIndex(from.index());
        int source = Ipv4Header.source(b, at);
        int destination = Ipv4Header.destination(b, at);
        // Who has no address yet speaks to all (RFC 1122 §3.2.1.3 a), nobody else is 0.0.0.0.
        boolean toAll = destination >>> 28 == 0xe || from.isBroadcast(destination);
        if (isMartian(source, from) && !(source == 0 && toAll) || !looped && (destination >>> 24 == 127 || ip.isLocal(0, MAPPED | source & 0xffffffffL))) {
            drop(packet, Counter.DROP_IP_SPOOFED);
            return;
        }
        if (!isForUs(from, packet, destination, header) || linkGroup && !input.toGroup && !from.configuring) {
            drop(packet, Counter.DROP_IP_NOT_FOR_US);
            return;
        }
        if (header > Ipv4Header.LENGTH && hasSourceRoute(b, at, header)) {
            drop(packet, Counter.DROP_IP_OPTIONS);
            return;
        }
        input.sourceHigh = 0;
        input.sourceLow = MAPPED | source & 0xffffffffL;
        input.destinationHigh = 0;
        input.destinationLow = MAPPED | destination & 0xffffffffL;
        input.interfaceIndex = from.index();
        input.trafficClass = Ipv4Header.trafficClass(b, at);
        input.hopLimit = Ipv4Header.hopLimit(b, at);
        int protocol = Ipv4Header.protocol(b, at);
        int fragment = Ipv4Header.fragment(b, at);
        packet.pull(header);
        Packet whole = packet;
        if ((fragment & (Ipv4Header.MORE_FRAGMENTS | 0x1fff)) != 0) {
            whole = reassembler.add(packet, input, from, Ipv4Header.identification(b, at), protocol, (fragment & 0x1fff) << 3,
                    (fragment & Ipv4Header.MORE_FRAGMENTS) != 0, header);
            if (whole == null) {
                return;
            }
        }
        transports.input(from, whole, input, protocol);
    }

    /** Source addresses that no packet can have: groups, broadcast, this network, loopback (RFC 1122 §3.2.1.3). */
    private static boolean isMartian(int source, Interface from) {
        return source >>> 28 >= 0xe || source >>> 24 == 0 || source >>> 24 == 127 && !from.isLoopback() || from.isBroadcast(source);
    }

    private boolean isForUs(Interface from, Packet packet, int destination, int header) {
        input.toGroup = true;
        if (destination >>> 28 == 0xe) {
            return from.group(0, MAPPED | destination & 0xffffffffL) != null;
        }
        if (from.isBroadcast(destination)) {
            return true;
        }
        input.toGroup = false;
        if (ip.isLocal(0, MAPPED | destination & 0xffffffffL)) {
            return true;
        }
        // What a DHCP server sends to the address that it offers (RFC 2131 §4.1).
        return from.configuring && packet.length() >= header + 8 && packet.u8(9) == IpProtocol.UDP && packet.u16(header + 2) == 68;
    }

    /** Options are skipped, but who routes packets around is up to no good (RFC 7126 §4.3). */
    private static boolean hasSourceRoute(ByteBuffer b, int at, int header) {
        int option = at + Ipv4Header.LENGTH;
        int end = at + header;
        while (option < end) {
            int type = b.get(option) & 0xff;
            if (type == 0) {
                return false;
            }
            if (type == 1) {
                option++;
                continue;
            }
            int length = option + 1 < end ? b.get(option + 1) & 0xff : 0;
            if (length < 2 || option + length > end || type == 131 || type == 137) {
                return true;
            }
            option += length;
        }
        return false;
    }

    private void drop(Packet packet, Counter reason) {
        context.statistics().count(reason);
        packet.release();
    }

    /** Drops the fragments that came in by an interface. */
    public void forget(Interface from) {
        reassembler.clear(from);
    }
}
