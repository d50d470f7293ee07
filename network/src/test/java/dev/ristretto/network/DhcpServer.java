package dev.ristretto.network;

import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.wire.DhcpMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A small DHCP server on a host of the simulated world, for one client. */
final class DhcpServer {
    private final World.Host host;
    private final UdpSocket socket;
    /** Types of the messages that came, and whether they came to the server's own address. */
    final List<String> seen = new ArrayList<>();
    int offered = IpAddress.parse("10.0.0.50").v4();
    int leaseSeconds = 3600;
    boolean silent;
    boolean refuses;
    boolean rapid;

    DhcpServer(World.Host host) throws NetworkException {
        this.host = host;
        socket = host.network.openUdp(false);
        socket.setOption(SocketOption.BROADCAST, 1);
        socket.bind(IpAddress.ANY_V4, 67);
        socket.setListener(this::serve);
    }

    private void serve() {
        ByteBuffer in = ByteBuffer.allocate(1500);
        Datagram from = new Datagram();
        try {
            while (socket.receive(in.clear(), from) != Socket.WOULD_BLOCK) {
                answer(in.flip(), from);
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(ByteBuffer in, Datagram from) throws NetworkException {
        int type = DhcpMessage.type(in, 0, in.limit());
        boolean unicast = !from.destination().equals(IpAddress.BROADCAST);
        seen.add(type + (unicast ? "u" : ""));
        if (silent || type == DhcpMessage.DECLINE) {
            return;
        }
        int requested = DhcpMessage.findInt(in, 0, in.limit(), DhcpMessage.OPTION_REQUESTED, in.getInt(12));
        boolean commit = rapid && DhcpMessage.find(in, 0, in.limit(), DhcpMessage.OPTION_RAPID_COMMIT) >= 0;
        int answer = type == DhcpMessage.DISCOVER ? commit ? DhcpMessage.ACK : DhcpMessage.OFFER
            : refuses || requested != offered ? DhcpMessage.NAK : DhcpMessage.ACK;
        ByteBuffer out = ByteBuffer.allocate(400);
        DhcpMessage.write(out, 0, DhcpMessage.BOOT_REPLY, DhcpMessage.transaction(in, 0), 0, true, 0, DhcpMessage.hardware(in, 0));
        out.putInt(16, answer == DhcpMessage.NAK ? 0 : offered);
        out.position(DhcpMessage.FIXED);
        out.put(new byte[] {53, 1, (byte) answer, 54, 4, 10, 0, 0, 1});
        if (answer != DhcpMessage.NAK) {
            out.put(new byte[] {1, 4, -1, -1, -1, 0, 3, 4, 10, 0, 0, 1, 6, 8, 10, 0, 0, 1, 9, 9, 9, 9, 26, 2, 5, 0x78, 15, 4, 'c', 'o', 'r', 'p', 12, 2, 'v', 'm'});
            out.put((byte) 51).put((byte) 4).putInt(leaseSeconds);
            if (commit) {
                out.put((byte) 80).put((byte) 0);
            }
        }
        out.put((byte) 255).flip();
        if (unicast) {
            socket.send(out, from.source(), 68);
        } else {
            socket.send(out, IpAddress.BROADCAST, 68);
        }
    }

    World.Host host() {
        return host;
    }
}
