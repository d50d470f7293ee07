package dev.ristretto.jdk.net.socket;

import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** A TCP socket, which may become one that listens. */
public final class TcpSocketFile extends InetSocketFile {
    private volatile Socket socket;

    /** @param socket nobody else's */
    TcpSocketFile(TcpSocket socket) {
        this.socket = socket;
        socket.setListener(this::changed);
    }

    /** Returns a new socket of a stack; {@code EMFILE} beyond the stack's budget. */
    public static TcpSocketFile open(Network network, boolean ipv6) throws ErrnoException {
        try {
            return new TcpSocketFile(network.openTcp(ipv6));
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    Socket socket() {
        return socket;
    }

    private TcpSocket connection() throws ErrnoException {
        if (socket instanceof TcpSocket connection) {
            return connection;
        }
        throw Errno.ENOTCONN.exception();
    }

    @Override
    public void bind(IpAddress address, int port) throws ErrnoException {
        if (!(socket instanceof TcpSocket unbound)) {
            throw Errno.EINVAL.exception();
        }
        try {
            unbound.bind(address, port);
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public void listen(int backlog) throws ErrnoException {
        try {
            switch (socket) {
                case TcpListener listener -> listener.backlog(backlog);
                case TcpSocket bound -> {
                    TcpListener listener = bound.listen(backlog);
                    socket = listener;
                    listener.setListener(this::changed);
                    if (isReleased()) {
                        // Closed by another thread, which saw the socket that was given up.
                        listener.close();
                    }
                }
                default -> throw Errno.EOPNOTSUPP.exception();
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
        changed();
    }

    /**
     * Returns the next connection, which has no descriptor yet. Waits for one if this waits.
     *
     * @throws ErrnoException {@code EINVAL} if this does not listen, {@code EAGAIN}, {@code EINTR}
     */
    public TcpSocketFile accept() throws ErrnoException {
        if (!(socket instanceof TcpListener listener)) {
            throw Errno.EINVAL.exception();
        }
        try {
            while (true) {
                TcpSocket next = listener.accept();
                if (next != null) {
                    return new TcpSocketFile(next);
                }
                awaitOrFail(Readiness.IN);
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public boolean connect(IpAddress address, int port) throws ErrnoException {
        if (!(socket instanceof TcpSocket unconnected)) {
            throw Errno.EISCONN.exception();
        }
        try {
            if (unconnected.connect(address, port)) {
                return true;
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
        if (!isBlocking()) {
            return false;
        }
        while (!finishConnect()) {
            awaitOrFail(Readiness.OUT);
        }
        return true;
    }

    @Override
    public boolean finishConnect() throws ErrnoException {
        try {
            return connection().finishConnect();
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public void shutdown(int how) throws ErrnoException {
        TcpSocket connection = connection();
        try {
            if (how != SHUT_WR) {
                connection.shutdownInput();
            }
            if (how != SHUT_RD) {
                connection.shutdownOutput();
            }
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
        // Those who wait in this descriptor shall look again, also where the stack has no event for it.
        changed();
    }

    @Override
    protected int tryRead(ByteBuffer destination) throws ErrnoException {
        try {
            int count = connection().read(destination);
            return count == Socket.END ? 0 : count == Socket.WOULD_BLOCK ? WOULD_BLOCK : count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        try {
            int count = connection().write(source);
            return count == Socket.WOULD_BLOCK ? WOULD_BLOCK : count;
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public long available() {
        return socket instanceof TcpSocket connection ? connection.available() : 0;
    }

    @Override
    public IpAddress remoteAddress() {
        return socket instanceof TcpSocket connection ? connection.remoteAddress() : null;
    }

    @Override
    public int remotePort() {
        return socket instanceof TcpSocket connection ? connection.remotePort() : 0;
    }
}
