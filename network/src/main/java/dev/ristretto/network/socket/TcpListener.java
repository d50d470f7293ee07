package dev.ristretto.network.socket;

import dev.ristretto.network.NetworkException;

/** A TCP socket that accepts connections. {@link Readiness#READABLE} when one waits. Closing it resets those that wait. */
public non-sealed interface TcpListener extends Socket {
    /**
     * Returns the next connection, established, with this socket's options; or null if none waits.
     *
     * @throws NetworkException EBADF after close
     */
    TcpSocket accept() throws NetworkException;

    /** Changes the backlog; as {@link TcpSocket#listen}. */
    void backlog(int backlog) throws NetworkException;

    /** Returns how many connections wait for {@link #accept}. */
    int waiting();
}
