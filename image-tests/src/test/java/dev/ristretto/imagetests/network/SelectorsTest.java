package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class SelectorsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static ServerSocketChannel listen(Selector selector) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        return server;
    }

    /** An echo server as in a textbook: one thread for all connections. */
    private static Void serve(Selector selector, int connections) throws IOException {
        int ended = 0;
        while (ended < connections) {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(4_096));
                } else if (echo(key)) {
                    ended++;
                }
            }
        }
        return null;
    }

    /** Returns true at the end. */
    private static boolean echo(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer buffer = (ByteBuffer) key.attachment();
        if (key.isReadable() && channel.read(buffer) < 0) {
            channel.close();
            return true;
        }
        buffer.flip();
        channel.write(buffer);
        key.interestOps(buffer.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        buffer.compact();
        return false;
    }

    @Test
    void oneThreadServesManyConnections() throws Exception {
        int clients = 20;
        try (Selector selector = Selector.open(); ServerSocketChannel server = listen(selector)) {
            Peer<Void> peer = Peer.platform(() -> serve(selector, clients));
            @SuppressWarnings({"unchecked", "rawtypes"})
            Peer<Integer>[] others = new Peer[clients];
            for (int i = 0; i < clients; i++) {
                int number = i;
                others[i] = Peer.virtual(() -> talk(server, number));
            }
            for (Peer<Integer> other : others) {
                assertEquals(50, other.join());
            }
            peer.join();
        }
    }

    private static int talk(ServerSocketChannel server, int number) throws IOException {
        int right = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort())) {
            for (int i = 0; i < 50; i++) {
                byte[] bytes = Bytes.of(1 + number * 50 + i);
                socket.getOutputStream().write(bytes);
                if (java.util.Arrays.equals(bytes, socket.getInputStream().readNBytes(bytes.length))) {
                    right++;
                }
            }
        }
        return right;
    }

    @Test
    void connectingWithoutWaiting() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
                Selector selector = Selector.open(); SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            if (!client.connect(server.getLocalAddress())) {
                client.register(selector, SelectionKey.OP_CONNECT);
                assertEquals(1, selector.select(10_000));
                assertTrue(selector.selectedKeys().iterator().next().isConnectable());
                assertTrue(client.finishConnect());
            }
            assertTrue(client.isConnected());
        }
    }

    @Test
    void aRefusalIsToldByFinishing() throws Exception {
        InetSocketAddress address;
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT)) {
            address = (InetSocketAddress) server.getLocalAddress();
        }
        try (Selector selector = Selector.open(); SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            assertThrows(ConnectException.class, () -> {
                client.connect(address);
                client.register(selector, SelectionKey.OP_CONNECT);
                assertEquals(1, selector.select(10_000));
                client.finishConnect();
            });
        }
    }

    @Test
    void timeEndsASelection() throws Exception {
        try (Selector selector = Selector.open(); ServerSocketChannel server = listen(selector)) {
            long start = System.nanoTime();
            assertEquals(0, selector.select(30));
            assertTrue(System.nanoTime() - start >= 29_000_000);
            assertEquals(0, selector.selectNow());
            assertTrue(server.isOpen());
        }
    }

    @Test
    void wakeUpEndsASelectionNowOrTheNextOne() throws Exception {
        try (Selector selector = Selector.open()) {
            selector.wakeup();
            assertEquals(0, selector.select());
            Peer<Integer> waiter = Peer.platform(selector::select);
            waiter.awaitWaiting();
            selector.wakeup();
            assertEquals(0, waiter.join());
        }
    }

    @Test
    void interruptEndsASelection() throws Exception {
        try (Selector selector = Selector.open()) {
            Peer<Boolean> waiter = Peer.platform(() -> {
                selector.select();
                return Thread.currentThread().isInterrupted();
            });
            waiter.awaitWaiting();
            waiter.thread().interrupt();
            assertTrue(waiter.join());
            assertTrue(selector.isOpen());
        }
    }

    @Test
    void interruptEndsASelectionOfAVirtualThread() throws Exception {
        try (Selector selector = Selector.open()) {
            Peer<Boolean> waiter = Peer.virtual(() -> {
                selector.select();
                return Thread.currentThread().isInterrupted();
            });
            waiter.awaitWaiting();
            waiter.thread().interrupt();
            assertTrue(waiter.join());
        }
    }

    @Test
    void closingEndsASelection() throws Exception {
        Selector selector = Selector.open();
        Peer<Integer> waiter = Peer.platform(selector::select);
        waiter.awaitWaiting();
        selector.close();
        assertEquals(0, waiter.join());
        assertThrows(ClosedSelectorException.class, selector::select);
    }

    @Test
    void aCancelledKeyIsNotSelected() throws Exception {
        try (Selector selector = Selector.open(); ServerSocketChannel server = listen(selector);
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            assertEquals(1, selector.select(10_000));
            SelectionKey key = server.keyFor(selector);
            key.cancel();
            assertFalse(key.isValid());
            selector.selectedKeys().clear();
            assertEquals(0, selector.selectNow());
            assertNull(server.keyFor(selector));
            assertThrows(CancelledKeyException.class, () -> key.interestOps(SelectionKey.OP_ACCEPT));
            assertTrue(client.isConnected());
        }
    }

    @Test
    void aReadyChannelIsSelectedAgainUntilItIsRead() throws Exception {
        try (Selector selector = Selector.open(); ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
                SocketChannel client = SocketChannel.open(server.getLocalAddress()); SocketChannel accepted = server.accept()) {
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
            client.write(ByteBuffer.wrap(new byte[] {1}));
            for (int i = 0; i < 3; i++) {
                assertEquals(1, selector.select(10_000));
                selector.selectedKeys().clear();
            }
            assertEquals(1, accepted.read(ByteBuffer.allocate(10)));
            assertEquals(0, selector.selectNow());
            assertEquals(0, accepted.read(ByteBuffer.allocate(10)));
        }
    }

    @Test
    void aFullChannelIsNotWritable() throws Exception {
        try (Selector selector = Selector.open(); ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
                SocketChannel client = SocketChannel.open(server.getLocalAddress()); SocketChannel accepted = server.accept()) {
            client.configureBlocking(false);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            long written = 0;
            int idle = 0;
            while (idle < 10) {
                int count = client.write(buffer.clear());
                written += count;
                idle = count == 0 ? idle + 1 : 0;
                if (count == 0) {
                    Thread.sleep(5);
                }
            }
            client.register(selector, SelectionKey.OP_WRITE);
            assertEquals(0, selector.selectNow());
            long read = 0;
            while (read < written) {
                read += accepted.read(buffer.clear());
            }
            assertEquals(1, selector.select(10_000));
        }
    }
}
