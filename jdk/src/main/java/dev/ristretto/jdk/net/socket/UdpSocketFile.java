package dev.ristretto.jdk.net.socket;

import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** A UDP socket. */
public final class UdpSocketFile extends InetSocketFile {
    private final UdpSocket socket;

    private UdpSocketFile(UdpSocket socket) {
        this.socket = socket;
        socket.setListener(this::changed);
    }

    /** Returns a new socket of a stack; {@code EMFILE} beyond the stack's budget. */
    public static UdpSocketFile open(Network network, boolean ipv6) throws ErrnoException {
        try {
            return new UdpSocketFile(network.openUdp(ipv6));
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    Socket socket() {
        return socket;
    }

    @Override
    public void bind(IpAddress address, int port) throws ErrnoException {
        try {
            socket.bind(address, port);
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public void listen(int backlog) throws ErrnoException {
        throw Errno.EOPNOTSUPP.exception();
    }

    @Override
    public boolean connect(IpAddress address, int port) throws ErrnoException {
        try {
            socket.connect(address, port);
            return true;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public boolean finishConnect() throws ErrnoException {
        if (socket.remoteAddress() == null) {
            throw Errno.ENOTCONN.exception();
        }
        return true;
    }

    /** Forgets the peer. */
    public void disconnect() throws ErrnoException {
        try {
            socket.disconnect();
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public void shutdown(int how) throws ErrnoException {
        throw Errno.ENOTCONN.exception();
    }

    /**
     * Takes the next datagram; what does not fit is lost. Waits for one if this waits.
     *
     * @param from filled with where it came from, may be null
     * @return its bytes in the buffer, possibly 0
     * @throws ErrnoException {@code EAGAIN}, {@code EINTR}, or the pending error such as {@code ECONNREFUSED}
     */
    public int receive(ByteBuffer target, Datagram from) throws ErrnoException {
        try {
            int count = socket.receive(target, from);
            while (count == Socket.WOULD_BLOCK) {
                awaitOrFail(Readiness.IN);
                count = socket.receive(target, from);
            }
            return count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    /** Takes the next datagram into several buffers, one after the other. */
    public int receive(ByteBuffer[] targets) throws ErrnoException {
        int room = 0;
        for (ByteBuffer target : targets) {
            room = Math.addExact(room, target.remaining());
        }
        ByteBuffer whole = ByteBuffer.allocate(Math.min(room, 65_536));
        int count = receive(whole, null);
        whole.flip();
        for (ByteBuffer target : targets) {
            int part = Math.min(target.remaining(), whole.remaining());
            target.put(whole.slice(whole.position(), part));
            whole.position(whole.position() + part);
        }
        return count;
    }

    /**
     * Sends one datagram. Waits for room if this waits.
     *
     * @param address where to, null for the peer
     */
    public int send(ByteBuffer source, IpAddress address, int port) throws ErrnoException {
        try {
            int count = trySend(source, address, port);
            while (count == Socket.WOULD_BLOCK) {
                awaitOrFail(Readiness.OUT);
                count = trySend(source, address, port);
            }
            return count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    private int trySend(ByteBuffer source, IpAddress address, int port) throws NetworkException {
        return address == null ? socket.send(source) : socket.send(source, address, port);
    }

    /** Sends what is in several buffers as one datagram. */
    public int send(ByteBuffer[] sources) throws ErrnoException {
        long length = 0;
        for (ByteBuffer source : sources) {
            length += source.remaining();
        }
        if (length > 65_535) {
            throw Errno.EMSGSIZE.exception();
        }
        ByteBuffer whole = ByteBuffer.allocate((int) length);
        for (ByteBuffer source : sources) {
            whole.put(source.duplicate());
        }
        return send(whole.flip(), null, 0);
    }

    /** Not used by {@link #receive}: there, nothing is no end. */
    @Override
    protected int tryRead(ByteBuffer destination) throws ErrnoException {
        try {
            int count = socket.receive(destination, null);
            return count == Socket.WOULD_BLOCK ? WOULD_BLOCK : count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        try {
            int count = socket.send(source);
            return count == Socket.WOULD_BLOCK ? WOULD_BLOCK : count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public long available() {
        return socket.available();
    }

    @Override
    public IpAddress remoteAddress() {
        return socket.remoteAddress();
    }

    @Override
    public int remotePort() {
        return socket.remotePort();
    }

    /**
     * Joins or leaves a group.
     *
     * @param source null for all, else only datagrams from there
     */
    public void membership(boolean join, IpAddress group, int interfaceIndex, IpAddress source) throws ErrnoException {
        try {
            if (join) {
                socket.join(group, interfaceIndex, source);
            } else {
                socket.leave(group, interfaceIndex, source);
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    /** Refuses datagrams of a group from one source, or takes them again. */
    public void block(boolean block, IpAddress group, int interfaceIndex, IpAddress source) throws ErrnoException {
        try {
            if (block) {
                socket.block(group, interfaceIndex, source);
            } else {
                socket.unblock(group, interfaceIndex, source);
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }
}
