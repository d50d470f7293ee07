package dev.ristretto.network.icmp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Transport;
import dev.ristretto.network.ip.Transports;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv4Header;
import java.nio.ByteBuffer;

/** ICMP for IPv4 (RFC 792). Redirects are not followed: anybody can send one. Under the stack's lock. */
public final class IcmpV4 implements Transport {
    /** What routers that say no size mean, about: RFC 1191 §5's plateau that every link of today passes. */
    private static final int OLD_ROUTERS_MTU = 1006;

    private final StackContext context;
    private final Ip ip;
    private final Transports transports;
    private final ErrorLimiter echoes = new ErrorLimiter();

    public IcmpV4(StackContext context, Ip ip, Transports transports) {
        this.context = context;
        this.ip = ip;
        this.transports = transports;
    }

    @Override
    public int protocol() {
        return IpProtocol.ICMP_V4;
    }

    @Override
    public void input(Packet packet, IpInput from) {
        context.statistics().count(Counter.ICMP_IN);
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        if (packet.length() < IcmpHeader.LENGTH || !packet.checksumValid() && Checksum.finish(Checksum.sum(b, at, packet.length())) != 0) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            packet.release();
            return;
        }
        switch (IcmpHeader.type(b, at)) {
            // A ping to everybody is not answered: that is what smurf attacks were made of.
            case IcmpHeader.V4_ECHO_REQUEST -> {
                if (!from.toGroup) {
                    Echo.answer(context, ip, echoes, packet, from, IcmpHeader.V4_ECHO_REPLY, IpProtocol.ICMP_V4);
                }
            }
            case IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_TIME_EXCEEDED, IcmpHeader.V4_PARAMETER_PROBLEM -> {
                if (!from.toGroup) {
                    error(packet, at);
                }
            }
            default -> {
            }
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
        if (packet.end() - quoted < Ipv4Header.LENGTH || !ip.isLocal(0, 0xffff_0000_0000L | Ipv4Header.source(b, quoted) & 0xffffffffL)) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        if (type == IcmpHeader.V4_UNREACHABLE && code == 4) {
            int claimed = b.getShort(at + 6) & 0xffff;
            claimed = claimed == 0 ? OLD_ROUTERS_MTU : claimed;
            // Only a packet that was larger can have met this (RFC 5927 §7.2).
            if (Ipv4Header.totalLength(b, quoted) > claimed) {
                mtu = ip.packetTooBig(0, 0xffff_0000_0000L | Ipv4Header.destination(b, quoted) & 0xffffffffL, claimed);
            }
            if (mtu == 0) {
                return;
            }
        }
        transports.quoted(packet, quoted, packet.end(), errno(type, code), isHard(type, code), mtu, true);
    }

    /** As Linux reports them. */
    private static Errno errno(int type, int code) {
        if (type == IcmpHeader.V4_PARAMETER_PROBLEM) {
            return Errno.EPROTONOSUPPORT;
        }
        if (type == IcmpHeader.V4_TIME_EXCEEDED) {
            return Errno.EHOSTUNREACH;
        }
        return switch (code) {
            case 0, 6, 9, 11 -> Errno.ENETUNREACH;
            case 2 -> Errno.ENOPROTOOPT;
            case 3 -> Errno.ECONNREFUSED;
            case 4 -> Errno.EMSGSIZE;
            case 5 -> Errno.EOPNOTSUPP;
            case 7 -> Errno.EHOSTDOWN;
            default -> Errno.EHOSTUNREACH;
        };
    }

    private static boolean isHard(int type, int code) {
        return type == IcmpHeader.V4_PARAMETER_PROBLEM || type == IcmpHeader.V4_UNREACHABLE && (code == 2 || code == 3 || code == 6 || code == 7 || code == 9
                || code == 10 || code == 13);
    }

    @Override
    public void error(IpError error, Packet quoted, int at) {
        // About a ping or an error of ours: nobody waits for it.
    }

    @Override
    public void outputReady() {
    }

    /** What both versions do with a ping. */
    static final class Echo {
        private Echo() {
        }

        /** Answers a ping with what it carries; the request is not consumed. */
        static void answer(StackContext context, IpLayer ip, ErrorLimiter limiter, Packet request, IpInput from, int type, int protocol) {
            if (!limiter.pass(context.clock().nanos())) {
                context.statistics().count(Counter.ICMP_RATE_LIMITED);
                return;
            }
            Packet reply = ip.allocate(request.length());
            if (reply != null) {
                int at = reply.append(request.length());
                reply.buffer().put(at, request.buffer(), request.start(), request.length());
                reply.buffer().putShort(at, (short) (type << 8));
                context.statistics().count(Counter.ICMP_OUT);
                ip.reply(from, reply, protocol, IcmpHeader.CHECKSUM, IpLayer.DEFAULT_HOP_LIMIT, from.trafficClass & ~3);
            }
        }
    }
}
