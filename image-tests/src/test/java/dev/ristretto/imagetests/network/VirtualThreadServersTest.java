package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A virtual thread for each connection: each parks while it waits and holds no other up. */
class VirtualThreadServersTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private static Void echo(ServerSocket server, ExecutorService threads) throws Exception {
        while (true) {
            Socket socket = server.accept();
            threads.submit(() -> {
                try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
                return null;
            });
        }
    }

    @Test
    void manyClientsAtATime() throws Exception {
        int clients = 200;
        int rounds = 10;
        try (ServerSocket server = new ServerSocket(0, clients, LOCAL); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Peer<Void> acceptor = Peer.virtual(() -> echo(server, threads));
            List<Peer<Void>> peers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                peers.add(Peer.virtual(() -> {
                    try (Socket socket = new Socket(LOCAL, server.getLocalPort())) {
                        for (int round = 0; round < rounds; round++) {
                            byte[] bytes = Bytes.of(100 + number);
                            socket.getOutputStream().write(bytes);
                            assertArrayEquals(bytes, socket.getInputStream().readNBytes(bytes.length));
                        }
                        return null;
                    }
                }));
            }
            for (Peer<Void> peer : peers) {
                peer.join();
            }
            server.close();
            assertThrows(SocketException.class, acceptor::join);
        }
    }

    @Test
    void manyThatWaitDoNotHoldUpOneThatWorks() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 500, LOCAL)) {
            List<Socket> idle = new ArrayList<>();
            List<Peer<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                idle.add(new Socket(LOCAL, server.getLocalPort()));
                Socket accepted = server.accept();
                readers.add(Peer.virtual(() -> {
                    try (accepted) {
                        return accepted.getInputStream().read();
                    }
                }));
            }
            Peer<Integer> worker = Peer.virtual(() -> 42);
            assertEquals(42, worker.join());
            for (int i = 0; i < idle.size(); i++) {
                idle.get(i).getOutputStream().write(i & 0x7f);
            }
            for (int i = 0; i < idle.size(); i++) {
                assertEquals(i & 0x7f, readers.get(i).join());
                idle.get(i).close();
            }
        }
    }

    @Test
    void readingTimesOut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, LOCAL); Socket client = new Socket(LOCAL, server.getLocalPort())) {
            client.setSoTimeout(50);
            Peer<Integer> reader = Peer.virtual(() -> client.getInputStream().read());
            assertThrows(SocketTimeoutException.class, reader::join);
        }
    }

    @Test
    void interruptClosesASocket() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, LOCAL); Socket client = new Socket(LOCAL, server.getLocalPort());
                Socket accepted = server.accept()) {
            Peer<Integer> reader = Peer.virtual(() -> client.getInputStream().read());
            reader.awaitWaiting();
            reader.thread().interrupt();
            SocketException e = assertThrows(SocketException.class, reader::join);
            assertEquals("Closed by interrupt", e.getMessage());
            assertTrue(client.isClosed());
            assertEquals(-1, accepted.getInputStream().read());
        }
    }

    @Test
    void interruptClosesAChannel() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(null);
                SocketChannel client = SocketChannel.open(new java.net.InetSocketAddress(LOCAL, server.socket().getLocalPort()))) {
            Peer<Integer> reader = Peer.virtual(() -> client.read(ByteBuffer.allocate(1)));
            reader.awaitWaiting();
            reader.thread().interrupt();
            assertThrows(ClosedByInterruptException.class, reader::join);
        }
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, LOCAL); Socket client = new Socket(LOCAL, server.getLocalPort())) {
            Peer<Integer> reader = Peer.virtual(() -> client.getInputStream().read());
            reader.awaitWaiting();
            client.close();
            assertThrows(SocketException.class, reader::join);
        }
    }

    @Test
    void aFullConnectionParksTheWriter() throws Exception {
        byte[] bytes = Bytes.of(4 << 20);
        try (ServerSocket server = new ServerSocket(0, 5, LOCAL); Socket client = new Socket(LOCAL, server.getLocalPort());
                Socket accepted = server.accept()) {
            Peer<Void> writer = Peer.virtual(() -> {
                client.getOutputStream().write(bytes);
                client.shutdownOutput();
                return null;
            });
            writer.awaitWaiting();
            assertArrayEquals(bytes, accepted.getInputStream().readAllBytes());
            writer.join();
        }
    }
}
