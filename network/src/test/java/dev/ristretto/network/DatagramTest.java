package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams from host to host, by both IP versions. */
class DatagramTest {
    private static final IpAddress A4 = IpAddress.parse("10.0.0.1");
    private static final IpAddress B4 = IpAddress.parse("10.0.0.2");
    private static final IpAddress A6 = IpAddress.parse("fd00::1");
    private static final IpAddress B6 = IpAddress.parse("fd00::2");

    private final World world = new World();
    private final World.Host a = world.host("a0", both(A4, A6));
    private final World.Host b = world.host("b0", both(B4, B6));

    private static NetworkConfiguration both(IpAddress v4, IpAddress v6) {
        return NetworkConfiguration.fixed(List.of(new InterfaceAddress(v4, 24), new InterfaceAddress(v6, 64)), List.of());
    }

    private static ByteBuffer pattern(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            buffer.put(i, (byte) (i * 31 + (i >> 8)));
        }
        return buffer;
    }

    private void nothingLeaks() {
        world.run(60);
        assertEquals(0, a.network.packetsInUse());
        assertEquals(0, b.network.packetsInUse());
        assertEquals(0, a.card.pool.inUse());
        assertEquals(0, b.card.pool.inUse());
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "4, 1", "4, 1472", "4, 1473", "4, 9000", "4, 65507", "6, 0", "6, 1452", "6, 1453", "6, 65507", "6, 65527"})
    void arrivesWhole(int version, int length) throws NetworkException {
        UdpSocket sender = a.network.openUdp(true);
        UdpSocket receiver = b.network.openUdp(true);
        receiver.bind(IpAddress.ANY_V6, 7000);
        world.run(2);
        assertEquals(length, sender.send(pattern(length), version == 4 ? B4 : B6, 7000));
        world.run(1);
        Datagram from = new Datagram();
        ByteBuffer target = ByteBuffer.allocate(66000);
        assertEquals(Readiness.READABLE | Readiness.WRITABLE, receiver.readiness());
        assertEquals(length, receiver.receive(target, from));
        assertArrayEquals(pattern(length).array(), java.util.Arrays.copyOf(target.array(), length));
        assertEquals(version == 4 ? A4 : A6, from.source());
        assertEquals(version == 4 ? B4 : B6, from.destination());
        assertEquals(sender.localPort(), from.sourcePort());
        assertEquals(2, from.interfaceIndex());
        assertEquals(Socket.WOULD_BLOCK, receiver.receive(target, from));
        // And back, from a socket that is connected.
        receiver.connect(from.source(), from.sourcePort());
        receiver.send(pattern(10));
        world.run(1);
        assertEquals(10, sender.available());
        sender.close();
        receiver.close();
        nothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2"})
    void aClosedPortIsRefused(String to) throws NetworkException {
        UdpSocket sender = a.network.openUdp(true);
        sender.connect(IpAddress.parse(to), 9);
        world.run(2);
        sender.send(pattern(5));
        world.run(1);
        assertEquals(Readiness.ERROR | Readiness.READABLE | Readiness.WRITABLE, sender.readiness());
        assertEquals(Errno.ECONNREFUSED, assertThrows(NetworkException.class, () -> sender.receive(ByteBuffer.allocate(10), null)).errno());
        assertEquals(Socket.WOULD_BLOCK, sender.receive(ByteBuffer.allocate(10), null));
        assertNull(sender.takeError());
        sender.close();
        nothingLeaks();
    }

    @Test
    void whoIsNotThereIsAskedForThreeTimes() throws NetworkException {
        UdpSocket sender = a.network.openUdp(false);
        for (int i = 0; i < 100; i++) {
            sender.send(pattern(10), IpAddress.parse("10.0.0.77"), 9);
        }
        world.run(5);
        assertEquals(1, a.count(Counter.NEIGHBOUR_UNREACHABLE));
        assertEquals(100 - 64, a.count(Counter.DROP_NEIGHBOUR_QUEUE_FULL));
        sender.close();
        nothingLeaks();
    }

    @Test
    void loopback() throws NetworkException {
        UdpSocket server = a.network.openUdp(true);
        server.bind(IpAddress.ANY_V6, 5353);
        UdpSocket client = a.network.openUdp(true);
        for (String to : new String[] {"127.0.0.1", "::1", "10.0.0.1", "fd00::1", "127.8.8.8"}) {
            client.send(pattern(30000), IpAddress.parse(to), 5353);
            Datagram from = new Datagram();
            assertEquals(30000, server.receive(ByteBuffer.allocate(40000), from), to);
            assertEquals(IpAddress.parse(to), from.source());
        }
        assertEquals(0, world.cable.sent.stream().filter(f -> f.length > 1000).count());
        client.connect(IpAddress.LOOPBACK_V4, 9);
        client.send(pattern(1));
        assertEquals(Errno.ECONNREFUSED, client.takeError());
        client.close();
        server.close();
        nothingLeaks();
    }

    @Test
    void errorsOfTheCaller() throws NetworkException {
        UdpSocket socket = a.network.openUdp(false);
        assertErrno(Errno.EDESTADDRREQ, () -> socket.send(pattern(1)));
        assertErrno(Errno.EMSGSIZE, () -> socket.send(pattern(65508), B4, 9));
        assertErrno(Errno.ENETUNREACH, () -> socket.send(pattern(1), IpAddress.parse("192.0.2.1"), 9));
        assertErrno(Errno.EACCES, () -> socket.send(pattern(1), IpAddress.BROADCAST, 9));
        assertErrno(Errno.EAFNOSUPPORT, () -> socket.send(pattern(1), B6, 9));
        assertErrno(Errno.EINVAL, () -> socket.send(pattern(1), B4, 0));
        UdpSocket fresh = a.network.openUdp(false);
        assertErrno(Errno.EADDRNOTAVAIL, () -> fresh.bind(B4, 0));
        fresh.bind(A4, 4000);
        assertErrno(Errno.EINVAL, () -> fresh.bind(A4, 4001));
        UdpSocket second = a.network.openUdp(true);
        assertErrno(Errno.EADDRINUSE, () -> second.bind(IpAddress.ANY_V6, 4000));
        second.setOption(SocketOption.V6_ONLY, 1);
        second.bind(IpAddress.ANY_V6, 4000);
        second.close();
        assertErrno(Errno.EBADF, () -> second.send(pattern(1), B6, 9));
        assertErrno(Errno.EBADF, () -> second.bind(IpAddress.ANY_V6, 0));
        fresh.connect(B4, 10);
        assertErrno(Errno.EISCONN, () -> fresh.send(pattern(1), B4, 11));
        socket.setOption(SocketOption.DONT_FRAGMENT, 1);
        assertErrno(Errno.EMSGSIZE, () -> socket.send(pattern(1473), B4, 9));
        assertErrno(Errno.ENOPROTOOPT, () -> socket.option(SocketOption.NO_DELAY));
        socket.close();
        fresh.close();
        nothingLeaks();
    }

    private static void assertErrno(Errno errno, org.junit.jupiter.api.function.Executable call) {
        assertEquals(errno, assertThrows(NetworkException.class, call).errno());
    }

    @Test
    void broadcastReachesAll() throws NetworkException {
        UdpSocket sender = a.network.openUdp(false);
        sender.setOption(SocketOption.BROADCAST, 1);
        UdpSocket first = b.network.openUdp(false);
        UdpSocket second = b.network.openUdp(false);
        first.setOption(SocketOption.REUSE_ADDRESS, 1);
        second.setOption(SocketOption.REUSE_ADDRESS, 1);
        first.bind(IpAddress.ANY_V4, 6000);
        second.bind(IpAddress.ANY_V4, 6000);
        sender.send(pattern(3), IpAddress.BROADCAST, 6000);
        sender.send(pattern(4), IpAddress.parse("10.0.0.255"), 6000);
        world.run(1);
        for (UdpSocket socket : List.of(first, second)) {
            assertEquals(3, socket.receive(ByteBuffer.allocate(9), null));
            assertEquals(4, socket.receive(ByteBuffer.allocate(9), null));
        }
        sender.close();
        first.close();
        second.close();
        nothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.1.2.3", "ff02::1234", "ff05::7"})
    void multicast(String text) throws NetworkException {
        IpAddress group = IpAddress.parse(text);
        boolean v6 = group.isV6();
        world.run(2);
        UdpSocket sender = a.network.openUdp(v6);
        UdpSocket member = b.network.openUdp(v6);
        UdpSocket other = b.network.openUdp(v6);
        UdpSocket own = a.network.openUdp(v6);
        for (UdpSocket socket : List.of(member, other, own)) {
            socket.setOption(SocketOption.REUSE_ADDRESS, 1);
            socket.bind(v6 ? IpAddress.ANY_V6 : IpAddress.ANY_V4, 6001);
        }
        member.join(group, 2, null);
        own.join(group, 0, null);
        assertErrno(Errno.EADDRINUSE, () -> member.join(group, 2, null));
        sender.send(pattern(7), group, 6001);
        world.run(1);
        Datagram from = new Datagram();
        assertEquals(7, member.receive(ByteBuffer.allocate(9), from));
        assertEquals(group.withScope(2), from.destination().withScope(2));
        assertEquals(Socket.WOULD_BLOCK, other.receive(ByteBuffer.allocate(9), null));
        assertEquals(7, own.receive(ByteBuffer.allocate(9), null));
        sender.setOption(SocketOption.MULTICAST_LOOP, 0);
        member.block(group, 2, from.source());
        sender.send(pattern(8), group, 6001);
        world.run(1);
        assertEquals(Socket.WOULD_BLOCK, own.receive(ByteBuffer.allocate(9), null));
        assertEquals(Socket.WOULD_BLOCK, member.receive(ByteBuffer.allocate(9), null));
        member.leave(group, 2, null);
        assertErrno(Errno.EADDRNOTAVAIL, () -> member.leave(group, 2, null));
        member.join(group, 2, from.source());
        sender.send(pattern(9), group, 6001);
        world.run(1);
        assertEquals(9, member.receive(ByteBuffer.allocate(9), null));
        for (UdpSocket socket : List.of(sender, member, other, own)) {
            socket.close();
        }
        nothingLeaks();
    }

    @Test
    void aSlowReaderDoesNotTakeTheCardsBuffers() throws NetworkException {
        UdpSocket sender = a.network.openUdp(false);
        UdpSocket slow = b.network.openUdp(false);
        slow.bind(IpAddress.ANY_V4, 7);
        UdpSocket quick = b.network.openUdp(false);
        quick.bind(IpAddress.ANY_V4, 8);
        world.run(1);
        for (int i = 0; i < 5000; i++) {
            sender.send(pattern(100), B4, 7);
            world.settle();
        }
        sender.send(pattern(5), B4, 8);
        world.settle();
        assertEquals(5, quick.available());
        assertTrue(b.count(Counter.DROP_UDP_QUEUE_FULL) > 0);
        assertEquals(0, b.card.lost);
        sender.close();
        slow.close();
        quick.close();
        nothingLeaks();
    }

    @Test
    void aFullRingWaits() throws NetworkException {
        UdpSocket sender = a.network.openUdp(false);
        UdpSocket receiver = b.network.openUdp(false);
        receiver.bind(IpAddress.ANY_V4, 7);
        world.run(1);
        sender.send(pattern(1), B4, 7);
        world.settle();
        a.card.ring = 0;
        int taken = 0;
        while ((sender.readiness() & Readiness.WRITABLE) != 0) {
            sender.send(pattern(1), B4, 7);
            taken++;
        }
        assertTrue(taken >= 64, "taken " + taken);
        boolean[] told = new boolean[1];
        sender.setListener(() -> told[0] = true);
        a.card.ring = Integer.MAX_VALUE;
        a.card.listener().transmitReady();
        world.settle();
        assertTrue(told[0]);
        assertTrue((sender.readiness() & Readiness.WRITABLE) != 0);
        sender.close();
        receiver.close();
        nothingLeaks();
    }
}
