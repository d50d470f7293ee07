package dev.ristretto.network.socket;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import java.nio.ByteBuffer;

/** A TCP connection, or what becomes one (RFC 9293). */
public non-sealed interface TcpSocket extends Socket {
    /**
     * Binds to a local address and port; as {@link UdpSocket#bind}, without multicast (EADDRNOTAVAIL).
     *
     * @throws NetworkException EINVAL if bound or connected already, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT
     */
    void bind(IpAddress address, int port) throws NetworkException;

    /**
     * Turns a bound socket into one that accepts. This object is given up (methods fail with EBADF); its options and its binding go to the listener.
     * Binds to a free port if need be.
     *
     * @param backlog connections that may wait for {@link TcpListener#accept}; clamped to 1 to 4096
     * @throws NetworkException EINVAL if connected; EADDRINUSE
     */
    TcpListener listen(int backlog) throws NetworkException;

    /**
     * Begins to connect, and binds if need be. The socket gets {@link Readiness#WRITABLE} when it is decided.
     *
     * @return true if connected at once, false if that is on its way
     * @throws NetworkException EISCONN, EALREADY (on its way), ENETUNREACH, EADDRNOTAVAIL (no free port), ECONNREFUSED, ENOBUFS (budget)
     */
    boolean connect(IpAddress address, int port) throws NetworkException;

    /**
     * Asks how connecting went.
     *
     * @return true if connected, false if still on its way
     * @throws NetworkException why it failed: ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH. ENOTCONN if it was never tried
     */
    boolean finishConnect() throws NetworkException;

    /** Returns the peer's address, or null if there is none yet. Stays after the connection has ended. */
    IpAddress remoteAddress();

    /** Returns the peer's port, or 0 if there is none. */
    int remotePort();

    /**
     * Takes received bytes into the buffer from its position on and moves the position.
     *
     * @return how many, 0 only if the buffer has no room; {@link #END} after the peer's end or {@link #shutdownInput}; {@link #WOULD_BLOCK}
     * @throws NetworkException the pending error: ECONNRESET, ETIMEDOUT...; ENOTCONN
     */
    int read(ByteBuffer target) throws NetworkException;

    /**
     * Takes bytes to send from the buffer and moves the position.
     *
     * @return how many, at least 1 unless there were none; {@link #WOULD_BLOCK} when the send buffer is full
     * @throws NetworkException the pending error; EPIPE after {@link #shutdownOutput} or after the connection was reset; ENOTCONN
     */
    int write(ByteBuffer source) throws NetworkException;

    /** Returns the bytes that can be read without blocking. */
    int available();

    /** Returns the bytes taken by {@link #write} and not yet acknowledged by the peer. */
    int unsent();

    /** Reads end from now on; what arrives is acknowledged and dropped. ENOTCONN if not connected. */
    void shutdownInput() throws NetworkException;

    /** Sends what was written and then the end of the stream. ENOTCONN if not connected. */
    void shutdownOutput() throws NetworkException;

    /**
     * Gives the socket up. What was written is still sent, then the end of the stream, by the stack on its own; with unread bytes, or with LINGER 0, the
     * connection is reset instead (RFC 2525 §2.17). Never blocks.
     */
    @Override
    void close();

    /** Resets the connection and gives the socket up. */
    void abort();
}
