package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP between whole stacks: over a cable, and of a machine with itself. */
class StreamTest {
    private static final IpAddress A4 = IpAddress.parse("10.0.0.1");
    private static final IpAddress B4 = IpAddress.parse("10.0.0.2");
    private static final IpAddress A6 = IpAddress.parse("fd00::1");
    private static final IpAddress B6 = IpAddress.parse("fd00::2");
    private static final int PORT = 8080;

    private final World world = new World();
    private final World.Host a = world.host("a0", both(A4, A6));
    private final World.Host b = world.host("b0", both(B4, B6));

    private static NetworkConfiguration both(IpAddress v4, IpAddress v6) {
        return NetworkConfiguration.fixed(List.of(new InterfaceAddress(v4, 24), new InterfaceAddress(v6, 64)), List.of());
    }

    private static byte at(long index) {
        return (byte) (index * 31 + (index >> 8) * 7);
    }

    /** Sends so many bytes from one to the other, and checks each. */
    private void transfer(TcpSocket from, TcpSocket to, int length) throws NetworkException {
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            out.put(i, at(i));
        }
        ByteBuffer in = ByteBuffer.allocateDirect(5000);
        int received = 0;
        for (int idle = 0; received < length;) {
            int sent = out.hasRemaining() ? from.write(out) : 0;
            world.settle();
            int count = to.read(in.clear());
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    if (in.get(i) != at(received + i)) {
                        throw new AssertionError("byte " + (received + i) + " is wrong");
                    }
                }
                received += count;
                idle = 0;
            } else if (sent <= 0) {
                assertTrue(++idle < 100, "nothing moves");
                world.run(0.3);
            }
        }
        assertEquals(Socket.WOULD_BLOCK, to.read(in.clear()));
    }

    private void nothingLeaks() {
        world.run(200);
        assertEquals(0, a.network.packetsInUse());
        assertEquals(0, b.network.packetsInUse());
        assertEquals(0, a.card.pool.inUse());
        assertEquals(0, b.card.pool.inUse());
    }

    private record Pair(TcpSocket client, TcpSocket server) {
    }

    private Pair pair(World.Host from, World.Host to, IpAddress address) throws NetworkException {
        TcpListener listener = to.network.listen(address.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6, PORT, 5);
        TcpSocket client = from.network.openTcp(address.isV6());
        assertFalse(client.connect(address, PORT));
        world.run(0.1);
        assertTrue(client.finishConnect());
        assertEquals(Readiness.READABLE, listener.readiness());
        TcpSocket server = listener.accept();
        assertNull(listener.accept());
        listener.close();
        assertEquals(client.localPort(), server.remotePort());
        assertEquals(client.localAddress(), server.remoteAddress());
        assertEquals(PORT, server.localPort());
        return new Pair(client, server);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 1", "10.0.0.2, 300000", "fd00::2, 300000"})
    void bytesCrossTheCableBothWays(String address, int length) throws NetworkException {
        Pair pair = pair(a, b, IpAddress.parse(address));
        transfer(pair.client, pair.server, length);
        transfer(pair.server, pair.client, length);
        pair.client.close();
        world.run(0.1);
        assertEquals(Socket.END, pair.server.read(ByteBuffer.allocate(1)));
        pair.server.close();
        nothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1"})
    void bytesComeBackToTheMachineItself(String address) throws NetworkException {
        Pair pair = pair(a, a, IpAddress.parse(address));
        transfer(pair.client, pair.server, 1_000_000);
        transfer(pair.server, pair.client, 100_000);
        pair.server.close();
        pair.client.close();
        nothingLeaks();
    }

    @Test
    void aFullRingOnlyDelays() throws NetworkException {
        Pair pair = pair(a, b, B4);
        a.card.ring = 0;
        ByteBuffer out = ByteBuffer.allocate(50_000);
        assertEquals(50_000, pair.client.write(out));
        world.run(0.1);
        assertEquals(0, pair.server.available());
        a.card.ring = Integer.MAX_VALUE;
        a.card.listener().transmitReady();
        world.run(1);
        assertEquals(50_000, pair.server.available());
        pair.server.close();
        pair.client.close();
        nothingLeaks();
    }

    /** Who does not read holds some of the card's buffers, and leaves the others to those who do. */
    @Test
    void aSlowReaderDoesNotTakeTheCardsBuffers() throws NetworkException {
        Pair slow = pair(a, b, B4);
        slow.server.setOption(SocketOption.RECEIVE_BUFFER, 1_000_000);
        ByteBuffer out = ByteBuffer.allocate(900_000);
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, at(i));
        }
        while (out.hasRemaining()) {
            slow.client.write(out);
            world.run(0.01);
        }
        world.run(1);
        assertEquals(out.capacity(), slow.server.available());
        int half = b.card.pool.count() / 2;
        assertEquals(half + 1, b.card.pool.inUse());
        Pair other = pair(b, a, A6);
        transfer(other.server, other.client, 100_000);
        assertEquals(half + 1, b.card.pool.inUse());
        ByteBuffer in = ByteBuffer.allocate(out.capacity());
        assertEquals(out.capacity(), slow.server.read(in));
        assertEquals(out.flip(), in.flip());
        assertEquals(0, b.card.pool.inUse());
        for (TcpSocket socket : List.of(slow.client, slow.server, other.client, other.server)) {
            socket.close();
        }
        nothingLeaks();
    }

    @Test
    void nobodyListens() throws NetworkException {
        TcpSocket client = a.network.openTcp(false);
        client.connect(B4, PORT);
        world.run(0.1);
        assertTrue((client.readiness() & Readiness.ERROR) != 0);
        assertEquals(Errno.ECONNREFUSED, assertThrows(NetworkException.class, client::finishConnect).errno());
        client.close();
        nothingLeaks();
    }

    @Test
    void nobodyIsThere() throws NetworkException {
        TcpSocket client = a.network.openTcp(false);
        client.connect(IpAddress.parse("10.0.0.99"), PORT);
        world.run(10);
        assertEquals(Errno.EHOSTUNREACH, assertThrows(NetworkException.class, client::finishConnect).errno());
        client.close();
        assertEquals(Errno.ENETUNREACH,
            assertThrows(NetworkException.class, () -> a.network.openTcp(false).connect(IpAddress.parse("8.8.8.8"), PORT)).errno());
    }

    @Test
    void aPortHasOneListener() throws NetworkException {
        TcpListener listener = a.network.listen(IpAddress.ANY_V6, PORT, 5);
        assertEquals(Errno.EADDRINUSE, assertThrows(NetworkException.class, () -> a.network.listen(IpAddress.ANY_V4, PORT, 5)).errno());
        assertEquals(Errno.EADDRNOTAVAIL, assertThrows(NetworkException.class, () -> a.network.listen(B4, PORT, 5)).errno());
        listener.close();
        a.network.listen(IpAddress.ANY_V4, PORT, 5).close();
        TcpSocket socket = a.network.openTcp(false);
        socket.setOption(SocketOption.NO_DELAY, 1);
        assertEquals(1, socket.option(SocketOption.NO_DELAY));
        assertEquals(Errno.ENOPROTOOPT, assertThrows(NetworkException.class, () -> socket.option(SocketOption.BROADCAST)).errno());
        assertEquals(Errno.EINVAL, assertThrows(NetworkException.class, () -> socket.setOption(SocketOption.KEEP_COUNT, 0)).errno());
        socket.close();
        assertEquals(Errno.EBADF, assertThrows(NetworkException.class, () -> socket.option(SocketOption.NO_DELAY)).errno());
    }
}
