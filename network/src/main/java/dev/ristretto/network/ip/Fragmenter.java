package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;

/** Cuts packets that are too large for their way (RFC 791 §3.2, RFC 8200 §4.5). */
final class Fragmenter {
    private final Ip ip;
    private final StackContext context;

    Fragmenter(Ip ip, StackContext context) {
        this.ip = ip;
        this.context = context;
    }

    /** Sends a transport's packet, checksum complete, in fragments. Takes it. Returns false if one of them was dropped for want of room: the rest is in vain. */
    boolean cut(Interface out, Neighbour neighbour, long fromHigh, long fromLow, long toHigh, long toLow, Packet packet, int protocol, int hopLimit,
            int trafficClass, int mtu) {
        boolean v4 = IpAddress.isV4(toHigh, toLow);
        int headers = v4 ? Ipv4Header.LENGTH : Ipv6Header.LENGTH + Ipv6Header.FRAGMENT_LENGTH;
        int most = mtu - headers & ~7;
        int identification = ip.nextIdentification();
        int length = packet.length();
        boolean sent = true;
        for (int offset = 0; offset < length && sent; offset += most) {
            int bytes = Math.min(most, length - offset);
            boolean more = offset + bytes < length;
            Packet fragment = ip.allocate(bytes);
            if (fragment == null) {
                sent = false;
                break;
            }
            fragment.append(bytes);
            fragment.buffer().put(fragment.start(), packet.buffer(), packet.start() + offset, bytes);
            int at = fragment.push(headers);
            fragment.networkHeader(at);
            if (v4) {
                Ipv4Header.write(fragment.buffer(), at, trafficClass, headers + bytes, identification & 0xffff,
                        offset >> 3 | (more ? Ipv4Header.MORE_FRAGMENTS : 0), hopLimit, protocol, (int) fromLow, (int) toLow);
            } else {
                Ipv6Header.write(fragment.buffer(), at, trafficClass, bytes + Ipv6Header.FRAGMENT_LENGTH, IpProtocol.FRAGMENT, hopLimit, fromHigh, fromLow,
                        toHigh, toLow);
                Ipv6Header.writeFragment(fragment.buffer(), at + Ipv6Header.LENGTH, protocol, offset, more, identification);
            }
            context.statistics().count(Counter.FRAGMENTS_OUT);
            sent = ip.transmit(out, neighbour, fragment, toHigh, toLow);
        }
        packet.release();
        return sent;
    }
}
