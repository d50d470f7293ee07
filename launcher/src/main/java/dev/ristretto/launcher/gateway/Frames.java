package dev.ristretto.launcher.gateway;

import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** Frames that the gateway sends to the image without a stack. What the cable does not take is lost, as on any network. */
final class Frames {
    /** Codes of ICMP's "destination unreachable" (RFC 792). */
    static final int NETWORK = 0;
    static final int HOST = 1;
    static final int PORT = 3;

    private static final int HOP_LIMIT = 64;
    private static final int HEADERS = EthernetHeader.LENGTH + Ipv4Header.LENGTH;
    /** What of the packet that could not be delivered is sent back: its headers, at least 8 bytes more. */
    private static final int QUOTE = 68;

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

    private Packet begin(int payload, int protocol, int source, int destination) {
        if (Ipv4Header.LENGTH + payload > mtu) {
            return null;
        }
        Packet packet = packet(HEADERS + payload);
        if (packet != null) {
            int at = packet.append(HEADERS + payload);
            EthernetHeader.write(packet.buffer(), at, image.mac(), Addresses.ROUTER_MAC, EthernetHeader.IPV4);
            Ipv4Header.write(packet.buffer(), at + EthernetHeader.LENGTH, 0, Ipv4Header.LENGTH + payload, 0, Ipv4Header.DONT_FRAGMENT, HOP_LIMIT,
                    protocol, source, destination);
        }
        return packet;
    }

    private void send(Packet packet) {
        if (!cable.transmit(packet)) {
            packet.release();
        }
    }

    private static long pseudo(int source, int destination, int protocol, int length) {
        return (source & 0xffffffffL) + (destination & 0xffffffffL) + protocol + length;
    }

    /** A datagram: all of {@code data} from its position on. */
    void datagram(int source, int sourcePort, int destination, int destinationPort, ByteBuffer data) {
        int length = UdpHeader.LENGTH + data.remaining();
        Packet packet = begin(length, IpProtocol.UDP, source, destination);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start() + HEADERS;
        UdpHeader.write(b, at, sourcePort, destinationPort, length);
        b.put(at + UdpHeader.LENGTH, data, data.position(), data.remaining());
        int sum = Checksum.finish(pseudo(source, destination, IpProtocol.UDP, length) + Checksum.sum(b, at, length));
        b.putShort(at + UdpHeader.CHECKSUM, (short) (sum == 0 ? 0xffff : sum)); // RFC 768: zero means none
        send(packet);
    }

    /** A TCP segment of a header alone. */
    void segment(int source, int sourcePort, int destination, int destinationPort, int sequence, int acknowledgment, int flags) {
        Packet packet = begin(TcpFlows.HEADER, IpProtocol.TCP, source, destination);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start() + HEADERS;
        b.putShort(at, (short) sourcePort).putShort(at + 2, (short) destinationPort).putInt(at + 4, sequence).putInt(at + 8, acknowledgment);
        b.putShort(at + 12, (short) (0x5000 | flags)).putShort(at + 14, (short) 0).putInt(at + 16, 0);
        b.putShort(at + 16, (short) Checksum.finish(pseudo(source, destination, IpProtocol.TCP, TcpFlows.HEADER)
            + Checksum.sum(b, at, TcpFlows.HEADER)));
        send(packet);
    }

    /** Tells the image that a packet of its own, which {@code original} holds from its IP header on, went nowhere. */
    void unreachable(int code, byte[] original) {
        int quote = Math.min(original.length, QUOTE);
        ByteBuffer from = ByteBuffer.wrap(original);
        Packet packet = begin(IcmpHeader.LENGTH + quote, IpProtocol.ICMP_V4, Addresses.ROUTER, Ipv4Header.source(from, 0));
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int at = packet.start() + HEADERS;
        IcmpHeader.write(b, at, IcmpHeader.V4_UNREACHABLE, code, 0);
        b.put(at + IcmpHeader.LENGTH, original, 0, quote);
        b.putShort(at + IcmpHeader.CHECKSUM, (short) Checksum.finish(Checksum.sum(b, at, IcmpHeader.LENGTH + quote)));
        send(packet);
    }
}
