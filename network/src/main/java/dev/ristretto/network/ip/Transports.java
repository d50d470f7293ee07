package dev.ristretto.network.ip;

import dev.ristretto.network.Errno;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.Statistics;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** The protocols above IP, by number. Under the stack's lock. */
public final class Transports {
    private final Transport[] byNumber = new Transport[256];
    private final Statistics statistics;
    private final IpError error = new IpError();
    private IcmpErrors errors;

    public Transports(Statistics statistics) {
        this.statistics = statistics;
    }

    public void errors(IcmpErrors newErrors) {
        errors = newErrors;
    }

    public void add(Transport transport) {
        byNumber[transport.protocol()] = transport;
    }

    /** Returns whether there is one for a number. */
    public boolean has(int protocol) {
        return byNumber[protocol] != null;
    }

    /** Gives a packet's transport what came for it, after its checksum was found to be right. Takes the packet. */
    void input(Interface from, Packet packet, IpInput input, int protocol) {
        packet.transportHeader(packet.start());
        Transport transport = byNumber[protocol];
        boolean otherFamily = input.isV4() ? protocol == IpProtocol.ICMP_V6 : protocol == IpProtocol.ICMP_V4 || protocol == IpProtocol.IGMP;
        if (transport == null || otherFamily) {
            statistics.count(Counter.DROP_IP_PROTOCOL_UNKNOWN);
            if (!input.toGroup) {
                errors.send(from, packet, IcmpErrors.Problem.PROTOCOL_UNREACHABLE, input.isV4() ? 9 : 6);
            }
            packet.release();
            return;
        }
        if ((protocol == IpProtocol.TCP || protocol == IpProtocol.ICMP_V6) && !packet.checksumValid() && checksum(packet, input, protocol) != 0) {
            statistics.count(Counter.DROP_TRANSPORT_CHECKSUM);
            packet.release();
            return;
        }
        transport.input(packet, input);
    }

    /** Returns 0 if the checksum over a packet's content and its pseudo header is right. */
    public static int checksum(Packet packet, IpInput input, int protocol) {
        return Checksum.finish(Checksum.pseudo(input.sourceHigh, input.sourceLow, input.destinationHigh, input.destinationLow, protocol, packet.length())
                + Checksum.sum(packet.buffer(), packet.start(), packet.length()));
    }

    /** Tells a transport that a packet of this machine got an error: {@code at} is where the quoted IP packet is, up to {@code end}. Nonsense is dropped. */
    public void quoted(Packet packet, int at, int end, Errno errno, boolean hard, int mtu, boolean v4) {
        ByteBuffer b = packet.buffer();
        int transport;
        int protocol;
        if (v4) {
            int header = end - at < Ipv4Header.LENGTH ? 0 : Ipv4Header.headerLength(b, at);
            if (header < Ipv4Header.LENGTH || Ipv4Header.version(b, at) != 4 || end - at < header + 8 || (Ipv4Header.fragment(b, at) & 0x1fff) != 0) {
                statistics.count(Counter.DROP_ICMP_MALFORMED);
                return;
            }
            error.localHigh = 0;
            error.localLow = mapped(Ipv4Header.source(b, at));
            error.remoteHigh = 0;
            error.remoteLow = mapped(Ipv4Header.destination(b, at));
            transport = at + header;
            protocol = Ipv4Header.protocol(b, at);
        } else {
            if (end - at < Ipv6Header.LENGTH + 8 || Ipv6Header.version(b, at) != 6) {
                statistics.count(Counter.DROP_ICMP_MALFORMED);
                return;
            }
            error.localHigh = Ipv6Header.sourceHigh(b, at);
            error.localLow = Ipv6Header.sourceLow(b, at);
            error.remoteHigh = Ipv6Header.destinationHigh(b, at);
            error.remoteLow = Ipv6Header.destinationLow(b, at);
            transport = at + Ipv6Header.LENGTH;
            protocol = Ipv6Header.nextHeader(b, at);
            // We send no extension header but this one.
            if (protocol == IpProtocol.FRAGMENT && end - transport >= 16 && (b.getShort(transport + 2) & 0xfff8) == 0) {
                protocol = b.get(transport) & 0xff;
                transport += Ipv6Header.FRAGMENT_LENGTH;
            }
        }
        Transport told = byNumber[protocol];
        if (told == null) {
            statistics.count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        error.errno = errno;
        error.hard = hard;
        error.mtu = mtu;
        told.error(error, packet, transport);
    }

    private static long mapped(int v4) {
        return 0xffff_0000_0000L | v4 & 0xffffffffL;
    }

    /** Tells the transport of a packet of ours that it could not be sent. Not consumed. */
    void undelivered(Packet packet, Errno errno) {
        boolean v4 = packet.length() > 0 && packet.u8(0) >>> 4 == 4;
        quoted(packet, packet.start(), packet.end(), errno, false, 0, v4);
    }

    /** There may be room again. */
    public void outputReady() {
        for (Transport transport : byNumber) {
            if (transport != null) {
                transport.outputReady();
            }
        }
    }

    public void addressesChanged() {
        for (Transport transport : byNumber) {
            if (transport != null) {
                transport.addressesChanged();
            }
        }
    }
}
