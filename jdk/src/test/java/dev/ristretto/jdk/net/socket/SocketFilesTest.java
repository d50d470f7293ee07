package dev.ristretto.jdk.net.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.jdk.net.descriptor.Epoll;
import dev.ristretto.jdk.net.descriptor.Pollable;
import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.jdk.net.descriptor.SocketFile;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class SocketFilesTest {
    private static final IpAddress LOCAL = IpAddress.LOOPBACK_V4;

    private final LoopbackNetwork loopback = new LoopbackNetwork();
    private final DescriptorTable table = new DescriptorTable(64);

    @AfterEach
    void stop() throws InterruptedException {
        loopback.close();
    }

    private TcpSocketFile tcp() throws ErrnoException {
        TcpSocketFile socket = TcpSocketFile.open(loopback.network, true);
        table.add(socket);
        return socket;
    }

    private TcpSocketFile listener() throws ErrnoException {
        TcpSocketFile socket = tcp();
        socket.bind(LOCAL, 0);
        socket.listen(10);
        return socket;
    }

    private UdpSocketFile udp() throws ErrnoException {
        UdpSocketFile socket = UdpSocketFile.open(loopback.network, true);
        table.add(socket);
        socket.bind(LOCAL, 0);
        return socket;
    }

    private static Errno failure(Executable executable) {
        return assertThrows(ErrnoException.class, executable).errno();
    }

    @Test
    void aConnectionThatWaits() throws Exception {
        TcpSocketFile listener = listener();
        TcpSocketFile client = tcp();
        assertTrue(client.connect(LOCAL, listener.localPort()));
        TcpSocketFile accepted = listener.accept();
        assertEquals(client.localPort(), accepted.remotePort());
        byte[] bytes = new byte[1 << 20];
        new Random(3).nextBytes(bytes);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                assertEquals(bytes.length, client.write(ByteBuffer.wrap(bytes)));
                client.shutdown(SocketFile.SHUT_WR);
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        });
        ByteBuffer read = ByteBuffer.allocate(bytes.length + 1);
        while (accepted.read(read) > 0) {
            // until the end
        }
        writer.join();
        assertEquals(bytes.length, read.position());
        assertArrayEquals(bytes, java.util.Arrays.copyOf(read.array(), bytes.length));
    }

    @Test
    void aConnectionThatDoesNotWait() throws Exception {
        TcpSocketFile listener = listener();
        listener.setBlocking(false);
        assertEquals(Errno.EAGAIN, failure(listener::accept));
        TcpSocketFile client = tcp();
        client.setBlocking(false);
        if (!client.connect(LOCAL, listener.localPort())) {
            assertTrue((client.await(Readiness.OUT, 10_000) & Readiness.OUT) != 0);
        }
        assertTrue(client.finishConnect());
        assertEquals(Errno.EAGAIN, failure(() -> client.read(ByteBuffer.allocate(1))));
        assertEquals(Readiness.IN, listener.await(Readiness.IN, 10_000));
        TcpSocketFile accepted = listener.accept();
        accepted.write(ByteBuffer.wrap(new byte[] {1}));
        assertEquals(Readiness.IN, client.await(Readiness.IN, 10_000));
        assertEquals(1, client.available());
    }

    @Test
    void inASet() throws Exception {
        Epoll epoll = new Epoll();
        TcpSocketFile listener = listener();
        epoll.add(0, listener, Readiness.IN | Epoll.ONE_SHOT);
        TcpSocketFile client = tcp();
        client.connect(LOCAL, listener.localPort());
        assertEquals(1, epoll.poll((index, descriptor, events) -> assertEquals(Readiness.IN, events), 8, 10_000));
        TcpSocketFile accepted = listener.accept();
        epoll.add(1, accepted, Readiness.IN);
        assertEquals(0, epoll.poll((index, descriptor, events) -> { }, 8, 0));
        client.write(ByteBuffer.wrap(new byte[] {1}));
        assertEquals(1, epoll.poll((index, descriptor, events) -> assertEquals(1, descriptor), 8, 10_000));
    }

    @Test
    void nobodyListens() throws Exception {
        TcpSocketFile listener = listener();
        int port = listener.localPort();
        table.close(0);
        assertEquals(Errno.ECONNREFUSED, failure(() -> tcp().connect(LOCAL, port)));
        assertEquals(Errno.EINVAL, failure(() -> tcp().accept()));
    }

    @Test
    void closingEndsWaits() throws Exception {
        TcpSocketFile listener = listener();
        AtomicReference<Errno> failure = new AtomicReference<>();
        Thread acceptor = Thread.ofPlatform().start(() -> failure.set(failure(listener::accept)));
        while (acceptor.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        table.close(0);
        acceptor.join();
        assertTrue(failure.get() == Errno.EINTR || failure.get() == Errno.EBADF, "failed with " + failure);
    }

    @Test
    void noWayOut() throws Exception {
        assertEquals(Errno.ENETUNREACH, failure(() -> tcp().connect(IpAddress.parse("192.0.2.1"), 80)));
        assertEquals(Errno.EADDRNOTAVAIL, failure(() -> tcp().bind(IpAddress.parse("192.0.2.1"), 80)));
    }

    @Test
    void datagrams() throws Exception {
        UdpSocketFile a = udp();
        UdpSocketFile b = udp();
        assertEquals(3, a.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), LOCAL, b.localPort()));
        Datagram from = new Datagram();
        ByteBuffer buffer = ByteBuffer.allocate(9);
        assertEquals(3, b.receive(buffer, from));
        assertEquals(a.localPort(), from.sourcePort());
        assertEquals(LOCAL, from.source());
        b.setBlocking(false);
        assertEquals(Errno.EAGAIN, failure(() -> b.receive(buffer, from)));
        assertEquals(0, b.await(Readiness.IN, 1));
        a.connect(LOCAL, b.localPort());
        a.send(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {4}), ByteBuffer.wrap(new byte[] {5, 6})});
        ByteBuffer[] parts = {ByteBuffer.allocate(2), ByteBuffer.allocate(2)};
        assertEquals(Readiness.IN, b.await(Readiness.IN, 10_000));
        assertEquals(3, b.receive(parts));
        assertEquals(6, parts[1].get(0));
    }

    @Test
    void optionsByTheNumbersOfLinux() throws Exception {
        TcpSocketFile socket = tcp();
        socket.setOption(6, 1, 1);
        assertEquals(1, socket.option(SocketOption.NO_DELAY));
        socket.setOption(1, 13, 5);
        assertEquals(5, socket.option(1, 13));
        assertEquals(Errno.ENOPROTOOPT, failure(() -> socket.option(6, 99)));
        assertEquals(Errno.ENOPROTOOPT, failure(() -> socket.option(99, 1)));
        assertEquals(Errno.ENOPROTOOPT, failure(() -> socket.option(SocketOption.MULTICAST_LOOP)));
    }

    @Test
    void everyErrorOfTheStackHasANumberHere() {
        for (dev.ristretto.network.Errno errno : dev.ristretto.network.Errno.values()) {
            assertEquals(errno.number(), SocketErrors.of(errno).number());
            assertEquals(errno.message(), SocketErrors.of(errno).message());
        }
    }

    @Test
    void closingGivesEverythingBack() throws Exception {
        TcpSocketFile listener = listener();
        for (int i = 0; i < 50; i++) {
            TcpSocketFile client = TcpSocketFile.open(loopback.network, true);
            int fd = table.add(client);
            client.connect(LOCAL, listener.localPort());
            int other = table.add(listener.accept());
            table.close(fd);
            table.close(other);
        }
        assertEquals(1, table.add(new Closed()));
        assertFalse(listener.isReleased());
    }

    private static final class Closed extends Pollable {
        @Override
        public int readiness() {
            return 0;
        }

        @Override
        protected int tryRead(ByteBuffer destination) {
            return 0;
        }

        @Override
        protected int tryWrite(ByteBuffer source) {
            return 0;
        }

        @Override
        protected void close() {
            // nothing
        }
    }
}
