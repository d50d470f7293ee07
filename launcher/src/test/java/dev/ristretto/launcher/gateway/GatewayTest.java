package dev.ristretto.launcher.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayTest extends GatewayFixture {
    @Test
    void theImageIsGivenTheAddressesOfQemusNetwork() throws Exception {
        start();
        image.awaitAddress();
        assertTrue(image.network.interfaces().toString().contains("10.0.2.15/24"), image.network.interfaces()::toString);
        assertTrue(image.network.routes().toString().contains(ROUTER), image.network.routes()::toString);
        assertEquals(IpAddress.parse("10.0.2.3"), image.network.nameServers().getFirst());
        assertFalse(Files.exists(gateway.socket()), "the socket's file is gone once the image has come");
    }

    @Test
    void aLargeBodyGoesOutAndComesBack() throws Exception {
        start();
        image.awaitAddress();
        byte[] sent = content(20 << 20, 1);
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            Future<Void> echo = run(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
                return null;
            });
            TcpSocket socket = image.connect(ROUTER, server.getLocalPort());
            Future<byte[]> received = run(() -> Image.read(socket, sent.length + 1));
            Image.write(socket, sent);
            socket.shutdownOutput(); // the other direction goes on
            assertArrayEquals(sent, get(received));
            get(echo);
            socket.close();
        }
    }

    @Test
    void aLargeBodyComesInAndGoesBack() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 80, false));
        TcpListener listener = image.listen(80);
        byte[] sent = content(20 << 20, 2);
        Future<Void> echo = run(() -> {
            TcpSocket socket = Image.accept(listener);
            byte[] all = Image.read(socket, sent.length);
            Image.write(socket, all);
            socket.close();
            return null;
        });
        try (Socket socket = new Socket(LOOPBACK, port)) {
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
    void aHundredConnectionsAtOnceEachWay() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 80, false));
        image.awaitAddress();
        TcpListener listener = image.listen(80);
        try (ServerSocket server = new ServerSocket(0, 200, LOOPBACK)) {
            run(() -> {
                while (true) {
                    Socket socket = server.accept();
                    run(() -> socket.getInputStream().transferTo(socket.getOutputStream()));
                }
            });
            run(() -> {
                while (true) {
                    TcpSocket socket = Image.accept(listener);
                    run(() -> {
                        Image.write(socket, Image.read(socket, 10_000));
                        socket.close();
                        return null;
                    });
                }
            });
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                byte[] bytes = content(10_000, i);
                all.add(run(() -> {
                    TcpSocket socket = image.connect(ROUTER, server.getLocalPort());
                    Image.write(socket, bytes);
                    assertArrayEquals(bytes, Image.read(socket, bytes.length));
                    socket.close();
                    return null;
                }));
                all.add(run(() -> {
                    try (Socket socket = new Socket(LOOPBACK, port)) {
                        socket.getOutputStream().write(bytes);
                        assertArrayEquals(bytes, socket.getInputStream().readAllBytes());
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                get(one);
            }
        }
    }

    @Test
    void aPortThatRefusesOnTheHostRefusesInTheImage() throws Exception {
        start();
        image.awaitAddress();
        int port = freePort();
        NetworkException e = assertThrows(NetworkException.class, () -> image.connect(ROUTER, port));
        assertEquals(Errno.ECONNREFUSED, e.errno());
        e = assertThrows(NetworkException.class, () -> image.connect("240.0.0.1", port));
        assertEquals(Errno.EHOSTUNREACH, e.errno());
    }

    @Test
    void aPortThatRefusesInTheImageResetsOnTheHost() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 80, false));
        image.awaitAddress();
        try (Socket socket = new Socket(LOOPBACK, port)) {
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
        }
    }

    @Test
    void resetsArePassedOn() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 80, false));
        image.awaitAddress();
        TcpListener listener = image.listen(80);
        try (Socket socket = new Socket(LOOPBACK, port)) {
            TcpSocket accepted = Image.accept(listener);
            accepted.abort();
            assertThrows(SocketException.class, () -> socket.getInputStream().read());
        }
        Socket socket = new Socket(LOOPBACK, port);
        TcpSocket accepted = Image.accept(listener);
        socket.setSoLinger(true, 0);
        socket.close();
        NetworkException e = assertThrows(NetworkException.class, () -> Image.read(accepted, 1));
        assertEquals(Errno.ECONNRESET, e.errno());
    }

    @Test
    void whoReadsSlowlyHoldsUpTheWriterAndNobodyElse() throws Exception {
        start();
        image.awaitAddress();
        try (ServerSocket server = new ServerSocket(0, 2, LOOPBACK)) {
            TcpSocket slow = image.connect(ROUTER, server.getLocalPort());
            Socket slowPeer = server.accept();
            TcpSocket quick = image.connect(ROUTER, server.getLocalPort());
            Socket quickPeer = server.accept();
            byte[] flood = content(64 << 20, 3);
            Future<Void> writing = run(() -> {
                Image.write(slow, flood);
                slow.close();
                return null;
            });
            for (int i = 0; i < 50; i++) {
                byte[] bytes = content(1000, i);
                Image.write(quick, bytes);
                assertArrayEquals(bytes, quickPeer.getInputStream().readNBytes(1000));
            }
            assertFalse(writing.isDone(), "64 MiB are nowhere but in the reader's way");
            try (InputStream in = slowPeer.getInputStream()) {
                assertArrayEquals(flood, in.readAllBytes());
            }
            get(writing);
        }
    }

    @Test
    void aClientThatComesBeforeTheImageWaits() throws Exception {
        int port = freePort();
        Forward forward = new Forward("127.0.0.1", port, 80, false);
        gateway = Gateway.open(Path.of("/tmp"), List.of(forward), null, notices::add);
        try (Socket socket = new Socket(LOOPBACK, port)) {
            socket.getOutputStream().write("early".getBytes(StandardCharsets.US_ASCII));
            image = new Image(gateway.socket());
            TcpSocket accepted = Image.accept(image.listen(80));
            assertEquals("early", new String(Image.read(accepted, 5), StandardCharsets.US_ASCII));
            assertEquals(IpAddress.parse(ROUTER), accepted.remoteAddress());
        }
    }

    @Test
    void anImageWithAFixedAddressIsFoundThere() throws Exception {
        int port = freePort();
        start(NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse("10.0.2.77"), 24)), List.of(IpAddress.parse(ROUTER))),
                new Forward("127.0.0.1", port, 80, false));
        TcpListener listener = image.listen(80);
        try (Socket socket = new Socket(LOOPBACK, port)) {
            socket.getOutputStream().write(7);
            TcpSocket accepted = Image.accept(listener);
            assertArrayEquals(new byte[] {7}, Image.read(accepted, 1));
            assertEquals(IpAddress.parse("10.0.2.77"), accepted.localAddress());
        }
    }

    @Test
    void datagramsGoOutAndComeBack() throws Exception {
        start();
        image.awaitAddress();
        datagramsComeBack(LOOPBACK, ROUTER, 0, 1, 1472, 1473, 9000, 65_000);
    }

    @Test
    void namesAreAskedOfTheHostsServer() throws Exception {
        InetAddress server = InetAddress.getByName("127.0.0.77");
        Files.writeString(directory.resolve("resolv.conf"), "search example.org\nnameserver 127.0.0.77\nnameserver 127.0.0.78\n");
        try (DatagramSocket names = new DatagramSocket(new InetSocketAddress(server, 53)); ServerSocket large = new ServerSocket(53, 1, server)) {
            start();
            image.awaitAddress();
            UdpSocket socket = image.udp(5000);
            socket.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), image.network.nameServers().getFirst(), 53);
            DatagramPacket question = new DatagramPacket(new byte[10], 10);
            names.setSoTimeout(20_000);
            names.receive(question);
            assertEquals(3, question.getLength());
            names.send(question);
            Datagram from = new Datagram();
            assertArrayEquals(new byte[] {1, 2, 3}, Image.receive(socket, from));
            assertEquals(IpAddress.parse("10.0.2.3"), from.source());
            assertEquals(53, from.sourcePort());
            image.connect("10.0.2.3", 53).close();
            large.accept().close();
        } catch (BindException e) {
            Assumptions.abort("port 53 of " + server + " may not be used here: " + e);
        }
    }

    @Test
    void forwardedDatagramsAreAnsweredToWhoSentThem() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 53, true));
        image.awaitAddress();
        UdpSocket server = image.udp(53);
        try (DatagramSocket one = new DatagramSocket(0, LOOPBACK); DatagramSocket two = new DatagramSocket(0, LOOPBACK)) {
            one.setSoTimeout(20_000);
            two.setSoTimeout(20_000);
            one.send(new DatagramPacket(new byte[] {1}, 1, LOOPBACK, port));
            Datagram first = new Datagram();
            assertArrayEquals(new byte[] {1}, Image.receive(server, first));
            two.send(new DatagramPacket(new byte[] {2}, 1, LOOPBACK, port));
            Datagram second = new Datagram();
            assertArrayEquals(new byte[] {2}, Image.receive(server, second));
            server.send(ByteBuffer.wrap(new byte[] {22}), second.source(), second.sourcePort());
            server.send(ByteBuffer.wrap(new byte[] {11}), first.source(), first.sourcePort());
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            one.receive(answer);
            assertEquals(11, answer.getData()[0]);
            assertEquals(port, answer.getPort());
            two.receive(answer);
            assertEquals(22, answer.getData()[0]);
        }
    }

    @Test
    void theImageIsToldWhenTheGatewayEnds() throws Exception {
        start();
        image.awaitAddress();
        gateway.close();
        image.awaitEnd();
        assertFalse(image.card.linkUp());
        assertTrue(image.notices.toString().contains("the network is gone"), image.notices::toString);
    }

    @Test
    void whenTheImageVanishesItsConnectionsAreReset() throws Exception {
        int port = freePort();
        start(new Forward("127.0.0.1", port, 80, false));
        image.awaitAddress();
        TcpListener listener = image.listen(80);
        try (Socket socket = new Socket(LOOPBACK, port)) {
            Image.accept(listener);
            image.close();
            socket.setSoTimeout(20_000);
            assertEquals(-1, socket.getInputStream().read());
        }
        image = null;
    }

    @Test
    void aFrameThatCannotBeIsTheEndOfTheCable() throws Exception {
        Gateway opened = Gateway.open(Path.of("/tmp"), List.of(), null, notices::add);
        gateway = opened;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(opened.socket()))) {
            channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}));
            ByteBuffer sink = ByteBuffer.allocate(1000);
            while (channel.read(sink.clear()) >= 0) {
                continue; // what it says by itself
            }
        }
    }

    @Test
    void nonsenseFromTheImageHarmsNobody() throws Exception {
        Gateway opened = Gateway.open(Path.of("/tmp"), List.of(), null, notices::add);
        gateway = opened;
        Random random = new Random(4);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(opened.socket()))) {
            for (int i = 0; i < 20_000; i++) {
                byte[] frame = new byte[14 + random.nextInt(100)];
                random.nextBytes(frame);
                // most of it looks like something
                frame[12] = 8;
                frame[13] = (byte) (random.nextInt(8) == 0 ? 6 : 0);
                if (frame.length > 34 && random.nextInt(4) != 0) {
                    ByteBuffer ip = ByteBuffer.wrap(frame);
                    ip.put(14, (byte) (0x45 + random.nextInt(2))).putShort(16, (short) (frame.length - 14 - random.nextInt(3)));
                    ip.putShort(20, (short) 0).put(23, (byte) (random.nextBoolean() ? 6 : 17)).putInt(26, 0x0a00020f);
                    ip.putInt(30, random.nextBoolean() ? 0x0a000202 : 0x0a000203);
                }
                channel.write(ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip());
                drain(channel);
            }
        }
        assertEquals(List.of(), notices);
    }

    private static void drain(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer sink = ByteBuffer.allocate(65_536);
        while (channel.read(sink.clear()) > 0) {
            continue;
        }
        channel.configureBlocking(true);
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            Forward forward = new Forward("127.0.0.1", taken.getLocalPort(), 80, false);
            assertThrows(BindException.class, () -> Gateway.open(Path.of("/tmp"), List.of(forward), null, notices::add));
        }
    }

    @Test
    void framesAreWrittenForWireshark() throws Exception {
        start();
        image.awaitAddress();
        image.close();
        image = null;
        gateway.close();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("frames.pcap"))).order(ByteOrder.BIG_ENDIAN);
        assertEquals(0xa1b23c4d, file.getInt(0));
        assertTrue(file.capacity() > 24 + 16 + 300, "a DHCP exchange");
    }
}
