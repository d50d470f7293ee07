package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.SocketBase;
import java.nio.ByteBuffer;

/** The program's side of a connection. */
final class StreamSocket extends SocketBase implements TcpSocket {
    private final Tcp tcp;
    private final TcpOptions options;
    private final LocalEnd localEnd;
    private TcpConnection connection;

    StreamSocket(Tcp tcp, boolean isV6, TcpOptions options) {
        super(tcp.context.lock());
        this.tcp = tcp;
        this.options = options;
        localEnd = new LocalEnd(tcp, isV6, options);
        tcp.sockets++;
    }

    /** Takes a connection that was accepted. */
    void adopt(TcpConnection accepted) {
        connection = accepted;
        accepted.socket = this;
    }

    private TcpConnection connected() throws NetworkException {
        checkOpen();
        if (connection == null) {
            throw Errno.ENOTCONN.exception();
        }
        return connection;
    }

    private long now() {
        return tcp.context.clock().nanos();
    }

    @Override
    public void bind(IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (localEnd.isBound() || connection != null || port < 0 || port > 0xffff) {
                throw Errno.EINVAL.exception();
            }
            localEnd.bind(address, port);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TcpListener listen(int backlog) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (connection != null) {
                throw Errno.EINVAL.exception();
            }
            // What this socket held is the listener's from now on, its place in the count of sockets too.
            ListeningSocket listener = new ListeningSocket(tcp, localEnd.toListen(), options, backlog);
            markClosed();
            return listener;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean connect(IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (connection != null) {
                throw (connection.state == TcpState.SYN_SENT || connection.state == TcpState.SYN_RECEIVED ? Errno.EALREADY : Errno.EISCONN).exception();
            }
            if (port <= 0 || port > 0xffff) {
                throw Errno.EADDRNOTAVAIL.exception();
            }
            IpAddress remote = !address.isAny() ? address : address.isV4() || localEnd.any().isV4() ? IpAddress.LOOPBACK_V4 : IpAddress.LOOPBACK_V6;
            IpPath path = localEnd.pathTo(remote);
            if (!tcp.admit()) {
                throw Errno.ENOBUFS.exception();
            }
            TcpConnection c = new TcpConnection(tcp, path, localEnd.portTo(path, port), port, options);
            connection = c;
            c.socket = this;
            tcp.remember(c);
            tcp.handshake.begin(c, now());
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean finishConnect() throws NetworkException {
        lock.lock();
        try {
            TcpConnection c = connected();
            if (c.state == TcpState.SYN_SENT || c.state == TcpState.SYN_RECEIVED) {
                return false;
            }
            if (c.state == TcpState.CLOSED && !c.wasEstablished()) {
                throw takeOr(c, Errno.ENOTCONN).exception();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static Errno takeOr(TcpConnection c, Errno otherwise) {
        Errno error = c.error;
        c.error = null;
        return error != null ? error : otherwise;
    }

    @Override
    public int read(ByteBuffer target) throws NetworkException {
        lock.lock();
        try {
            TcpConnection c = connected();
            ReceiveSide receive = c.receive;
            if (receive.isShut) {
                return END;
            }
            if (!target.hasRemaining()) {
                return 0;
            }
            int count = receive.buffer.read(target);
            if (count > 0) {
                wasRead(c, count);
                return count;
            }
            if (c.error != null) {
                throw takeOr(c, null).exception();
            }
            if (c.state == TcpState.CLOSED && !c.wasEstablished()) {
                throw Errno.ENOTCONN.exception();
            }
            return receive.finReceived || c.state == TcpState.CLOSED ? END : WOULD_BLOCK;
        } finally {
            lock.unlock();
        }
    }

    private void wasRead(TcpConnection c, int count) {
        long now = now();
        ReceiveSide receive = c.receive;
        boolean mayGrow = options.receiveBuffer == 0 && !tcp.blocks.isUnderPressure();
        receive.read(count, c.send.recovery.roundTrip.smoothed(), tcp.limits.mostBuffer(), mayGrow, now);
        if (c.state.mayReceive() && receive.shouldAnnounceWindow()) {
            tcp.transmitter.acknowledge(c, now);
        }
        tcp.feedStarved();
    }

    @Override
    public int write(ByteBuffer source) throws NetworkException {
        lock.lock();
        try {
            TcpConnection c = connected();
            if (c.error != null) {
                throw takeOr(c, null).exception();
            }
            if (c.state == TcpState.SYN_SENT || c.state == TcpState.SYN_RECEIVED) {
                return WOULD_BLOCK;
            }
            if (!c.state.maySend() || c.send.finQueued) {
                throw (c.wasEstablished() ? Errno.EPIPE : Errno.ENOTCONN).exception();
            }
            if (!source.hasRemaining()) {
                return 0;
            }
            int count = c.send.buffer.write(source);
            if (count == 0) {
                if (c.send.buffer.room() > 0) {
                    tcp.starves(c);
                }
                return WOULD_BLOCK;
            }
            tcp.transmitter.run(c, now());
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return connection == null || isClosed() || connection.receive.isShut ? 0 : connection.receive.buffer.available();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int unsent() {
        lock.lock();
        try {
            return connection == null || isClosed() ? 0 : connection.send.buffer.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdownInput() throws NetworkException {
        lock.lock();
        try {
            TcpConnection c = connected();
            if (!c.wasEstablished()) {
                throw Errno.ENOTCONN.exception();
            }
            if (c.receive.isShut) {
                return;
            }
            c.receive.isShut = true;
            c.receive.buffer.release();
            changed();
            if (c.state.mayReceive()) {
                tcp.transmitter.acknowledge(c, now());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdownOutput() throws NetworkException {
        lock.lock();
        try {
            TcpConnection c = connected();
            if (!c.state.maySend() && !c.send.finQueued) {
                throw Errno.ENOTCONN.exception();
            }
            if (!c.send.finQueued) {
                c.closeSending(now());
                changed();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int openReadiness() {
        return connection == null ? Readiness.WRITABLE | Readiness.HANGUP : connection.readiness();
    }

    @Override
    public IpAddress localAddress() {
        lock.lock();
        try {
            return connection != null ? connection.path.local() : localEnd.address();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int localPort() {
        lock.lock();
        try {
            return connection != null ? connection.localPort : localEnd.port();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public IpAddress remoteAddress() {
        lock.lock();
        try {
            return connection == null ? null : connection.path.remote();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remotePort() {
        lock.lock();
        try {
            return connection == null ? 0 : connection.remotePort;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Errno takeError() {
        lock.lock();
        try {
            return connection == null ? null : takeOr(connection, null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int get(SocketOption option) throws NetworkException {
        return options.get(option, tcp.limits);
    }

    @Override
    protected void set(SocketOption option, int value) throws NetworkException {
        options.set(option, value, tcp.limits);
        if (connection != null) {
            connection.optionChanged(option, now());
        }
    }

    @Override
    public void close() {
        end(false);
    }

    @Override
    public void abort() {
        end(true);
    }

    private void end(boolean abort) {
        lock.lock();
        try {
            if (!markClosed()) {
                return;
            }
            tcp.sockets--;
            localEnd.release();
            TcpConnection c = connection;
            if (c != null) {
                if (abort && c.state != TcpState.CLOSED && c.state != TcpState.TIME_WAIT) {
                    c.socket = null;
                    c.abort(now());
                } else {
                    c.orphan(now());
                }
                tcp.feedStarved();
            }
            changed();
        } finally {
            lock.unlock();
        }
    }
}
