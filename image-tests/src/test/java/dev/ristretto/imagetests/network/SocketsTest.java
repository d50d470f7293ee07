package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, LOCAL);
    }

    private static Socket connect(ServerSocket server) throws IOException {
        return new Socket(LOCAL, server.getLocalPort());
    }

    @Test
    void oneConnectionBothWays() throws Exception {
        try (ServerSocket server = listen()) {
            Peer<Void> peer = Peer.platform(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                    return null;
                }
            });
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write("hello".getBytes());
                socket.shutdownOutput();
                assertEquals("hello", new String(socket.getInputStream().readAllBytes()));
            }
            peer.join();
        }
    }

    @Test
    void manyMegabytesArriveUnharmed() throws Exception {
        byte[] bytes = Bytes.of(8 << 20);
        try (ServerSocket server = listen()) {
            Peer<byte[]> peer = Peer.platform(() -> {
                try (Socket socket = server.accept()) {
                    return socket.getInputStream().readAllBytes();
                }
            });
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write(bytes);
            }
            assertArrayEquals(bytes, peer.join());
        }
    }

    @Test
    void addressesAndPortsAreThoseOfTheOtherSide() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            assertTrue(server.isBound() && client.isConnected());
            assertEquals(client.getLocalSocketAddress(), accepted.getRemoteSocketAddress());
            assertEquals(client.getRemoteSocketAddress(), accepted.getLocalSocketAddress());
            assertTrue(accepted.getInetAddress().isLoopbackAddress());
            assertNotEquals(0, client.getLocalPort());
        }
    }

    @Test
    void ipv6() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        try (ServerSocket server = new ServerSocket(0, 5, six); Socket client = new Socket(six, server.getLocalPort()); Socket accepted = server.accept()) {
            assertTrue(accepted.getInetAddress() instanceof Inet6Address);
            client.getOutputStream().write(7);
            assertEquals(7, accepted.getInputStream().read());
        }
    }

    @Test
    void aServerForAllAddressesTakesBothVersions() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            for (String address : new String[] {"127.0.0.1", "::1"}) {
                try (Socket client = new Socket(InetAddress.getByName(address), server.getLocalPort()); Socket accepted = server.accept()) {
                    assertEquals(InetAddress.getByName(address), accepted.getInetAddress());
                    assertEquals(address.contains(".") ? Inet4Address.class : Inet6Address.class, accepted.getInetAddress().getClass());
                }
            }
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket server = listen()) {
            port = server.getLocalPort();
        }
        ConnectException e = assertThrows(ConnectException.class, () -> new Socket(LOCAL, port));
        assertTrue(e.getMessage().startsWith("Connection refused"), e.getMessage());
    }

    @Test
    void aPortIsGivenOnce() throws Exception {
        try (ServerSocket server = listen()) {
            BindException e = assertThrows(BindException.class, () -> new ServerSocket(server.getLocalPort(), 5, LOCAL));
            assertTrue(e.getMessage().contains("Address already in use"), e.getMessage());
        }
    }

    @Test
    void anAddressThatIsNotOursCannotBeBound() {
        assertThrows(BindException.class, () -> new ServerSocket(0, 5, InetAddress.getByName("203.0.113.77")));
    }

    @Test
    void readingTimesOut() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            client.setSoTimeout(50);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
            assertTrue(System.nanoTime() - start >= 50_000_000);
            accepted.getOutputStream().write(1);
            assertEquals(1, client.getInputStream().read());
        }
    }

    @Test
    void acceptingTimesOut() throws Exception {
        try (ServerSocket server = listen()) {
            server.setSoTimeout(50);
            assertThrows(SocketTimeoutException.class, server::accept);
            try (Socket client = connect(server); Socket accepted = server.accept()) {
                assertEquals(client.getLocalPort(), accepted.getPort());
            }
        }
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            Peer<Integer> reader = Peer.platform(() -> client.getInputStream().read());
            reader.awaitWaiting();
            client.close();
            SocketException e = assertThrows(SocketException.class, reader::join);
            assertEquals("Socket closed", e.getMessage());
            assertEquals(-1, accepted.getInputStream().read());
        }
    }

    @Test
    void closingEndsAnAcceptThatWaits() throws Exception {
        ServerSocket server = listen();
        Peer<Socket> acceptor = Peer.platform(server::accept);
        acceptor.awaitWaiting();
        server.close();
        assertThrows(SocketException.class, acceptor::join);
    }

    @Test
    void closingEndsAWriteThatWaits() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            Peer<Void> writer = Peer.platform(() -> {
                byte[] bytes = new byte[1 << 16];
                while (true) {
                    client.getOutputStream().write(bytes);
                }
            });
            writer.awaitWaiting();
            client.close();
            assertThrows(SocketException.class, writer::join);
            assertFalse(accepted.isClosed());
        }
    }

    @Test
    void halfClosedStillReceives() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            client.shutdownOutput();
            assertEquals(-1, accepted.getInputStream().read());
            accepted.getOutputStream().write(9);
            assertEquals(9, client.getInputStream().read());
            assertThrows(IOException.class, () -> client.getOutputStream().write(1));
            InputStream in = client.getInputStream();
            client.shutdownInput();
            assertEquals(-1, in.read());
        }
    }

    @Test
    void aResetIsTold() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            accepted.setSoLinger(true, 0);
            accepted.close();
            client.setSoTimeout(10_000);
            SocketException e = assertThrows(SocketException.class, () -> client.getInputStream().read());
            assertEquals("Connection reset", e.getMessage());
        }
    }

    @Test
    void writingToAPeerThatIsGoneFails() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server)) {
            server.accept().close();
            assertThrows(SocketException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    client.getOutputStream().write(new byte[1_000]);
                }
            });
        }
    }

    @Test
    void availableCountsWhatIsThere() throws Exception {
        try (ServerSocket server = listen(); Socket client = connect(server); Socket accepted = server.accept()) {
            InputStream in = accepted.getInputStream();
            assertEquals(0, in.available());
            client.getOutputStream().write(new byte[100]);
            accepted.setSoTimeout(10_000);
            in.read();
            assertEquals(99, in.available());
        }
    }

    @Test
    void optionsAreKept() throws Exception {
        try (ServerSocket server = listen(); Socket socket = connect(server)) {
            socket.setTcpNoDelay(true);
            assertTrue(socket.getTcpNoDelay());
            socket.setKeepAlive(true);
            assertTrue(socket.getKeepAlive());
            socket.setSoLinger(true, 7);
            assertEquals(7, socket.getSoLinger());
            socket.setSoLinger(false, 0);
            assertEquals(-1, socket.getSoLinger());
            socket.setReuseAddress(true);
            assertTrue(socket.getReuseAddress());
            socket.setTrafficClass(0x10);
            assertEquals(0x10, socket.getTrafficClass());
            socket.setReceiveBufferSize(32_768);
            assertTrue(socket.getReceiveBufferSize() >= 32_768);
            socket.setSendBufferSize(32_768);
            assertTrue(socket.getSendBufferSize() >= 32_768);
            socket.setOOBInline(true);
            assertTrue(socket.getOOBInline());
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 33);
            assertEquals(33, socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 4);
            assertEquals(4, socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 5);
            assertEquals(5, socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
            server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            assertTrue(server.getOption(StandardSocketOptions.SO_REUSEPORT));
        }
    }

    @Test
    void aHundredConnectionsAtATime() throws Exception {
        int count = 100;
        try (ServerSocket server = new ServerSocket(0, count, LOCAL)) {
            List<Socket> clients = new ArrayList<>();
            List<Socket> accepted = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                clients.add(connect(server));
                accepted.add(server.accept());
            }
            for (int i = 0; i < count; i++) {
                clients.get(i).getOutputStream().write(i);
            }
            for (int i = 0; i < count; i++) {
                assertEquals(i, accepted.get(i).getInputStream().read());
                accepted.get(i).close();
                assertEquals(-1, clients.get(i).getInputStream().read());
                clients.get(i).close();
            }
        }
    }

    @Test
    void aThousandConnectionsOneAfterTheOther() throws Exception {
        try (ServerSocket server = listen()) {
            Peer<Integer> peer = Peer.platform(() -> {
                int sum = 0;
                for (int i = 0; i < 1_000; i++) {
                    try (Socket socket = server.accept()) {
                        sum += socket.getInputStream().read();
                        socket.getOutputStream().write(1);
                    }
                }
                return sum;
            });
            for (int i = 0; i < 1_000; i++) {
                try (Socket socket = connect(server)) {
                    socket.getOutputStream().write(3);
                    assertEquals(1, socket.getInputStream().read());
                }
            }
            assertEquals(3_000, peer.join());
        }
    }

    @Test
    void connectingWithATimeout() throws Exception {
        try (ServerSocket server = listen(); Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOCAL, server.getLocalPort()), 10_000);
            assertTrue(socket.isConnected());
            assertThrows(SocketException.class, () -> socket.connect(new InetSocketAddress(LOCAL, server.getLocalPort()), 10_000));
        }
    }

    @Test
    void aBoundClientComesFromItsPort() throws Exception {
        try (ServerSocket server = listen(); Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(LOCAL, 0));
            int port = socket.getLocalPort();
            socket.connect(new InetSocketAddress(LOCAL, server.getLocalPort()));
            try (Socket accepted = server.accept()) {
                assertEquals(port, accepted.getPort());
            }
        }
    }
}
