package dev.ristretto.network.middleware;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.ArpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** A frame as one line of text. Whatever is in the frame, there is a line. */
final class FrameText {
    private static final String FLAGS = "FSRPAUEC";

    private FrameText() {
    }

    static void append(StringBuilder line, Packet packet) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int end = packet.end();
        if (end - at < EthernetHeader.LENGTH) {
            line.append("runt");
        } else {
            int type = EthernetHeader.type(b, at);
            int content = at + EthernetHeader.LENGTH;
            if (type == EthernetHeader.ARP && end - content >= ArpMessage.LENGTH) {
                arp(line, b, content);
            } else if (type == EthernetHeader.IPV4 && end - content >= Ipv4Header.LENGTH) {
                ipv4(line, b, content, end);
            } else if (type == EthernetHeader.IPV6 && end - content >= Ipv6Header.LENGTH) {
                ipv6(line, b, content, end);
            } else {
                line.append(new MacAddress(EthernetHeader.source(b, at))).append(" > ").append(new MacAddress(EthernetHeader.destination(b, at)))
                    .append(" type 0x").append(Integer.toHexString(type));
            }
        }
        line.append(' ').append(end - at).append(" bytes");
        if (packet.gsoSize() != 0) {
            line.append(" in segments of ").append(packet.gsoSize());
        }
    }

    private static void arp(StringBuilder line, ByteBuffer b, int at) {
        IpAddress sender = IpAddress.ofV4(ArpMessage.senderIp(b, at));
        IpAddress target = IpAddress.ofV4(ArpMessage.targetIp(b, at));
        if (ArpMessage.operation(b, at) == ArpMessage.REQUEST) {
            line.append("ARP who has ").append(target).append("? tell ").append(sender);
        } else {
            line.append("ARP ").append(sender).append(" is at ").append(new MacAddress(ArpMessage.senderMac(b, at)));
        }
    }

    private static void ipv4(StringBuilder line, ByteBuffer b, int at, int end) {
        int fragment = Ipv4Header.fragment(b, at);
        int offset = (fragment & 0x1fff) * 8;
        int transport = at + Math.max(Ipv4Header.LENGTH, Ipv4Header.headerLength(b, at));
        transport(line, b, offset == 0 ? transport : end, end, Ipv4Header.protocol(b, at), IpAddress.ofV4(Ipv4Header.source(b, at)).toString(),
                IpAddress.ofV4(Ipv4Header.destination(b, at)).toString());
        if ((fragment & (0x1fff | Ipv4Header.MORE_FRAGMENTS)) != 0) {
            line.append(" fragment at ").append(offset);
        }
    }

    private static void ipv6(StringBuilder line, ByteBuffer b, int at, int end) {
        transport(line, b, at + Ipv6Header.LENGTH, end, Ipv6Header.nextHeader(b, at),
                IpAddress.ofV6(Ipv6Header.sourceHigh(b, at), Ipv6Header.sourceLow(b, at)).toString(),
                IpAddress.ofV6(Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at)).toString());
    }

    private static void transport(StringBuilder line, ByteBuffer b, int at, int end, int protocol, String source, String destination) {
        boolean ports = (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) && end - at >= 4;
        line.append(source);
        if (ports) {
            line.append(" port ").append(b.getShort(at) & 0xffff);
        }
        line.append(" > ").append(destination);
        if (ports) {
            line.append(" port ").append(b.getShort(at + 2) & 0xffff);
        }
        switch (protocol) {
            case IpProtocol.UDP -> line.append(" UDP");
            case IpProtocol.TCP -> tcp(line, b, at, end);
            case IpProtocol.ICMP_V4, IpProtocol.ICMP_V6 -> {
                line.append(" ICMP");
                if (end - at >= 2) {
                    line.append(" type ").append(b.get(at) & 0xff).append(" code ").append(b.get(at + 1) & 0xff);
                }
            }
            default -> line.append(" protocol ").append(protocol);
        }
    }

    private static void tcp(StringBuilder line, ByteBuffer b, int at, int end) {
        line.append(" TCP");
        if (end - at < 20) {
            return;
        }
        line.append(' ');
        for (int bit = 0; bit < 8; bit++) {
            if ((b.get(at + 13) >> bit & 1) != 0) {
                line.append(FLAGS.charAt(bit));
            }
        }
        line.append(" seq ").append(b.getInt(at + 4) & 0xffffffffL).append(" ack ").append(b.getInt(at + 8) & 0xffffffffL).append(" win ")
            .append(b.getShort(at + 14) & 0xffff);
    }
}
