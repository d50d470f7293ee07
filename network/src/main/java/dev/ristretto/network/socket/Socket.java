package dev.ristretto.network.socket;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;

/** What all sockets can do. Each method takes the stack's lock; any thread at any time. After {@link #close}, methods fail with EBADF. */
public sealed interface Socket permits UdpSocket, TcpSocket, TcpListener {
    /** Returned instead of a count of bytes: there are no more, the peer has closed. As {@code sun.nio.ch.IOStatus.EOF}. */
    int END = -1;
    /** Returned instead of a count: nothing can be done at this moment. As {@code sun.nio.ch.IOStatus.UNAVAILABLE}. */
    int WOULD_BLOCK = -2;

    /** Returns what would not block now; the bits of {@link Readiness}. After close: HANGUP and all others but ERROR. */
    int readiness();

    /**
     * Sets who is told of new readiness; null for nobody. One listener per socket. What happened before is not told: look at {@link #readiness}
     * after this. A call may still be on its way to the listener that was replaced.
     */
    void setListener(ReadinessListener listener);

    /** Returns the address it is bound to; {@code ::} or {@code 0.0.0.0} if to none in particular or not at all (which one depends on the family). */
    IpAddress localAddress();

    /** Returns the port it is bound to, from 1 to 65535, or 0 if it is not bound. */
    int localPort();

    /** Returns the pending error and forgets it; null if there is none. As SO_ERROR. */
    Errno takeError();

    /** Returns the value of an option: a number, or 0 and 1 for no and yes. ENOPROTOOPT if this kind of socket does not have it. */
    int option(SocketOption option) throws NetworkException;

    /** Sets an option. ENOPROTOOPT if this kind of socket does not have it; EINVAL if the value is not one of it. */
    void setOption(SocketOption option, int value) throws NetworkException;

    /** Gives the socket up; a second call does nothing. Never blocks. The listener is told, so that waiting threads find out. */
    void close();
}
