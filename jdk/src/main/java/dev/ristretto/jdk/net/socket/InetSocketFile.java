package dev.ristretto.jdk.net.socket;

import dev.ristretto.jdk.net.descriptor.SocketFile;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/** A socket with an IP address and a port. */
public abstract sealed class InetSocketFile extends SocketFile permits TcpSocketFile, UdpSocketFile {

    /** Returns the stack's socket; not always the same one. */
    abstract Socket socket();

    /** Binds to an address and a port, 0 for a free one. */
    public abstract void bind(IpAddress address, int port) throws ErrnoException;

    /**
     * Connects, or begins to if this does not wait.
     *
     * @return whether it is connected
     * @throws ErrnoException why there is no connection and will not be
     */
    public abstract boolean connect(IpAddress address, int port) throws ErrnoException;

    /** Returns the peer's address, or null if there is none. */
    public abstract IpAddress remoteAddress();

    /** Returns the peer's port, or 0 if there is none. */
    public abstract int remotePort();

    /** Returns the address this is bound to. */
    public final IpAddress localAddress() {
        return socket().localAddress();
    }

    /** Returns the port this is bound to, or 0. */
    public final int localPort() {
        return socket().localPort();
    }

    @Override
    public final int readiness() {
        return socket().readiness();
    }

    /** Returns the value of an option; {@code ENOPROTOOPT} if this kind of socket does not have it. */
    public final int option(SocketOption option) throws ErrnoException {
        try {
            return socket().option(option);
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    /** Sets an option; {@code ENOPROTOOPT} if this kind of socket does not have it, {@code EINVAL} for a value out of its range. */
    public final void setOption(SocketOption option, int value) throws ErrnoException {
        try {
            socket().setOption(option, value);
        } catch (NetworkException e) {
            throw SocketErrors.of(e);
        }
    }

    @Override
    public final int option(int level, int name) throws ErrnoException {
        return option(find(level, name));
    }

    @Override
    public final void setOption(int level, int name, int value) throws ErrnoException {
        setOption(find(level, name), value);
    }

    private static SocketOption find(int level, int name) throws ErrnoException {
        SocketOption option = LinuxOptions.find(level, name);
        if (option == null) {
            throw Errno.ENOPROTOOPT.exception();
        }
        return option;
    }

    @Override
    protected final void close() {
        socket().close();
    }
}
