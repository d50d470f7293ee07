package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/** What all sockets have in common, whatever their addresses are. Options and levels are numbered as on Linux. */
public abstract class SocketFile extends Pollable {
    /** For {@link #shutdown}: what {@code shutdown(2)} calls {@code SHUT_RD}, {@code SHUT_WR} and {@code SHUT_RDWR}. */
    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    /**
     * Begins to take connections.
     *
     * @param backlog how many may wait to be accepted
     * @throws ErrnoException {@code EINVAL} if this is not bound or is connected, {@code EOPNOTSUPP} for datagrams
     */
    public abstract void listen(int backlog) throws ErrnoException;

    /** Ends one direction or both; {@code ENOTCONN} if there is no connection. */
    public abstract void shutdown(int how) throws ErrnoException;

    /**
     * Returns whether the connection that was being made is there.
     *
     * @throws ErrnoException why there is none and will not be; told once
     */
    public abstract boolean finishConnect() throws ErrnoException;

    /** Returns the value of an option; {@code ENOPROTOOPT} if there is none of that number. */
    public int option(int level, int name) throws ErrnoException {
        throw Errno.ENOPROTOOPT.exception();
    }

    /** Sets an option; {@code ENOPROTOOPT} if there is none of that number, {@code EINVAL} for a value out of its range. */
    public void setOption(int level, int name, int value) throws ErrnoException {
        throw Errno.ENOPROTOOPT.exception();
    }
}
