package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP over cards that cut segments and complete checksums, cards that do not, and loopback. What TCP itself does is tested beside it. */
class OffloadTest {
    private final World world = new World();

    private World.Host host(String name, String v4, String v6, int features) {
        return world.host(world.cable.card(name, 1500, features), NetworkConfiguration.fixed(
                List.of(new InterfaceAddress(IpAddress.parse(v4), 24), new InterfaceAddress(IpAddress.parse(v6), 64)), List.of()));
    }

    private void transfer(World.Host from, World.Host to, String address) throws NetworkException {
        TcpListener listener = to.network.listen(IpAddress.ANY_V6, 80, 16);
        TcpSocket client = from.network.openTcp(true);
        boolean connected = client.connect(IpAddress.parse(address), 80);
        world.run(1);
        assertTrue(connected || client.finishConnect());
        TcpSocket server = listener.accept();
        assertNotNull(server);
        assertEquals(IpAddress.parse(address), client.remoteAddress());
        byte[] data = new byte[300_000];
        new java.util.Random(1).nextBytes(data);
        ByteBuffer out = ByteBuffer.wrap(data);
        ByteBuffer in = ByteBuffer.allocate(data.length);
        for (int rounds = 0; in.hasRemaining(); rounds++) {
            assertTrue(rounds < 10_000);
            client.write(out);
            world.run(0.001);
            server.read(in);
        }
        assertEquals(ByteBuffer.wrap(data), in.flip());
        client.shutdownOutput();
        world.run(0.5);
        assertEquals(Socket.END, server.read(ByteBuffer.allocate(1)));
        server.close();
        client.close();
        listener.close();
        world.run(200);
        for (World.Host host : List.of(from, to)) {
            assertEquals(0, host.network.packetsInUse());
            assertEquals(0, host.card.pool.inUse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2"})
    void betweenHosts(String address) throws NetworkException {
        World.Host a = host("a0", "10.0.0.1", "fd00::1", 0);
        World.Host b = host("b0", "10.0.0.2", "fd00::2", 0);
        transfer(a, b, address);
        assertEquals(0, b.count(Counter.DROP_TRANSPORT_CHECKSUM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2"})
    void withACardThatCutsAndCounts(String address) throws NetworkException {
        int all = DeviceFeatures.TRANSMIT_CHECKSUM | DeviceFeatures.TSO_V4 | DeviceFeatures.TSO_V6;
        World.Host a = host("a0", "10.0.0.1", "fd00::1", all);
        World.Host b = host("b0", "10.0.0.2", "fd00::2", all);
        transfer(a, b, address);
        assertTrue(world.cable.large > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "fd00::1"})
    void loopback(String address) throws NetworkException {
        World.Host a = host("a0", "10.0.0.1", "fd00::1", 0);
        transfer(a, a, address);
    }

    @Test
    void refused() throws NetworkException {
        World.Host a = host("a0", "10.0.0.1", "fd00::1", 0);
        host("b0", "10.0.0.2", "fd00::2", 0);
        for (String to : new String[] {"10.0.0.2", "fd00::2", "127.0.0.1"}) {
            TcpSocket socket = a.network.openTcp(true);
            NetworkException refused = assertThrows(NetworkException.class, () -> {
                assertFalse(socket.connect(IpAddress.parse(to), 81));
                world.run(1);
                socket.finishConnect();
            });
            assertEquals(Errno.ECONNREFUSED, refused.errno());
            socket.close();
        }
    }

    @Test
    void nobodyThere() throws NetworkException {
        World.Host a = host("a0", "10.0.0.1", "fd00::1", 0);
        TcpSocket socket = a.network.openTcp(true);
        assertFalse(socket.connect(IpAddress.parse("10.0.0.99"), 81));
        world.run(300);
        Errno errno = assertThrows(NetworkException.class, socket::finishConnect).errno();
        assertTrue(errno == Errno.EHOSTUNREACH || errno == Errno.ETIMEDOUT, errno.toString());
        socket.close();
        world.run(10);
        assertEquals(0, a.network.packetsInUse());
    }
}
