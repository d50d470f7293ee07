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

/** Membership reports with one record each. They need an option in the IP header that nothing else here sends, so they are written whole. */
final class Reports {
    /** Record types, the same in both protocols (RFC 3376 §4.2.12, RFC 3810 §5.2.12). */
    static final int IS_EXCLUDE = 2;
    static final int CHANGE_TO_INCLUDE = 3;
    static final int CHANGE_TO_EXCLUDE = 4;

    private static final long MLD_ROUTERS_HIGH = 0xff02L << 48;
    private static final long MLD_ROUTERS_LOW = 0x16;

    private final StackContext context;
    private final Ip ip;

    Reports(StackContext context, Ip ip) {
        this.context = context;
        this.ip = ip;
    }

    void send(Interface on, IpAddress group, int record) {
        Packet packet = ip.allocate(100);
        if (packet == null) {
            return;
        }
        context.statistics().count(Counter.IP_OUT);
        if (group.isV4()) {
            igmp(on, packet, group, record);
        } else {
            mld(on, packet, group, record);
        }
    }

    private static void igmp(Interface on, Packet packet, IpAddress group, int record) {
        int source = 0;
        for (LocalAddress local : on.addresses()) {
            if (local.address.isV4() && !local.tentative) {
                source = local.address.v4();
                break;
            }
        }
        ByteBuffer b = packet.buffer();
        int at = packet.append(40);
        b.putShort(at, (short) 0x46c0);
        b.putShort(at + 2, (short) 40);
        b.putInt(at + 4, 0x4000);
        b.putInt(at + 8, 0x0102_0000);
        b.putInt(at + 12, source);
        b.putInt(at + 16, 0xe0000016);
        // Router alert (RFC 2113).
        b.putInt(at + 20, 0x9404_0000);
        b.putShort(at + 10, (short) Checksum.finish(Checksum.sum(b, at, 24)));
        b.putInt(at + 24, 0x2200_0000);
        b.putInt(at + 28, 1);
        b.putInt(at + 32, record << 24);
        b.putInt(at + 36, group.v4());
        b.putShort(at + 26, (short) Checksum.finish(Checksum.sum(b, at + 24, 16)));
        on.transmit(packet, EthernetHeader.multicast(0, 0xffff_0000_0000L | 0xe0000016L), EthernetHeader.IPV4);
    }

    private static void mld(Interface on, Packet packet, IpAddress group, int record) {
        IpAddress source = on.linkLocal();
        long high = source == null ? 0 : source.high();
        long low = source == null ? 0 : source.low();
        ByteBuffer b = packet.buffer();
        int at = packet.append(76);
        Ipv6Header.write(b, at, 0, 36, IpProtocol.HOP_BY_HOP, 1, high, low, MLD_ROUTERS_HIGH, MLD_ROUTERS_LOW);
        // Router alert (RFC 2711), and two bytes of padding.
        b.putLong(at + 40, (long) IpProtocol.ICMP_V6 << 56 | 0x0502_0000_0100L);
        IcmpHeader.write(b, at + 48, IcmpHeader.MLD_REPORT, 0, 1);
        b.putInt(at + 56, record << 24);
        b.putLong(at + 60, group.high());
        b.putLong(at + 68, group.low());
        long sum = Checksum.pseudo(high, low, MLD_ROUTERS_HIGH, MLD_ROUTERS_LOW, IpProtocol.ICMP_V6, 28) + Checksum.sum(b, at + 48, 28);
        b.putShort(at + 50, (short) Checksum.finish(sum));
        on.transmit(packet, EthernetHeader.multicast(MLD_ROUTERS_HIGH, MLD_ROUTERS_LOW), EthernetHeader.IPV6);
    }
}
