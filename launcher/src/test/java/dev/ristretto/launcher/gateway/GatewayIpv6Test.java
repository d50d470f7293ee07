package dev.ristretto.launcher.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway and IPv6, as far as ::1 of the host: nothing here leaves it. */
@Timeout(60)
class GatewayIpv6Test extends GatewayFixture {
    private static final String ROUTER_V6 = "fec0::2";
    private static final String IMAGE_V6 = "fec0::5054:ff:fe12:3456";

    private static InetAddress loopback;

    @BeforeAll
    static void theHostHasIpv6() throws IOException {
        loopback = InetAddress.getByName("::1");
        try {
            new ServerSocket(0, 1, loopback).close();
        } catch (IOException e) {
            System.out.println("SKIPPED: GatewayIpv6Test, because this host has no ::1 (" + e.getMessage() + "): nothing of the gateway's IPv6 was tested");
            Assumptions.abort("this host has no ::1: " + e);
        }
    }

    private static int freePortV6() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theImageMakesItselfAnAddressOfQemusNetwork() throws Exception {
        start();
        assertEquals(IpAddress.parse(IMAGE_V6), image.awaitV6());
        assertTrue(image.network.routes().stream().anyMatch(r -> r.prefixLength() == 0 && r.gateway().sameBits(Addresses.ROUTER_LINK)),
                image.network.routes()::toString);
        assertEquals(List.of(IpAddress.parse("10.0.2.3"), IpAddress.parse("fec0::3")), image.network.nameServers());
    }

