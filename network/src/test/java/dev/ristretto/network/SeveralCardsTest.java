package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host with two cards and several addresses on one of them. */
class SeveralCardsTest {
    private final World world = new World();
    private final World.Host host = world.host(world.cable.card("eth0", 1500, 0), NetworkConfiguration.fixed(
            List.of(new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24), new InterfaceAddress(IpAddress.parse("10.5.0.1"), 16)),
            List.of(IpAddress.parse("10.0.0.2"))));
    private final Cable.Card second = world.cable.card("eth1", 1400, 0);
    private final int index = host.network.add(second, World.fixed("10.1.0.1/24"));
    private final World.Host a = world.host("a0", World.fixed("10.0.0.2/24"));
    private final World.Host b = world.host("b0", World.fixed("10.1.0.2/24"));
    private final World.Host c = world.host("c0", World.fixed("10.5.0.2/16"));

    private IpAddress sourceSeenBy(World.Host peer, String address) throws NetworkException {
        UdpSocket receiver = peer.network.openUdp(false);
        UdpSocket sender = host.network.openUdp(false);
        receiver.bind(IpAddress.ANY_V4, 9);
        sender.send(ByteBuffer.allocate(4), IpAddress.parse(address), 9);
        world.run(1);
        Datagram from = new Datagram();
        int length = receiver.receive(ByteBuffer.allocate(9), from);
        receiver.close();
        sender.close();
        return length == 4 ? from.source() : null;
    }

    @Test
    void eachNetworkByItsOwnCardAndAddress() throws NetworkException {
        assertEquals(IpAddress.parse("10.0.0.1"), sourceSeenBy(a, "10.0.0.2"));
        assertEquals(IpAddress.parse("10.1.0.1"), sourceSeenBy(b, "10.1.0.2"));
        assertEquals(IpAddress.parse("10.5.0.1"), sourceSeenBy(c, "10.5.0.2"));
        assertEquals(List.of("lo", "eth0", "eth1"), host.network.interfaces().stream().map(InterfaceInfo::name).toList());
        assertEquals(List.of(65535, 1500, 1400), host.network.interfaces().stream().map(InterfaceInfo::mtu).toList());
        assertEquals(IpAddress.parse("10.0.0.255"), host.network.interfaces().get(1).addresses().get(0).broadcast());
    }

    @Test
    void whatGoesElsewhereGoesToTheRouter() throws NetworkException {
        UdpSocket socket = host.network.openUdp(false);
        socket.connect(IpAddress.parse("8.8.8.8"), 53);
        assertEquals(IpAddress.parse("10.0.0.1"), socket.localAddress());
        // Without its card there is no way, and the socket is told; with the card back there is.
        host.card.link(false);
        assertEquals(Errno.ENETUNREACH, assertThrows(NetworkException.class, () -> socket.send(ByteBuffer.allocate(1))).errno());
        host.card.link(true);
        assertEquals(1, socket.send(ByteBuffer.allocate(1)));
        socket.close();
    }

    @Test
    void aCardIsTakenOutAndItsIndexIsNotGivenAgain() throws NetworkException {
        // Its probes are off the cable before its successor asks for the same address.
        world.run(10);
        UdpSocket socket = host.network.openUdp(false);
        socket.connect(IpAddress.parse("10.1.0.2"), 9);
        host.network.remove(index);
        assertEquals(Errno.ENETUNREACH, assertThrows(NetworkException.class, () -> socket.send(ByteBuffer.allocate(1))).errno());
        assertEquals(Errno.EADDRNOTAVAIL, assertThrows(NetworkException.class, () -> host.network.openUdp(false).bind(IpAddress.parse("10.1.0.1"), 0)).errno());
        socket.close();
        int again = host.network.add(world.cable.card("eth1", 1500, 0), World.fixed("10.1.0.1/24"));
        assertTrue(again > index);
        world.run(20);
        assertEquals(IpAddress.parse("10.1.0.1"), sourceSeenBy(b, "10.1.0.2"));
        assertEquals(0, second.pool.inUse());
    }

    @Test
    void limitsFollowMemory() {
        Budget least = Budget.forMemory(0);
        Budget most = Budget.forMemory(1L << 40);
        assertTrue(least.smallPackets() * 2048L + least.bigPackets() * 66L * 1024 < 1 << 20);
        assertTrue(least.connections() >= 128 && least.halfOpenConnections() >= 64 && least.reassemblies() >= 2 && least.neighbours() >= 64);
        assertTrue(most.smallPackets() * 2048L + most.bigPackets() * 66L * 1024 < 64 << 20);
    }
}
