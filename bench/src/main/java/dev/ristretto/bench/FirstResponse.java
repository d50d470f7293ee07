package dev.ristretto.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a guest's first response. A new connection is tried whenever another hundredth of the time since the start has gone: both a guest
 * that is up in a tenth of a second and one that takes seconds are found to one per cent, and disturbed alike. Once one is made, its response
 * is waited for.
 */
final class FirstResponse implements AutoCloseable {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String OK = "HTTP/1.1 200";
    private static final int MOST_PENDING = 32;
    private static final int SELECT_MILLIS = 1;

    private final Guest.Running guest;
    private final InetSocketAddress address;
    private final Selector selector = Selector.open();
    private final Deque<SocketChannel> pending = new ArrayDeque<>();
    private SocketChannel connected;
    private boolean isAnswered;

    private FirstResponse(Guest.Running guest) throws IOException {
        this.guest = guest;
        address = new InetSocketAddress(guest.guest().tap().guestAddress(), GuestBench.HTTP_PORT);
    }

    /**
     * Milliseconds from the start of QEMU to the first response.
     *
     * @throws IOException if the guest ends, or does not answer in time
     */
    static double await(Guest.Running guest, int limitSeconds) throws IOException, InterruptedException {
        try (FirstResponse response = new FirstResponse(guest)) {
            return response.await(TimeUnit.SECONDS.toNanos(limitSeconds)) / 1e6;
        }
    }

    private long await(long limit) throws IOException, InterruptedException {
        long next = 0;
        while (!isAnswered) {
            long passed = System.nanoTime() - guest.startNanos();
            if (passed > limit || guest.hasEnded()) {
                throw new IOException(guest.guest().name() + (passed > limit ? " does not answer" : " has ended") + "; it said:\n" + guest.said());
            }
            if (connected == null && passed >= next) {
                connect();
                next = passed + passed / 100;
            }
            selector.select(this::act, SELECT_MILLIS);
        }
        return System.nanoTime() - guest.startNanos();
    }

    private void connect() throws IOException {
        if (pending.size() == MOST_PENDING) {
            pending.removeFirst().close();
        }
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        pending.add(channel);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(address); // never done at once but to this host itself
    }

    private void act(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                if (connected == null) {
                    connected = channel;
                    channel.write(ByteBuffer.wrap(REQUEST));
                    key.interestOps(SelectionKey.OP_READ);
                } else {
                    drop(channel);
                }
            } else if (key.isReadable()) {
                ByteBuffer answer = ByteBuffer.allocate(4096);
                if (channel.read(answer) > 0 && new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).startsWith(OK)) {
                    isAnswered = true;
                } else {
                    drop(channel);
                }
            }
        } catch (IOException e) {
            drop(channel); // nobody listens yet
        }
    }

    private void drop(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        pending.remove(channel);
        connected = connected == channel ? null : connected;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : pending) {
            channel.close();
        }
        selector.close();
    }
}
