package dev.ristretto.network.socket;

/** The bits of {@link Socket#readiness}, with the values of {@code poll(2)} and {@code epoll(7)}. */
public final class Readiness {
    /** Reading, receiving or accepting would not block: there is data, the end of it, a connection, or an error. */
    public static final int READABLE = 0x1;
    /** Writing or sending would not block, or would fail. For a connecting socket: it is connected, or that failed. */
    public static final int WRITABLE = 0x4;
    /** An error is pending: {@link Socket#takeError}. */
    public static final int ERROR = 0x8;
    /** Both directions are closed. */
    public static final int HANGUP = 0x10;
    /** The peer sends no more; with {@link #READABLE}. */
    public static final int PEER_CLOSED = 0x2000;

    private Readiness() {
    }
}
