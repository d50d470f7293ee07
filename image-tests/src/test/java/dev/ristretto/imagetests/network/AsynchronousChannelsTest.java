package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsynchronousChannelsTest {
    private AsynchronousChannelGroup group;
    private AsynchronousServerSocketChannel server;

    @BeforeEach
    void open() throws Exception {
        group = AsynchronousChannelGroup.withFixedThreadPool(2, Executors.defaultThreadFactory());
        server = AsynchronousServerSocketChannel.open(group).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        group.shutdownNow();
        assertTrue(group.awaitTermination(30, TimeUnit.SECONDS));
    }

    private AsynchronousSocketChannel connect(SocketAddress address) throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group);
        channel.connect(address).get();
        return channel;
    }

    @Test
    void futures() throws Exception {
        Future<AsynchronousSocketChannel> accepting = server.accept();
        AsynchronousSocketChannel client = connect(server.getLocalAddress());
        AsynchronousSocketChannel accepted = accepting.get();
        ByteBuffer in = ByteBuffer.allocate(10);
        Future<Integer> reading = accepted.read(in);
        assertEquals(3, client.write(ByteBuffer.wrap(new byte[] {1, 2, 3})).get());
        assertEquals(3, reading.get());
        client.close();
        assertEquals(-1, accepted.read(in).get());
    }

    @Test
    void handlers() throws Exception {
        CompletableFuture<String> echoed = new CompletableFuture<>();
        server.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
            @Override
            public void completed(AsynchronousSocketChannel accepted, Void attachment) {
                ByteBuffer buffer = ByteBuffer.allocate(100);
                accepted.read(buffer, null, new CompletionHandler<Integer, Void>() {
                    @Override
                    public void completed(Integer count, Void unused) {
                        accepted.write(buffer.flip());
                    }

                    @Override
                    public void failed(Throwable e, Void unused) {
                        echoed.completeExceptionally(e);
                    }
                });
            }

            @Override
            public void failed(Throwable e, Void attachment) {
                echoed.completeExceptionally(e);
            }
        });
        AsynchronousSocketChannel client = connect(server.getLocalAddress());
        client.write(ByteBuffer.wrap("echo".getBytes())).get();
        ByteBuffer buffer = ByteBuffer.allocate(100);
        client.read(buffer, null, new CompletionHandler<Integer, Void>() {
            @Override
            public void completed(Integer count, Void unused) {
                echoed.complete(new String(buffer.array(), 0, count));
            }

            @Override
            public void failed(Throwable e, Void unused) {
                echoed.completeExceptionally(e);
            }
        });
        assertEquals("echo", echoed.get(30, TimeUnit.SECONDS));
    }

    @Test
    void refused() throws Exception {
        SocketAddress address = server.getLocalAddress();
        server.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> connect(address));
        assertEquals(ConnectException.class, e.getCause().getClass());
    }

    @Test
    void readingTimesOut() throws Exception {
        Future<AsynchronousSocketChannel> accepting = server.accept();
        AsynchronousSocketChannel client = connect(server.getLocalAddress());
        accepting.get();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        client.read(ByteBuffer.allocate(1), 40, TimeUnit.MILLISECONDS, null, new CompletionHandler<Integer, Void>() {
            @Override
            public void completed(Integer count, Void unused) {
                failure.complete(null);
            }

            @Override
            public void failed(Throwable e, Void unused) {
                failure.complete(e);
            }
        });
        assertEquals(InterruptedByTimeoutException.class, failure.get(30, TimeUnit.SECONDS).getClass());
    }

    @Test
    void closingEndsARead() throws Exception {
        Future<AsynchronousSocketChannel> accepting = server.accept();
        AsynchronousSocketChannel client = connect(server.getLocalAddress());
        accepting.get();
        Future<Integer> reading = client.read(ByteBuffer.allocate(1));
        client.close();
        ExecutionException e = assertThrows(ExecutionException.class, reading::get);
        assertEquals(AsynchronousCloseException.class, e.getCause().getClass());
    }
}
