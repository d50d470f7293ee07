package dev.ristretto.launcher.gateway;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.stream.StreamDevice;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** In place of an image: the same stack and card on a thread of this JVM, with calls that wait. */
final class Image implements AutoCloseable {
    /** Nothing here takes that long unless it is broken. */
    private static final long LIMIT_SECONDS = 20;

    final Network network;
    final StreamDevice card;
    private final SocketChannel channel;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean ended;
    /** What the stack says. */
    final StringBuffer notices = new StringBuffer();

    Image(Path socket) throws IOException {
        this(socket, NetworkConfiguration.AUTOMATIC);
    }

    Image(Path socket, NetworkConfiguration configuration) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        selector = Selector.open();
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Random random = new Random(1);
        network = new Network(System::nanoTime, random::nextLong, Budget.forMemory(16 << 20), ByteBuffer::allocateDirect,
                line -> notices.append(line).append('\n'), deadline -> selector.wakeup());
        card = new StreamDevice(new SocketStream(channel, selector::wakeup), "eth0", new PacketPool(ByteBuffer::allocateDirect, 256, 2048),
                new PacketPool(ByteBuffer::allocateDirect, 16, 65_540), new MacAddress(0x5254_0012_3456L), line -> notices.append(line).append('\n'));
        network.add(card, configuration);
        thread = Thread.ofPlatform().daemon().name("image").start(() -> run(key));
    }

    private void run(SelectionKey key) {
        try {
            while (!ended && card.serve()) {
                key.interestOps(card.waitsForOutput() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                long next = network.advance(System.nanoTime());
                selector.select(Math.clamp((next - System.nanoTime()) / 1_000_000, 1, 1000));
                selector.selectedKeys().clear();
            }
            network.advance(System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitAddress() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!network.isConfigured()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no address: " + notices);
            }
            Thread.sleep(1);
        }
    }

    private static void await(Socket socket, int readiness) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            // A socket has one listener, and two threads may wait for it here.
            while ((socket.readiness() & (readiness | Readiness.ERROR | Readiness.HANGUP)) == 0) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("nothing happens on a socket");
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it has made itself an address of the router's network; without, IPv6 begins two seconds later than IPv4. */
    IpAddress awaitV6() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            for (InterfaceAddress address : network.interfaces().get(1).addresses()) {
                if (Addresses.isImage(address.address()) && address.address().isV6()) {
                    return address.address();
                }
            }
            Thread.sleep(1);
        }
        throw new AssertionError("no IPv6 address: " + network.interfaces() + notices);
    }

    TcpSocket connect(String address, int port) throws NetworkException {
        IpAddress to = IpAddress.parse(address);
        TcpSocket socket = network.openTcp(to.isV6());
        socket.connect(to, port);
        await(socket, Readiness.WRITABLE);
        if (!socket.finishConnect()) {
            throw Errno.ETIMEDOUT.exception();
        }
        return socket;
    }

    TcpListener listen(int port) throws NetworkException {
        return network.listen(IpAddress.ANY_V6, port, 200);
    }

    static TcpSocket accept(TcpListener listener) throws NetworkException {
        await(listener, Readiness.READABLE);
        return listener.accept();
    }

    static void write(TcpSocket socket, byte[] bytes) throws NetworkException {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            if (socket.write(from) == Socket.WOULD_BLOCK) {
                await(socket, Readiness.WRITABLE);
            }
        }
    }

    /** Reads to the end, or {@code most} bytes. */
    static byte[] read(TcpSocket socket, int most) throws NetworkException {
        ByteBuffer to = ByteBuffer.allocate(most);
        while (to.hasRemaining()) {
            int read = socket.read(to);
            if (read == Socket.END) {
                break;
            }
            if (read == Socket.WOULD_BLOCK) {
                await(socket, Readiness.READABLE);
            }
        }
        byte[] bytes = new byte[to.position()];
        to.get(0, bytes);
        return bytes;
    }

    UdpSocket udp(int port) throws NetworkException {
        UdpSocket socket = network.openUdp(true);
        socket.bind(IpAddress.ANY_V6, port);
        return socket;
    }

    static byte[] receive(UdpSocket socket, Datagram from) throws NetworkException {
        await(socket, Readiness.READABLE);
        ByteBuffer to = ByteBuffer.allocate(65_536);
        socket.receive(to, from);
        byte[] bytes = new byte[to.position()];
        to.get(0, bytes);
        return bytes;
    }

    /** The cable's end is noticed: the card's thread ends by itself. */
    void awaitEnd() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        if (thread.isAlive()) {
            throw new AssertionError("the card is still at work");
        }
    }

    /** Vanishes, as a killed process does. */
    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        selector.close();
    }
}
