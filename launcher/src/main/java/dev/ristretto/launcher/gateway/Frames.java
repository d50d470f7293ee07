package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/**
 * Frames that the gateway sends to the image without a stack; the addresses of each are of one IP version. What the cable does not take is
 * lost, as on any network.
 */
final class Frames {
    private static final int HOP_LIMIT = 64;
    /** Of messages that must not have come from beyond the link (RFC 4861 §6.1). */
    private static final int LINK_HOP_LIMIT = 255;
    /** What of the packet that could not be delivered is sent back: its headers, at least 8 bytes more (RFC 792). */
    private static final int QUOTE_V4 = 68;
    /** As much as fits into what every link carries (RFC 4443 §2.4). */
    private static final int QUOTE_V6 = 1280 - Ipv6Header.LENGTH - IcmpHeader.LENGTH;

    private final PacketPool small;
    private final PacketPool large;
    private final ImageHost image;
    private final int mtu;
    private NetworkDevice cable;

    Frames(PacketPool small, PacketPool large, ImageHost image, int mtu) {
        this.small = small;
        this.large = large;
        this.image = image;
        this.mtu = mtu;
    }

    void cable(NetworkDevice device) {
        cable = device;
    }

    /** A packet for a frame of that length, empty; null if none is free. */
    Packet packet(int length) {
        return (length <= small.packetBytes() ? small : large).acquire(0);
    }

    /** A packet whose last bytes are for the payload, with all headers before it; null if it cannot be. */
    private Packet begin(int payload, int protocol, IpAddress source, IpAddress destination, int hopLimit) {
        boolean v4 = source.isV4();
        int header = v4 ? Ipv4Header.LENGTH : Ipv6Header.LENGTH;
        if (header + payload > mtu) {
            return null;
        }
        int length = EthernetHeader.LENGTH + header + payload;
        Packet packet = packet(length);
        if (packet == null) {
            return null;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.append(length);
        int ip = at + EthernetHeader.LENGTH;
        EthernetHeader.write(b, at, image.mac(), Addresses.ROUTER_MAC, v4 ? EthernetHeader.IPV4 : EthernetHeader.IPV6);
        if (v4) {
            Ipv4Header.write(b, ip, 0, header + payload, 0, Ipv4Header.DONT_FRAGMENT, hopLimit, protocol, source.v4(), destination.v4());
        } else {
            Ipv6Header.write(b, ip, 0, payload, protocol, hopLimit, source.high(), source.low(), destination.high(), destination.low());
        }
        return packet;
    }

    private void send(Packet packet) {
        if (!cable.transmit(packet)) {
            packet.release();
        }
    }

    /** The checksum with the pseudo header of a payload that begins at {@code at}. */
    private static int checksum(ByteBuffer b, int at, int length, int protocol, IpAddress source, IpAddress destination) {
        return Checksum.finish(Checksum.pseudo(source.high(), source.low(), destination.high(), destination.low(), protocol, length)
            + Checksum.sum(b, at, length));
    }

    /** A datagram: all of {@code data} from its position on. */
    void datagram(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, ByteBuffer data) {
        int length = UdpHeader.LENGTH + data.remaining();
        Packet packet = begin(length, IpProtocol.UDP, source, destination, HOP_LIMIT);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.end() - length;
        UdpHeader.write(b, at, sourcePort, destinationPort, length);
        b.put(at + UdpHeader.LENGTH, data, data.position(), data.remaining());
        int sum = checksum(b, at, length, IpProtocol.UDP, source, destination);
        b.putShort(at + UdpHeader.CHECKSUM, (short) (sum == 0 ? 0xffff : sum)); // RFC 768: zero means none
        send(packet);
    }

    /** A TCP segment of a header alone. */
    void segment(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, int sequence, int acknowledgment, int flags) {
        Packet packet = begin(TcpFlows.HEADER, IpProtocol.TCP, source, destination, HOP_LIMIT);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.end() - TcpFlows.HEADER;
        b.putShort(at, (short) sourcePort).putShort(at + 2, (short) destinationPort).putInt(at + 4, sequence).putInt(at + 8, acknowledgment);
        b.putShort(at + 12, (short) (0x5000 | flags)).putShort(at + 14, (short) 0).putInt(at + 16, 0);
        b.putShort(at + 16, (short) checksum(b, at, TcpFlows.HEADER, IpProtocol.TCP, source, destination));
        send(packet);
    }

    /** Tells the image that a packet of its own went nowhere. */
    void unreachable(Unreachable why, ImagePacket original) {
        boolean v6 = original.source().isV6();
        int quote = Math.min(original.end() - original.start(), v6 ? QUOTE_V6 : QUOTE_V4);
        ByteBuffer message = ByteBuffer.allocate(IcmpHeader.LENGTH + quote);
        IcmpHeader.write(message, 0, v6 ? IcmpHeader.V6_UNREACHABLE : IcmpHeader.V4_UNREACHABLE, why.code(v6), 0);
        message.put(IcmpHeader.LENGTH, original.buffer(), original.start(), quote);
        icmp(Addresses.router(v6), original.source(), HOP_LIMIT, message);
    }

    /** A message of neighbour discovery: all of {@code message}, whose checksum is filled in. */
    void neighbourDiscovery(IpAddress source, IpAddress destination, ByteBuffer message) {
        icmp(source, destination, LINK_HOP_LIMIT, message);
    }

    private void icmp(IpAddress source, IpAddress destination, int hopLimit, ByteBuffer message) {
        int length = message.capacity();
        int protocol = source.isV4() ? IpProtocol.ICMP_V4 : IpProtocol.ICMP_V6;
        Packet packet = begin(length, protocol, source, destination, hopLimit);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.end() - length;
        b.put(at, message, 0, length);
        b.putShort(at + IcmpHeader.CHECKSUM, (short) (source.isV4() ? Checksum.finish(Checksum.sum(b, at, length))
            : checksum(b, at, length, protocol, source, destination)));
        send(packet);
    }
}
