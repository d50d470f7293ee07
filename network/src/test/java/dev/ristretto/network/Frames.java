package dev.ristretto.network;

import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** Repairs frames, so that damage elsewhere is found by somebody else than the checksum. */
final class Frames {
    private Frames() {
    }

    /** Makes the checksums right, as far as the frame can be understood. */
    static void fix(byte[] frame) {
        ByteBuffer b = ByteBuffer.wrap(frame);
        if (frame.length < 34) {
            return;
        }
        int at = 14;
        int type = EthernetHeader.type(b, 0);
        if (type == EthernetHeader.IPV4) {
            int header = Math.max(20, Ipv4Header.headerLength(b, at));
            if (at + header > frame.length) {
                return;
            }
            b.putShort(at + 10, (short) 0);
            b.putShort(at + 10, (short) Checksum.finish(Checksum.sum(b, at, header)));
            int end = Math.min(frame.length, at + Ipv4Header.totalLength(b, at));
            transport(b, at + header, end, Ipv4Header.protocol(b, at), 0, mapped(Ipv4Header.source(b, at)), 0, mapped(Ipv4Header.destination(b, at)));
        } else if (type == EthernetHeader.IPV6 && frame.length >= 54) {
            int end = Math.min(frame.length, at + 40 + Ipv6Header.payloadLength(b, at));
            transport(b, at + 40, end, Ipv6Header.nextHeader(b, at), Ipv6Header.sourceHigh(b, at), Ipv6Header.sourceLow(b, at),
                    Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at));
        }
    }

    private static long mapped(int v4) {
        return 0xffff_0000_0000L | v4 & 0xffffffffL;
    }

    private static void transport(ByteBuffer b, int at, int end, int protocol, long sh, long sl, long dh, long dl) {
        int field = switch (protocol) {
            case IpProtocol.TCP -> 16;
            case IpProtocol.UDP -> 6;
            case IpProtocol.ICMP_V4, IpProtocol.ICMP_V6, IpProtocol.IGMP -> 2;
            default -> -1;
        };
        if (field < 0 || at + field + 2 > end) {
            return;
        }
        b.putShort(at + field, (short) 0);
        long pseudo = protocol == IpProtocol.ICMP_V4 || protocol == IpProtocol.IGMP ? 0 : Checksum.pseudo(sh, sl, dh, dl, protocol, end - at);
        b.putShort(at + field, (short) Checksum.finish(pseudo + Checksum.sum(b, at, end - at)));
    }
}
