package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketChannelsTest {
    private ServerSocketChannel server;
    private SocketChannel client;
    private SocketChannel accepted;

    @BeforeEach
    void connect() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = SocketChannel.open(server.getLocalAddress());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        server.close();
    }

    private static byte[] readAll(SocketChannel channel) throws IOException {
        return Channels.newInputStream(channel).readAllBytes();
    }

    @Test
    void gatheringAndScattering() throws Exception {
        ByteBuffer[] out = {ByteBuffer.wrap(new byte[] {1, 2, 3}), ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {4, 5})};
        assertEquals(5, client.write(out));
        client.shutdownOutput();
        ByteBuffer[] in = {ByteBuffer.allocate(2), ByteBuffer.allocateDirect(9)};
        long read = 0;
        while (read < 5) {
            read += accepted.read(in);
        }
        assertEquals(2, in[0].position());
        assertEquals(3, in[1].position());
        assertEquals(5, in[1].get(2));
        assertEquals(-1, accepted.read(in));
    }

    @Test
    void aFileGoesOut() throws Exception {
        byte[] bytes = Bytes.of(3_000_001);
        Path file = Files.createTempFile("transfer", ".bin");
        Files.write(file, bytes);
        Peer<byte[]> reader = Peer.platform(() -> readAll(accepted));
        try (FileChannel channel = FileChannel.open(file)) {
            long sent = 0;
            while (sent < bytes.length) {
                sent += channel.transferTo(sent, bytes.length - sent, client);
            }
        }
        client.shutdownOutput();
        assertArrayEquals(bytes, reader.join());
        Files.delete(file);
    }

    @Test
    void aFileGoesOutOfAChannelThatDoesNotWait() throws Exception {
        byte[] bytes = Bytes.of(3_000_001);
        Path file = Files.createTempFile("transfer", ".bin");
        Files.write(file, bytes);
        Peer<byte[]> reader = Peer.platform(() -> readAll(accepted));
        client.configureBlocking(false);
        try (FileChannel channel = FileChannel.open(file); Selector selector = Selector.open()) {
            client.register(selector, SelectionKey.OP_WRITE);
            long sent = 0;
            while (sent < bytes.length) {
                selector.select();
                selector.selectedKeys().clear();
                sent += channel.transferTo(sent, bytes.length - sent, client);
            }
        }
        client.shutdownOutput();
        assertArrayEquals(bytes, reader.join());
        Files.delete(file);
    }

    @Test
    void aFileComesIn() throws Exception {
        byte[] bytes = Bytes.of(1_000_001);
        Peer<Void> writer = Peer.platform(() -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                client.write(buffer);
            }
            client.shutdownOutput();
            return null;
        });
        Path file = Files.createTempFile("transfer", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long received = 0;
            long count;
            do {
                count = channel.transferFrom(accepted, received, 1 << 20);
                received += count;
            } while (count > 0);
        }
        writer.join();
        assertArrayEquals(bytes, Files.readAllBytes(file));
        Files.delete(file);
    }

    @Test
    void interruptClosesAChannel() throws Exception {
        Peer<Integer> reader = Peer.platform(() -> client.read(ByteBuffer.allocate(1)));
        reader.awaitWaiting();
        reader.thread().interrupt();
        assertThrows(ClosedByInterruptException.class, reader::join);
        assertTrue(!client.isOpen());
        assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
    }

    @Test
    void closingEndsAReadAndAnAccept() throws Exception {
        Peer<Integer> reader = Peer.platform(() -> client.read(ByteBuffer.allocate(1)));
        Peer<SocketChannel> acceptor = Peer.platform(server::accept);
        reader.awaitWaiting();
        acceptor.awaitWaiting();
        client.close();
        server.close();
        assertThrows(AsynchronousCloseException.class, reader::join);
        assertThrows(AsynchronousCloseException.class, acceptor::join);
    }

    @Test
    void shuttingDownEndsARead() throws Exception {
        Peer<Integer> reader = Peer.platform(() -> client.read(ByteBuffer.allocate(1)));
        reader.awaitWaiting();
        client.shutdownInput();
        assertEquals(-1, reader.join());
    }

    @Test
    void withoutWaiting() throws Exception {
        accepted.configureBlocking(false);
        server.configureBlocking(false);
        assertEquals(0, accepted.read(ByteBuffer.allocate(1)));
        assertNull(server.accept());
        try (SocketChannel unconnected = SocketChannel.open()) {
            assertThrows(NotYetConnectedException.class, () -> unconnected.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void options() throws Exception {
        for (var option : client.supportedOptions()) {
            client.getOption(option);
        }
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        assertTrue(client.getOption(StandardSocketOptions.TCP_NODELAY));
        for (var option : server.supportedOptions()) {
            server.getOption(option);
        }
    }

    @Test
    void theAdaptorTimesOut() throws Exception {
        client.socket().setSoTimeout(40);
        assertThrows(java.net.SocketTimeoutException.class, () -> client.socket().getInputStream().read());
    }

    @Test
    void pipe() throws Exception {
        Pipe pipe = Pipe.open();
        byte[] bytes = Bytes.of(300_000);
        Peer<Void> writer = Peer.platform(() -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                pipe.sink().write(buffer);
            }
            pipe.sink().close();
            return null;
        });
        assertArrayEquals(bytes, Channels.newInputStream(pipe.source()).readAllBytes());
        writer.join();
        pipe.source().close();
    }

    @Test
    void pipeInASelector() throws Exception {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open()) {
            pipe.source().configureBlocking(false);
            pipe.source().register(selector, SelectionKey.OP_READ);
            assertEquals(0, selector.selectNow());
            pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, selector.select(10_000));
            selector.selectedKeys().clear();
            assertEquals(1, pipe.source().read(ByteBuffer.allocate(4)));
            assertEquals(0, selector.selectNow());
            pipe.sink().close();
            assertEquals(1, selector.select(10_000));
            assertEquals(-1, pipe.source().read(ByteBuffer.allocate(4)));
        }
        pipe.source().close();
    }
}
