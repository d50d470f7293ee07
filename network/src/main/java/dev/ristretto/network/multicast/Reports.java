package dev.ristretto.network.multicast;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/**
 * Membership reports about one group each, in all versions. They need an option in the IP header that nothing else here sends, so they are
 * written whole.
 */
final class Reports {
    /** Record types, the same in both protocols (RFC 3376 §4.2.12, RFC 3810 §5.2.12). */
    static final int IS_EXCLUDE = 2;
    static final int CHANGE_TO_INCLUDE = 3;
    static final int CHANGE_TO_EXCLUDE = 4;

    /** Types of IGMP messages (RFC 2236 §2.1, RFC 3376 §4). */
    static final int IGMP_V1_REPORT = 0x12;
    static final int IGMP_V2_REPORT = 0x16;
    private static final int IGMP_LEAVE = 0x17;
    private static final int IGMP_V3_REPORT = 0x22;

    private static final int ALL_ROUTERS_V4 = 0xe0000002;
    private static final int IGMP_ROUTERS = 0xe0000016;
    private static final int IGMP_HEADER = 24;
    private static final IpAddress ALL_ROUTERS_V6 = IpAddress.ofV6(0xff02L << 48, 2);
    private static final IpAddress MLD_ROUTERS = IpAddress.ofV6(0xff02L << 48, 0x16);
    private static final int MLD_HEADER = Ipv6Header.LENGTH + 8;

    private final StackContext context;
    private final Ip ip;

    Reports(StackContext context, Ip ip) {
        this.context = context;
        this.ip = ip;
    }

    /** Says that this host is a member; {@code record} is what a report of the newest version says. */
    void member(Interface on, IpAddress group, QuerierVersion version, int record) {
        if (version == QuerierVersion.THIRD) {
            record(on, group, record);
        } else if (group.isV4()) {
            igmp(on, group, version == QuerierVersion.FIRST ? IGMP_V1_REPORT : IGMP_V2_REPORT, group.v4());
        } else {
            mld(on, group, IcmpHeader.MLD_V1_REPORT, group);
        }
    }

    /** Says that it is none any more. */
    void left(Interface on, IpAddress group, QuerierVersion version) {
        if (version == QuerierVersion.THIRD) {
            record(on, group, CHANGE_TO_INCLUDE);
        } else if (group.isV6()) {
            mld(on, group, IcmpHeader.MLD_DONE, ALL_ROUTERS_V6);
        } else if (version == QuerierVersion.SECOND) {
            igmp(on, group, IGMP_LEAVE, ALL_ROUTERS_V4);
        }
    }

    /** RFC 3376 §4.2, RFC 3810 §5.2. */
    private void record(Interface on, IpAddress group, int record) {
        Packet packet = ip.allocate(MLD_HEADER + 28);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        if (group.isV4()) {
            int at = packet.append(IGMP_HEADER + 16) + IGMP_HEADER;
            b.putInt(at, IGMP_V3_REPORT << 24).putInt(at + 4, 1).putInt(at + 8, record << 24).putInt(at + 12, group.v4());
            sendIgmp(on, packet, IGMP_ROUTERS);
        } else {
            int at = packet.append(MLD_HEADER + 28) + MLD_HEADER;
            IcmpHeader.write(b, at, IcmpHeader.MLD_REPORT, 0, 1);
            b.putInt(at + 8, record << 24).putLong(at + 12, group.high()).putLong(at + 20, group.low());
            sendMld(on, packet, MLD_ROUTERS);
        }
    }

    /** RFC 2236 §2. */
    private void igmp(Interface on, IpAddress group, int type, int destination) {
        Packet packet = ip.allocate(IGMP_HEADER + 8);
        if (packet != null) {
            int at = packet.append(IGMP_HEADER + 8) + IGMP_HEADER;
            packet.buffer().putInt(at, type << 24).putInt(at + 4, group.v4());
            sendIgmp(on, packet, destination);
        }
    }

    /** RFC 2710 §3. */
    private void mld(Interface on, IpAddress group, int type, IpAddress destination) {
        Packet packet = ip.allocate(MLD_HEADER + 24);
        if (packet != null) {
            int at = packet.append(MLD_HEADER + 24) + MLD_HEADER;
            IcmpHeader.write(packet.buffer(), at, type, 0, 0);
            packet.buffer().putLong(at + 8, group.high()).putLong(at + 16, group.low());
            sendMld(on, packet, destination);
        }
    }

    /** Completes a message whose IP header is still missing, and sends it. */
    private void sendIgmp(Interface on, Packet packet, int destination) {
        int source = 0;
        for (LocalAddress local : on.addresses()) {
            if (local.address.isV4() && !local.tentative) {
                source = local.address.v4();
                break;
            }
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int message = at + IGMP_HEADER;
        b.putShort(at, (short) 0x46c0);
        b.putShort(at + 2, (short) packet.length());
        b.putInt(at + 4, 0x4000);
        b.putInt(at + 8, 0x0102_0000);
        b.putInt(at + 12, source);
        b.putInt(at + 16, destination);
        // Router alert (RFC 2113).
        b.putInt(at + 20, 0x9404_0000);
        b.putShort(at + 10, (short) Checksum.finish(Checksum.sum(b, at, IGMP_HEADER)));
        b.putShort(message + 2, (short) Checksum.finish(Checksum.sum(b, message, packet.end() - message)));
        context.statistics().count(Counter.IP_OUT);
        on.transmit(packet, EthernetHeader.multicast(0, 0xffff_0000_0000L | destination & 0xffffffffL), EthernetHeader.IPV4);
    }

    private void sendMld(Interface on, Packet packet, IpAddress destination) {
        IpAddress source = on.linkLocal();
        long high = source == null ? 0 : source.high();
        long low = source == null ? 0 : source.low();
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int message = at + MLD_HEADER;
        int length = packet.end() - message;
        Ipv6Header.write(b, at, 0, packet.length() - Ipv6Header.LENGTH, IpProtocol.HOP_BY_HOP, 1, high, low, destination.high(), destination.low());
        // Router alert (RFC 2711), and two bytes of padding.
        b.putLong(at + Ipv6Header.LENGTH, (long) IpProtocol.ICMP_V6 << 56 | 0x0502_0000_0100L);
        long sum = Checksum.pseudo(high, low, destination.high(), destination.low(), IpProtocol.ICMP_V6, length) + Checksum.sum(b, message, length);
        b.putShort(message + 2, (short) Checksum.finish(sum));
        context.statistics().count(Counter.IP_OUT);
        on.transmit(packet, EthernetHeader.multicast(destination.high(), destination.low()), EthernetHeader.IPV6);
    }
}
