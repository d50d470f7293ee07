package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.wire.DhcpMessage;
import java.nio.ByteBuffer;

/** Gives the image its address, router and name server (RFC 2131), in one exchange if it asks for that (RFC 4039). */
final class DhcpService {
    private static final int LEASE_SECONDS = 86_400;
    private static final int BROADCAST_FLAG = 0x8000;

    private final ImageHost image;
    private final UdpSocket socket;
    private final ByteBuffer in = ByteBuffer.allocate(1500);
    private final ByteBuffer out = ByteBuffer.allocate(512);
    private final Datagram from = new Datagram();

    DhcpService(Network network, GatewayLoop loop, ImageHost image) throws NetworkException {
        this.image = image;
        socket = network.openUdp(false);
        socket.setOption(SocketOption.BROADCAST, 1);
        socket.bind(IpAddress.ANY_V4, DhcpMessage.SERVER_PORT);
        socket.setListener(() -> loop.later(this::serve));
    }

    private void serve() {
        try {
            while (socket.receive(in.clear(), from) != Socket.WOULD_BLOCK) {
                in.flip();
                if (in.limit() >= DhcpMessage.FIXED && DhcpMessage.operation(in, 0) == DhcpMessage.BOOT_REQUEST
                        && DhcpMessage.magic(in, 0) == DhcpMessage.MAGIC) {
                    answer();
                }
            }
        } catch (NetworkException e) {
            return; // no room now; the image asks again
        }
    }

    private void answer() throws NetworkException {
        int end = in.limit();
        int type = DhcpMessage.type(in, 0, end);
        if (type != DhcpMessage.DISCOVER && type != DhcpMessage.REQUEST) {
            return;
        }
        int server = DhcpMessage.findInt(in, 0, end, DhcpMessage.OPTION_SERVER, Addresses.ROUTER.v4());
        if (server != Addresses.ROUTER.v4()) {
            return; // it chose another one
        }
        boolean commit = type == DhcpMessage.DISCOVER && DhcpMessage.find(in, 0, end, DhcpMessage.OPTION_RAPID_COMMIT) >= 0;
        int wanted = DhcpMessage.findInt(in, 0, end, DhcpMessage.OPTION_REQUESTED, in.getInt(12));
        int reply = type == DhcpMessage.DISCOVER ? commit ? DhcpMessage.ACK : DhcpMessage.OFFER
            : wanted == Addresses.IMAGE ? DhcpMessage.ACK : DhcpMessage.NAK;
        boolean broadcast = (in.getShort(10) & BROADCAST_FLAG) != 0;
        out.clear();
        DhcpMessage.write(out, 0, DhcpMessage.BOOT_REPLY, DhcpMessage.transaction(in, 0), 0, broadcast, in.getInt(12), DhcpMessage.hardware(in, 0));
        out.putInt(16, reply == DhcpMessage.NAK ? 0 : Addresses.IMAGE);
        out.position(DhcpMessage.FIXED);
        out.put((byte) DhcpMessage.OPTION_TYPE).put((byte) 1).put((byte) reply);
        put(DhcpMessage.OPTION_SERVER, Addresses.ROUTER.v4());
        if (reply != DhcpMessage.NAK) {
            put(DhcpMessage.OPTION_MASK, Addresses.MASK);
            put(DhcpMessage.OPTION_ROUTER, Addresses.ROUTER.v4());
            put(DhcpMessage.OPTION_DNS, Addresses.NAMES.v4());
            put(DhcpMessage.OPTION_LEASE, LEASE_SECONDS);
        }
        if (commit) {
            out.put((byte) DhcpMessage.OPTION_RAPID_COMMIT).put((byte) 0);
        }
        out.put((byte) DhcpMessage.OPTION_END).flip();
        boolean renews = in.getInt(12) != 0 && reply == DhcpMessage.ACK;
        socket.send(out, renews ? IpAddress.ofV4(in.getInt(12)) : IpAddress.BROADCAST, DhcpMessage.CLIENT_PORT);
        if (reply == DhcpMessage.ACK) {
            // What others send it now is behind this on the cable.
            image.isAt(IpAddress.ofV4(Addresses.IMAGE));
        }
    }

    private void put(int option, int value) {
        out.put((byte) option).put((byte) 4).putInt(value);
    }
}
