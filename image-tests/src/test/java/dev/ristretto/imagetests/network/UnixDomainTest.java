package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnixDomainTest {
    private Path directory;
    private UnixDomainSocketAddress address;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        directory = Files.createTempDirectory("unix");
        address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        Files.deleteIfExists(address.getPath());
        Files.delete(directory);
    }

    @Test
    void bothSidesTalk() throws Exception {
        byte[] bytes = Bytes.of(500_000);
        Peer<Void> peer = Peer.virtual(() -> {
            try (SocketChannel accepted = server.accept()) {
                Channels.newInputStream(accepted).transferTo(Channels.newOutputStream(accepted));
            }
            return null;
        });
        try (SocketChannel client = SocketChannel.open(address)) {
            Peer<Void> writer = Peer.platform(() -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    client.write(buffer);
                }
                client.shutdownOutput();
                return null;
            });
            assertArrayEquals(bytes, Channels.newInputStream(client).readAllBytes());
            writer.join();
        }
        peer.join();
    }

    @Test
    void addresses() throws Exception {
        try (SocketChannel client = SocketChannel.open(address); SocketChannel accepted = server.accept()) {
            assertEquals(address, client.getRemoteAddress());
            assertEquals(address, server.getLocalAddress());
            assertEquals("", accepted.getRemoteAddress().toString());
        }
    }

    @Test
    void nameIsTakenOnce() {
        assertThrows(BindException.class, () -> ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address));
    }

    @Test
    void nobodyListens() throws Exception {
        server.close();
        assertTrue(Files.exists(address.getPath()));
        assertThrows(SocketException.class, () -> SocketChannel.open(address));
        Files.delete(address.getPath());
        assertThrows(SocketException.class, () -> SocketChannel.open(address));
    }

    @Test
    void inASelector() throws Exception {
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            assertEquals(0, selector.selectNow());
            try (SocketChannel client = SocketChannel.open(address)) {
                assertEquals(1, selector.select(10_000));
                SocketChannel accepted = server.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
                selector.selectedKeys().clear();
                assertEquals(0, selector.selectNow());
                client.write(ByteBuffer.wrap(new byte[] {1}));
                assertEquals(1, selector.select(10_000));
                accepted.close();
            }
        }
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        try (SocketChannel client = SocketChannel.open(address); SocketChannel accepted = server.accept()) {
            Peer<Integer> reader = Peer.platform(() -> client.read(ByteBuffer.allocate(1)));
            reader.awaitWaiting();
            client.close();
            assertThrows(AsynchronousCloseException.class, reader::join);
            assertEquals(-1, accepted.read(ByteBuffer.allocate(1)));
        }
    }
}