    @Test
    void aLargeBodyGoesOutAndComesBack() throws Exception {
        start();
        image.awaitV6();
        byte[] sent = content(8 << 20, 1);
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            Future<InetAddress> echo = run(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                    return socket.getInetAddress();
                }
            });
            TcpSocket socket = image.connect(ROUTER_V6, server.getLocalPort());
            assertEquals(IpAddress.parse(IMAGE_V6), socket.localAddress());
            Future<byte[]> received = run(() -> Image.read(socket, sent.length + 1));
            Image.write(socket, sent);
            socket.shutdownOutput();
            assertArrayEquals(sent, get(received));
            assertEquals(loopback, get(echo));
            socket.close();
        }
    }

    @Test
    void aLargeBodyComesInAndGoesBack() throws Exception {
        int port = freePortV6();
        start(new Forward("::1", port, 80, false));
        TcpListener listener = image.listen(80);
        image.awaitV6();
        byte[] sent = content(8 << 20, 2);
        Future<Void> echo = run(() -> {
            TcpSocket socket = Image.accept(listener);
            Image.write(socket, Image.read(socket, sent.length));
            socket.close();
            return null;
        });
        try (Socket socket = new Socket(loopback, port)) {
            Future<Void> writing = run(() -> {
                socket.getOutputStream().write(sent);
                return null;
            });
            assertArrayEquals(sent, socket.getInputStream().readAllBytes());
            get(writing);
        }
        get(echo);
    }

    @Test
    void aPortForBothVersionsLeadsEachClientToItsOwn() throws Exception {
        int port = freePortV6();
        start(new Forward("::", port, 80, false));
        TcpListener listener = image.listen(80);
        image.awaitV6();
        // The gateway asks for the address once more after it can be had, and then knows it.
        assertPeer("10.0.2.2", listener, LOOPBACK, port);
        for (String peer = null; !ROUTER_V6.equals(peer);) {
            peer = peer(listener, loopback, port);
            assertTrue(peer.equals(ROUTER_V6) || peer.equals("10.0.2.2"), peer);
        }
        assertPeer(ROUTER_V6, listener, loopback, port);
        assertPeer("10.0.2.2", listener, LOOPBACK, port);
    }

    private static void assertPeer(String expected, TcpListener listener, InetAddress host, int port) throws Exception {
        assertEquals(expected, peer(listener, host, port));
    }

    /** Connects, and returns who that is to the image. */
    private static String peer(TcpListener listener, InetAddress host, int port) throws Exception {
        try (Socket client = new Socket(host, port)) {
            TcpSocket accepted = Image.accept(listener);
            IpAddress peer = accepted.remoteAddress();
            accepted.close();
            assertEquals(-1, client.getInputStream().read());
            return peer.toString();
        }
    }

    @Test
    void anImageWithoutIpv4IsReachedByIpv6FromBoth() throws Exception {
        int port = freePortV6();
        NetworkConfiguration onlyV6 = new NetworkConfiguration(false, true, false, false, true, List.of(), List.of(), 0, List.of(), List.of());
        start(onlyV6, new Forward("::", port, 80, false));
        TcpListener listener = image.listen(80);
        // Both come before the image has an address, and wait.
        assertPeer(ROUTER_V6, listener, LOOPBACK, port);
        assertPeer(ROUTER_V6, listener, loopback, port);
        assertEquals(List.of(IpAddress.parse("fec0::3")), image.network.nameServers());
    }

    @Test
    void aPortThatRefusesOnTheHostRefusesInTheImage() throws Exception {
        start();
        image.awaitV6();
        int port = freePortV6();
        assertEquals(Errno.ECONNREFUSED, assertThrows(NetworkException.class, () -> image.connect(ROUTER_V6, port)).errno());
    }

    @Test
    void whatCannotBeSentToIsUnreachable() throws Exception {
        start();
        image.awaitV6();
        // An address that no machine can have.
        assertEquals(Errno.EHOSTUNREACH, assertThrows(NetworkException.class, () -> image.connect("::5", 80)).errno());
    }

    @Test
    void onAHostThatLeadsNowhereByIpv6NothingIsReached() throws Exception {
        if (NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).anyMatch(
                a -> a instanceof Inet6Address && !a.isLoopbackAddress() && !a.isLinkLocalAddress())) {
            System.out.println("SKIPPED: this host has IPv6 beyond ::1, so what a gateway says without was not tested");
            Assumptions.abort("this host has IPv6 beyond ::1");
        }
        start();
        image.awaitV6();
        assertEquals(Errno.ENETUNREACH, assertThrows(NetworkException.class, () -> image.connect("2001:db8::1", 80)).errno());
        UdpSocket socket = image.udp(5000);
        long before = image.network.statistics().get(Counter.ICMP_ERRORS_IN);
        socket.send(ByteBuffer.allocate(1), IpAddress.parse("2001:db8::1"), 9);
        while (image.network.statistics().get(Counter.ICMP_ERRORS_IN) == before) {
            Thread.sleep(1); // to a socket without a peer, that is no error
        }
    }

    @Test
    void whatTheHostsErrorsMean() {
        assertEquals(Unreachable.NETWORK, Unreachable.of(new SocketException("Network is unreachable")));
        assertEquals(Unreachable.NETWORK, Unreachable.of(new UnsupportedAddressTypeException()));
        assertEquals(Unreachable.NETWORK, Unreachable.of(new SocketException("Address family not supported by protocol")));
        assertEquals(Unreachable.HOST, Unreachable.of(new NoRouteToHostException("No route to host")));
        assertEquals(Unreachable.HOST, Unreachable.of(new BindException("Cannot assign requested address")));
        assertEquals(null, Unreachable.of(new IOException("Connection refused")));
    }

    @Test
    void datagramsGoOutAndComeBack() throws Exception {
        start();
        image.awaitV6();
        datagramsComeBack(loopback, ROUTER_V6, 0, 1, 1452, 1453, 9000, 65_000);
    }

    @Test
    void oneSocketOfTheImageSpeaksBothVersions() throws Exception {
        start();
        image.awaitAddress();
        image.awaitV6();
        try (DatagramSocket four = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                DatagramSocket six = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            UdpSocket socket = image.udp(5000);
            for (int i = 0; i < 10; i++) {
                DatagramSocket server = i % 2 == 0 ? four : six;
                String router = i % 2 == 0 ? ROUTER : ROUTER_V6;
                socket.send(ByteBuffer.wrap(new byte[] {(byte) i}), IpAddress.parse(router), server.getLocalPort());
                DatagramPacket packet = new DatagramPacket(new byte[10], 10);
                server.setSoTimeout(20_000);
                server.receive(packet);
                server.send(packet);
                Datagram from = new Datagram();
                assertArrayEquals(new byte[] {(byte) i}, Image.receive(socket, from));
                assertEquals(IpAddress.parse(router), from.source());
            }
        }
    }

    @Test
    void namesAreAskedOfTheHostsServerWhateverItsVersion() throws Exception {
        InetAddress server = InetAddress.getByName("127.0.0.77");
        Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.77\n");
        try (DatagramSocket names = new DatagramSocket(new InetSocketAddress(server, 53))) {
            start();
            image.awaitV6();
            UdpSocket socket = image.udp(5000);
            socket.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), Addresses.NAMES_V6, 53);
            DatagramPacket question = new DatagramPacket(new byte[10], 10);
            names.setSoTimeout(20_000);
            names.receive(question);
            assertEquals(3, question.getLength());
            names.send(question);
            Datagram from = new Datagram();
            assertArrayEquals(new byte[] {1, 2, 3}, Image.receive(socket, from));
            assertEquals(Addresses.NAMES_V6, from.source());
        } catch (BindException e) {
            System.out.println("SKIPPED: port 53 of " + server + " may not be used here, so names by IPv6 were not tested: " + e);
            Assumptions.abort("port 53 of " + server + " may not be used here: " + e);
        }
    }

    @Test
    void forwardedDatagramsAreAnsweredToWhoSentThem() throws Exception {
        int port = freePortV6();
        start(new Forward("::1", port, 53, true));
        image.awaitAddress();
        UdpSocket server = image.udp(53);
        try (DatagramSocket one = new DatagramSocket(0, loopback); DatagramSocket two = new DatagramSocket(0, loopback)) {
            DatagramSocket[] clients = {one, two};
            // Each by IPv4 until the gateway has found the image's other address.
            for (int i = 0, v6 = 0; v6 < 4; i++) {
                DatagramSocket client = clients[i % 2];
                client.setSoTimeout(20_000);
                client.send(new DatagramPacket(new byte[] {(byte) i}, 1, loopback, port));
                Datagram from = new Datagram();
                assertArrayEquals(new byte[] {(byte) i}, Image.receive(server, from));
                assertTrue(Addresses.isRouter(from.source()), from.source()::toString);
                v6 += from.source().isV6() ? 1 : 0;
                server.send(ByteBuffer.wrap(new byte[] {(byte) (i + 1)}), from.source(), from.sourcePort());
                DatagramPacket answer = new DatagramPacket(new byte[10], 10);
                client.receive(answer);
                assertEquals((byte) (i + 1), answer.getData()[0]);
                assertEquals(port, answer.getPort());
            }
        }
    }

    @Test
    void theRouterAnswersQuestionsAndPings() throws Exception {
        gateway = Gateway.open(Path.of("/tmp"), List.of(), null, notices::add);
        try (RawCable cable = new RawCable(gateway.socket())) {
            // Who is a router here?
            cable.sendIcmp("fe80::1", "ff02::2", new byte[] {(byte) 133, 0, 0, 0, 0, 0, 0, 0});
            byte[] advertisement = cable.receiveIcmp(m -> m[0] == (byte) 134);
            assertEquals(1800, ByteBuffer.wrap(advertisement).getShort(6));
            // Who has fec0::2? A router, and it can be told apart by the flag.
            ByteBuffer question = ByteBuffer.allocate(24).put((byte) 135).position(8).put(Addresses.ROUTER_V6.bytes());
            cable.sendIcmp(IMAGE_V6, "ff02::1:ff00:2", question.array());
            byte[] answer = cable.receiveIcmp(m -> m[0] == (byte) 136);
            assertEquals(0xe0, answer[4] & 0xff, "router, solicited, override");
            assertEquals(Addresses.ROUTER_MAC, ByteBuffer.wrap(answer).getLong(24) & 0xffff_ffff_ffffL);
            // A ping; the gateway's stack has to ask first where its sender is.
            for (String target : List.of(ROUTER_V6, "fec0::3")) {
                cable.sendIcmp(IMAGE_V6, target, new byte[] {(byte) 128, 0, 0, 0, 0, 7, 0, 9, 1, 2, 3});
                byte[] next = cable.receiveIcmp(m -> m[0] == (byte) 129 || m[0] == (byte) 135 && m[23] == 0x56);
                while (next[0] == (byte) 135) {
                    ByteBuffer here = ByteBuffer.allocate(32).put((byte) 136).position(4).putInt(0x6000_0000);
                    here.put(IpAddress.parse(IMAGE_V6).bytes()).putLong(0x0201_0000_0000_0000L | RawCable.MAC);
                    cable.sendIcmp(IMAGE_V6, ROUTER_V6, here.array());
                    next = cable.receiveIcmp(m -> m[0] == (byte) 129 || m[0] == (byte) 135 && m[23] == 0x56);
                }
                assertArrayEquals(new byte[] {0, 7, 0, 9, 1, 2, 3}, Arrays.copyOfRange(next, 4, next.length));
            }
        }
    }

    @Test
    void theImageIsNotToldOfTheGatewaysGroups() throws Exception {
        start();
        image.awaitV6();
        image.close();
        image = null;
        gateway.close();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("frames.pcap")));
        int fromGateway = 0;
        for (int at = 24; at < file.capacity(); at += 16 + file.getInt(at + 8)) {
            int frame = at + 16;
            if ((file.getLong(frame + 6) >>> 16) == Addresses.ROUTER_MAC) {
                fromGateway++;
                assertTrue(file.getShort(frame + 12) != (short) 0x86dd || file.get(frame + 20) != 0, "a report of MLD");
            }
        }
        assertTrue(fromGateway > 5, "frames from the gateway: " + fromGateway);
    }

    @Test
    void nonsenseFromTheImageHarmsNobody() throws Exception {
        gateway = Gateway.open(Path.of("/tmp"), List.of(), null, notices::add);
        Random random = new Random(6);
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 2, 2}; // an IPv4 address that must not be on a wire
        List<byte[]> targets = List.of(Addresses.ROUTER_V6.bytes(), Addresses.NAMES_V6.bytes(), IpAddress.parse("ff02::1").bytes(),
                IpAddress.parse("::5").bytes(), mapped);
        try (RawCable cable = new RawCable(gateway.socket())) {
            for (int i = 0; i < 20_000; i++) {
                byte[] frame = new byte[14 + random.nextInt(120)];
                random.nextBytes(frame);
                frame[12] = (byte) 0x86;
                frame[13] = (byte) 0xdd;
                if (frame.length >= 54 && random.nextInt(8) != 0) {
                    ByteBuffer ip = ByteBuffer.wrap(frame);
                    ip.put(14, (byte) 0x60).putShort(18, (short) (frame.length - 54 - random.nextInt(3)));
                    ip.put(20, new byte[] {6, 17, 58, 44, 0}[random.nextInt(5)]).put(21, (byte) 255);
                    ip.put(22, IpAddress.parse(random.nextInt(4) == 0 ? "::" : IMAGE_V6).bytes());
                    ip.put(38, targets.get(random.nextInt(targets.size())));
                    if (ip.get(20) == 58 && frame.length > 54) {
                        ip.put(54, (byte) (133 + random.nextInt(4)));
                    }
                }
                cable.send(frame);
                cable.drain();
            }
            // It still answers.
            cable.sendIcmp("fe80::1", "ff02::2", new byte[] {(byte) 133, 0, 0, 0, 0, 0, 0, 0});
            cable.receiveIcmp(m -> m[0] == (byte) 134);
        }
    }
}
