package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** IPv6 packets on the way in (RFC 8200), with their extension headers. Under the stack's lock. */
public final class Ipv6Input {
    /** More headers than this are an attack (RFC 8504 §5.3 allows a limit). */
    private static final int MOST_HEADERS = 8;

    private final StackContext context;
    private final Ip ip;
    private final Transports transports;
    private final IcmpErrors errors;
    private final Reassembler reassembler;
    private final IpInput input = new IpInput();

    public Ipv6Input(StackContext context, Ip ip, Transports transports, PacketPool big, IcmpErrors errors) {
        this.context = context;
        this.ip = ip;
        this.transports = transports;
        this.errors = errors;
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
        if (packet.length() < Ipv6Header.LENGTH || Ipv6Header.version(b, at) != 6
                || Ipv6Header.payloadLength(b, at) > packet.length() - Ipv6Header.LENGTH) {
            drop(packet, Counter.DROP_IP_MALFORMED);
            return;
        }
        packet.trim(Ipv6Header.LENGTH + Ipv6Header.payloadLength(b, at));
        packet.networkHeader(at);
        packet.interfaceIndex(from.index());
        input.sourceHigh = Ipv6Header.sourceHigh(b, at);
        input.sourceLow = Ipv6Header.sourceLow(b, at);
        input.destinationHigh = Ipv6Header.destinationHigh(b, at);
        input.destinationLow = Ipv6Header.destinationLow(b, at);
        if (input.sourceHigh >>> 56 == 0xff || isMapped(input.sourceHigh, input.sourceLow) || isMapped(input.destinationHigh, input.destinationLow)
                || !looped && (isLoopback(input.sourceHigh, input.sourceLow) || isLoopback(input.destinationHigh, input.destinationLow)
                || ip.isLocal(input.sourceHigh, input.sourceLow) && !isAnswerToProbe(from, Ipv6Header.nextHeader(b, at)))) {
            drop(packet, Counter.DROP_IP_SPOOFED);
            return;
        }
        input.interfaceIndex = from.index();
        if (!isForUs(from) || linkGroup && !input.toGroup) {
            drop(packet, Counter.DROP_IP_NOT_FOR_US);
            return;
        }
        input.trafficClass = Ipv6Header.trafficClass(b, at);
        input.hopLimit = Ipv6Header.hopLimit(b, at);
        packet.pull(Ipv6Header.LENGTH);
        headers(from, packet, Ipv6Header.nextHeader(b, at));
    }

    /** Who has an address that we probe tells us so from that address (RFC 4861 §7.2.4), which is ours already in a way. */
    private boolean isAnswerToProbe(Interface from, int nextHeader) {
        LocalAddress local = from.find(input.sourceHigh, input.sourceLow);
        return nextHeader == IpProtocol.ICMP_V6 && local != null && local.probesLeft > 0;
    }

    private static boolean isMapped(long high, long low) {
        return dev.ristretto.network.IpAddress.isV4(high, low);
    }

    private static boolean isLoopback(long high, long low) {
        return high == 0 && low == 1;
    }

    private boolean isForUs(Interface from) {
        long high = input.destinationHigh;
        long low = input.destinationLow;
        input.toGroup = high >>> 56 == 0xff;
        if (input.toGroup) {
            return from.group(high, low) != null;
        }
        // A link-local address is this machine's on its own link only.
        return high >>> 54 == 0x3fa && !from.isLoopback() ? from.has(high, low) : ip.isLocal(high, low);
    }

    /** Walks the extension headers (RFC 8200 §4) until there is a transport's. */
    private void headers(Interface from, Packet first, int firstHeader) {
        Packet packet = first;
        int header = firstHeader;
        int nextAt = packet.networkHeader() + 6;
        for (int count = 0; count < MOST_HEADERS; count++) {
            int at = packet.start();
            ByteBuffer b = packet.buffer();
            switch (header) {
                case IpProtocol.HOP_BY_HOP, IpProtocol.DESTINATION_OPTIONS, IpProtocol.ROUTING -> {
                    int length = packet.length() < 8 ? 0 : ((b.get(at + 1) & 0xff) + 1) * 8;
                    if (length == 0 || length > packet.length() || header == IpProtocol.HOP_BY_HOP && count > 0) {
                        drop(packet, Counter.DROP_IP_MALFORMED);
                        return;
                    }
                    if (header == IpProtocol.ROUTING ? b.get(at + 3) != 0 : !optionsOk(from, packet, at + 2, at + length)) {
                        // Segments left: this machine is a host and passes nothing on (RFC 5095 §3).
                        if (header == IpProtocol.ROUTING) {
                            errors.send(from, packet, IcmpErrors.Problem.HEADER_FIELD, at + 2 - packet.networkHeader());
                        }
                        drop(packet, Counter.DROP_IP_OPTIONS);
                        return;
                    }
                    header = b.get(at) & 0xff;
                    nextAt = at;
                    packet.pull(length);
                }
                case IpProtocol.FRAGMENT -> {
                    if (packet.length() < Ipv6Header.FRAGMENT_LENGTH) {
                        drop(packet, Counter.DROP_IP_MALFORMED);
                        return;
                    }
                    int field = b.getShort(at + 2) & 0xffff;
                    int identification = b.getInt(at + 4);
                    header = b.get(at) & 0xff;
                    packet.pull(Ipv6Header.FRAGMENT_LENGTH);
                    nextAt = at;
                    if ((field & 0xfff9) != 0) {
                        if ((field & 0xfff8) == 0 && isExtension(header) && packet.length() < 8) {
                            // The first fragment must have all headers (RFC 7112 §5); a cheap part of that check.
                            drop(packet, Counter.DROP_FRAGMENT_MALFORMED);
                            return;
                        }
                        packet = reassembler.add(packet, input, from, identification, header, field & 0xfff8, (field & 1) != 0, Ipv6Header.LENGTH);
                        if (packet == null) {
                            return;
                        }
                        nextAt = packet.networkHeader() + 6;
                    }
                }
                case IpProtocol.NO_NEXT -> {
                    packet.release();
                    return;
                }
                default -> {
                    if (!transports.has(header) && !input.toGroup) {
                        errors.send(from, packet, IcmpErrors.Problem.PROTOCOL_UNREACHABLE, nextAt - packet.networkHeader());
                        drop(packet, Counter.DROP_IP_PROTOCOL_UNKNOWN);
                        return;
                    }
                    transports.input(from, packet, input, header);
                    return;
                }
            }
        }
        drop(packet, Counter.DROP_IP_OPTIONS);
    }

    private static boolean isExtension(int header) {
        return header == IpProtocol.HOP_BY_HOP || header == IpProtocol.DESTINATION_OPTIONS || header == IpProtocol.ROUTING;
    }

    /** Returns whether the packet may be used in spite of options that are not known (RFC 8200 §4.2: the highest two bits say). */
    private boolean optionsOk(Interface from, Packet packet, int start, int end) {
        ByteBuffer b = packet.buffer();
        int at = start;
        while (at < end) {
            int type = b.get(at) & 0xff;
            if (type == 0) {
                at++;
                continue;
            }
            int length = at + 1 < end ? b.get(at + 1) & 0xff : 256;
            if (at + 2 + length > end) {
                return false;
            }
            // PadN and router alert need nothing done.
            if (type != 1 && type != 5 && type >>> 6 != 0) {
                if (type >>> 6 == 2 || type >>> 6 == 3 && !input.toGroup) {
                    errors.send(from, packet, IcmpErrors.Problem.UNKNOWN_OPTION, at - packet.networkHeader());
                }
                return false;
            }
            at += 2 + length;
        }
        return true;
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
