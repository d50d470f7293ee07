package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** How a UDP socket sends: the way that datagrams take, and whether there was no room for one. Under the stack's lock. */
final class UdpSending {
    private final Udp udp;
    private final UdpOptions options;
    /** The way to the connected peer, or that of the last datagram; null if there is none. */
    IpPath path;
    /** There was no packet, or no room in a card; the socket is told when there is. */
    boolean isBlocked;

    UdpSending(Udp udp, UdpOptions options) {
        this.udp = udp;
        this.options = options;
    }

    /** The way of the last datagram is kept, for the next one mostly goes there too. @param from null if the route is to say */
    IpPath pathTo(IpAddress from, IpAddress address) throws NetworkException {
        if (path == null || !path.remote().equals(address) || !path.isValid()) {
            path = newPath(from, address);
        }
        return path;
    }

    IpPath newPath(IpAddress from, IpAddress address) throws NetworkException {
        return udp.ip.path(from, address, address.isMulticast() ? options.multicastInterface : 0);
    }

    /** Sends all of a buffer as one datagram. @return its bytes, or {@link Socket#WOULD_BLOCK} */
    int transmit(ByteBuffer source, IpPath to, int localPort, int port) throws NetworkException {
        int bytes = source.remaining();
        int length = bytes + UdpHeader.LENGTH;
        boolean group = to.remote().isMulticast();
        if (length > 65535 - (to.remote().isV4() ? 20 : 0) || options.dontFragment && length + to.headerLength() > to.mtu()) {
            throw Errno.EMSGSIZE.exception();
        }
        if (!to.isValid()) {
            throw Errno.ENETUNREACH.exception();
        }
        Packet packet = udp.ip.allocate(length);
        if (packet == null) {
            isBlocked = true;
            udp.refused();
            return Socket.WOULD_BLOCK;
        }
        int at = packet.append(length);
        UdpHeader.write(packet.buffer(), at, localPort, port, length);
        packet.buffer().put(at + UdpHeader.LENGTH, source, source.position(), bytes);
        source.position(source.limit());
        int hopLimit = group ? options.multicastHopLimit : options.hopLimit;
        udp.context.statistics().count(Counter.UDP_OUT);
        boolean everybody = group || udp.ip.isBroadcast(to.remote());
        if (everybody) {
            udp.ip.outputGroup(to, packet, IpProtocol.UDP, UdpHeader.CHECKSUM, hopLimit, options.trafficClass, !options.dontFragment,
                    !group || options.multicastLoop);
        } else if (!udp.ip.output(to, packet, IpProtocol.UDP, UdpHeader.CHECKSUM, hopLimit, options.trafficClass, !options.dontFragment)) {
            // The datagram is lost, as UDP's may be; the next one waits for room.
            isBlocked = true;
            udp.refused();
        }
        return bytes;
    }
}
