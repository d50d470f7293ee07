package dev.ristretto.network.icmp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IcmpErrors;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.IcmpHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** Sends ICMP errors of both versions, where RFC 1122 §3.2.2 and RFC 4443 §2.4 allow it. Under the stack's lock. */
public final class ErrorSender implements IcmpErrors {
    private static final long MAPPED = 0xffffL << 32;
    /** Bytes of an error in all: RFC 1812 §4.3.2.3, RFC 4443 §2.4 c. */
    private static final int MOST_V4 = 576;
    private static final int MOST_V6 = 1280;

    private final StackContext context;
    private final Ip ip;
    private final ErrorLimiter limiter = new ErrorLimiter();

    public ErrorSender(StackContext context, Ip ip) {
        this.context = context;
        this.ip = ip;
    }

    @Override
    public void send(Interface from, Packet packet, Problem problem, int pointer) {
        int at = packet.networkHeader();
        ByteBuffer b = packet.buffer();
        if (Ipv4Header.version(b, at) == 4) {
            sendV4(from, packet, at, problem, pointer);
        } else {
            sendV6(from, packet, at, problem, pointer);
        }
    }

    private void sendV4(Interface from, Packet packet, int at, Problem problem, int pointer) {
        ByteBuffer b = packet.buffer();
        int header = Ipv4Header.headerLength(b, at);
        int source = Ipv4Header.source(b, at);
        boolean laterFragment = problem != Problem.REASSEMBLY_TIMEOUT && (Ipv4Header.fragment(b, at) & 0x1fff) != 0;
        if (laterFragment || source == 0 || isErrorV4(b, at + header, packet.end(), Ipv4Header.protocol(b, at))) {
            return;
        }
        int type = switch (problem) {
            case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE -> IcmpHeader.V4_UNREACHABLE;
            case REASSEMBLY_TIMEOUT -> IcmpHeader.V4_TIME_EXCEEDED;
            case HEADER_FIELD, UNKNOWN_OPTION -> IcmpHeader.V4_PARAMETER_PROBLEM;
        };
        int code = switch (problem) {
            case PORT_UNREACHABLE -> 3;
            case PROTOCOL_UNREACHABLE -> 2;
            case REASSEMBLY_TIMEOUT -> 1;
            case HEADER_FIELD, UNKNOWN_OPTION -> 0;
        };
        Packet error = quote(packet, at, MOST_V4 - Ipv4Header.LENGTH, type, code, type == IcmpHeader.V4_PARAMETER_PROBLEM ? pointer << 24 : 0);
        if (error != null) {
            ip.answer(from, 0, MAPPED | Ipv4Header.destination(b, at) & 0xffffffffL, 0, MAPPED | source & 0xffffffffL, error, IpProtocol.ICMP_V4,
                    IcmpHeader.CHECKSUM, IpLayer.DEFAULT_HOP_LIMIT, 0xc0);
        }
    }

    private static boolean isErrorV4(ByteBuffer b, int at, int end, int protocol) {
        if (protocol != IpProtocol.ICMP_V4) {
            return false;
        }
        int type = at < end ? IcmpHeader.type(b, at) : IcmpHeader.V4_UNREACHABLE;
        return type != IcmpHeader.V4_ECHO_REPLY && type != IcmpHeader.V4_ECHO_REQUEST;
    }

    private void sendV6(Interface from, Packet packet, int at, Problem problem, int pointer) {
        ByteBuffer b = packet.buffer();
        long high = Ipv6Header.sourceHigh(b, at);
        long low = Ipv6Header.sourceLow(b, at);
        boolean toGroup = IpAddress.isMulticast(Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at));
        int next = Ipv6Header.nextHeader(b, at);
        boolean aboutError = next == IpProtocol.ICMP_V6 && (packet.end() <= at + Ipv6Header.LENGTH || IcmpHeader.type(b, at + Ipv6Header.LENGTH) < 128);
        if (high == 0 && low == 0 || aboutError || toGroup && problem != Problem.UNKNOWN_OPTION) {
            return;
        }
        int type = switch (problem) {
            case PORT_UNREACHABLE -> IcmpHeader.V6_UNREACHABLE;
            case REASSEMBLY_TIMEOUT -> IcmpHeader.V6_TIME_EXCEEDED;
            case PROTOCOL_UNREACHABLE, HEADER_FIELD, UNKNOWN_OPTION -> IcmpHeader.V6_PARAMETER_PROBLEM;
        };
        int code = switch (problem) {
            case PORT_UNREACHABLE -> 4;
            case REASSEMBLY_TIMEOUT, PROTOCOL_UNREACHABLE -> 1;
            case HEADER_FIELD -> 0;
            case UNKNOWN_OPTION -> 2;
        };
        Packet error = quote(packet, at, MOST_V6 - Ipv6Header.LENGTH, type, code, type == IcmpHeader.V6_PARAMETER_PROBLEM ? pointer : 0);
        if (error != null) {
            ip.answer(from, Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at), high, low, error, IpProtocol.ICMP_V6, IcmpHeader.CHECKSUM,
                    IpLayer.DEFAULT_HOP_LIMIT, 0);
        }
    }

    private Packet quote(Packet packet, int at, int most, int type, int code, int rest) {
        if (!limiter.pass(context.clock().nanos())) {
            context.statistics().count(Counter.ICMP_RATE_LIMITED);
            return null;
        }
        int quoted = Math.min(packet.end() - at, most - IcmpHeader.LENGTH);
        Packet error = ip.allocate(IcmpHeader.LENGTH + quoted);
        if (error != null) {
            int start = error.append(IcmpHeader.LENGTH + quoted);
            IcmpHeader.write(error.buffer(), start, type, code, rest);
            error.buffer().put(start + IcmpHeader.LENGTH, packet.buffer(), at, quoted);
            context.statistics().count(Counter.ICMP_OUT);
        }
        return error;
    }
}
