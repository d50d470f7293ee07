package udpecho;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends each datagram back to where it came from; on one port with a {@code DatagramSocket}, on the next with a {@code DatagramChannel}.
 * The argument is the first port, 7007 without one.
 *
 * <pre>{@code
 * ./ristretto run -p 7007:7007/udp -p 7008:7008/udp examples/udp-echo
 * echo hello | nc -u -w1 localhost 7007
 * }</pre>
 */
public final class UdpEcho {
    private static final int LARGEST_DATAGRAM = 65507;

    private UdpEcho() {
    }

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 7007;
        DatagramSocket socket = new DatagramSocket(port);
        DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(port + 1));
        Thread first = Thread.startVirtualThread(() -> echo(socket));
        Thread second = Thread.startVirtualThread(() -> echo(channel));
        System.out.println("Listening on ports " + port + " and " + (port + 1));
        first.join();
        second.join();
    }

    private static void echo(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (true) {
            try {
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                socket.send(packet);
            } catch (IOException e) {
                System.err.println("Not sent back: " + e);
            }
        }
    }

    private static void echo(DatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        while (true) {
            try {
                SocketAddress from = channel.receive(buffer.clear());
                channel.send(buffer.flip(), from);
            } catch (IOException e) {
                System.err.println("Not sent back: " + e);
            }
        }
    }
}
