package dev.ristretto.network.icmp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Transport;
import dev.ristretto.network.ip.Transports;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** ICMP for IPv6 (RFC 4443). Messages of neighbour discovery and MLD go to those who know them. Under the stack's lock. */
public final class IcmpV6 implements Transport {
    /** Takes messages of some types. */
    @FunctionalInterface
    public interface Handler {
        /** A message with a right checksum and at least its first 8 bytes; not consumed. */
        void input(Packet packet, IpInput from);
    }

    private final StackContext context;
    private final Ip ip;
    private final Transports transports;
    private final ErrorLimiter echoes = new ErrorLimiter();
    private final Handler[] handlers = new Handler[256];

    public IcmpV6(StackContext context, Ip ip, Transports transports) {
        this.context = context;
        this.ip = ip;
        this.transports = transports;
    }

    /** Sets who takes messages of a type. */
    public void handler(int type, Handler handler) {
        handlers[type] = handler;
    }

    @Override
    public int protocol() {
        return IpProtocol.ICMP_V6;
    }

    @Override
    public void input(Packet packet, IpInput from) {
        context.statistics().count(Counter.ICMP_IN);
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        if (packet.length() < IcmpHeader.LENGTH) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            packet.release();
            return;
        }
        int type = IcmpHeader.type(b, at);
        if (handlers[type] != null) {
            handlers[type].input(packet, from);
        } else if (type == IcmpHeader.V6_ECHO_REQUEST && (!from.toGroup || from.destinationHigh == 0xff02L << 48 && from.destinationLow == 1)) {
            // A ping to all nodes of the link is answered: people look for their machines that way. No other group's is.
            IcmpV4.Echo.answer(context, ip, echoes, packet, from, IcmpHeader.V6_ECHO_REPLY, IpProtocol.ICMP_V6);
        } else if (type >= IcmpHeader.V6_UNREACHABLE && type <= IcmpHeader.V6_PARAMETER_PROBLEM && !from.toGroup) {
            error(packet, at);
        }
        packet.release();
    }

    private void error(Packet packet, int at) {
        context.statistics().count(Counter.ICMP_ERRORS_IN);
        ByteBuffer b = packet.buffer();
        int type = IcmpHeader.type(b, at);
        int code = IcmpHeader.code(b, at);
        int quoted = at + IcmpHeader.LENGTH;
        int mtu = 0;
        if (packet.end() - quoted < Ipv6Header.LENGTH || !ip.isLocal(Ipv6Header.sourceHigh(b, quoted), Ipv6Header.sourceLow(b, quoted))) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        if (type == IcmpHeader.V6_PACKET_TOO_BIG) {
            long claimed = b.getInt(at + 4) & 0xffffffffL;
            if (Ipv6Header.payloadLength(b, quoted) + Ipv6Header.LENGTH > claimed) {
                mtu = ip.packetTooBig(Ipv6Header.destinationHigh(b, quoted), Ipv6Header.destinationLow(b, quoted), (int) claimed);
            }
            if (mtu == 0) {
                return;
            }
        }
        boolean hard = type == IcmpHeader.V6_UNREACHABLE && (code == 1 || code == 4) || type == IcmpHeader.V6_PARAMETER_PROBLEM;
        transports.quoted(packet, quoted, packet.end(), errno(type, code), hard, mtu, false);
    }

    /** As Linux reports them. */
    private static Errno errno(int type, int code) {
        return switch (type) {
            case IcmpHeader.V6_PACKET_TOO_BIG -> Errno.EMSGSIZE;
            case IcmpHeader.V6_PARAMETER_PROBLEM -> Errno.EPROTONOSUPPORT;
            case IcmpHeader.V6_TIME_EXCEEDED -> Errno.EHOSTUNREACH;
            default -> switch (code) {
                case 0 -> Errno.ENETUNREACH;
                case 1, 5, 6 -> Errno.EACCES;
                case 4 -> Errno.ECONNREFUSED;
                default -> Errno.EHOSTUNREACH;
            };
        };
    }

    @Override
    public void error(IpError error, Packet quoted, int at) {
        // About a ping or an error of ours: nobody waits for it.
    }

    @Override
    public void outputReady() {
    }
}
