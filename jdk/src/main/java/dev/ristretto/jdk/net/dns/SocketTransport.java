package dev.ristretto.jdk.net.dns;

import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.jdk.net.socket.InetSocketFile;
import dev.ristretto.jdk.net.socket.TcpSocketFile;
import dev.ristretto.jdk.net.socket.UdpSocketFile;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.RandomSource;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Asks over sockets of the stack; each query by a socket of its own, so that its port cannot be guessed (RFC 5452 §9.2). */
public final class SocketTransport implements DnsTransport {
    private static final int PORT = 53;
    private static final int LARGEST_DATAGRAM = 65_535;

    private final Network network;
    private final RandomSource random;

    public SocketTransport(Network network, RandomSource random) {
        this.network = network;
        this.random = random;
    }

    @Override
    public int random16() {
        return random.nextInt(1 << 16);
    }

    @Override
    public byte[] ask(IpAddress server, byte[] query, boolean stream, long millis, Predicate<byte[]> answers) throws IOException {
        // The socket has no number among the program's descriptors, but is released in the same way.
        DescriptorTable own = new DescriptorTable(1);
        long deadline = System.nanoTime() + millis * 1_000_000;
        try {
            InetSocketFile socket = stream ? TcpSocketFile.open(network, server.isV6()) : UdpSocketFile.open(network, server.isV6());
            int descriptor = own.add(socket);
            try {
                socket.setBlocking(false);
                return socket instanceof TcpSocketFile tcp ? askByTcp(tcp, server, query, deadline, answers)
                    : askByUdp((UdpSocketFile) socket, server, query, deadline, answers);
            } finally {
                own.close(descriptor);
            }
        } catch (ErrnoException e) {
            throw new IOException(server + ": " + e.errno().message());
        }
    }

    /** Returns false when the time is over. */
    private static boolean await(InetSocketFile socket, int events, long deadline) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        return left > 0 && socket.await(events, left) != 0;
    }

    private static byte[] askByUdp(UdpSocketFile socket, IpAddress server, byte[] query, long deadline, Predicate<byte[]> answers)
            throws ErrnoException {
        socket.connect(server, PORT);
        socket.send(ByteBuffer.wrap(query), null, 0);
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (await(socket, Readiness.IN, deadline)) {
            try {
                socket.receive(buffer.clear(), null);
            } catch (ErrnoException e) {
                if (e.errno() == Errno.EAGAIN) {
                    continue;
                }
                throw e;
            }
            byte[] answer = new byte[buffer.flip().remaining()];
            buffer.get(answer);
            if (answers.test(answer)) {
                return answer;
            }
        }
        return null;
    }

    /** RFC 1035 §4.2.2: a message comes after its length. */
    private static byte[] askByTcp(TcpSocketFile socket, IpAddress server, byte[] query, long deadline, Predicate<byte[]> answers)
            throws ErrnoException {
        if (!socket.connect(server, PORT)) {
            do {
                if (!await(socket, Readiness.OUT, deadline)) {
                    return null;
                }
            } while (!socket.finishConnect());
        }
        ByteBuffer message = ByteBuffer.allocate(2 + query.length).putShort((short) query.length).put(query).flip();
        while (message.hasRemaining()) {
            if (!await(socket, Readiness.OUT, deadline)) {
                return null;
            }
            socket.write(message);
        }
        byte[] length = read(socket, 2, deadline);
        byte[] answer = length == null ? null : read(socket, (length[0] & 0xff) << 8 | length[1] & 0xff, deadline);
        return answer != null && answers.test(answer) ? answer : null;
    }

    private static byte[] read(TcpSocketFile socket, int count, long deadline) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (!await(socket, Readiness.IN, deadline)) {
                return null;
            }
            try {
                if (socket.read(buffer) == 0) {
                    return null;
                }
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EAGAIN) {
                    throw e;
                }
            }
        }
        return buffer.array();
    }
}
