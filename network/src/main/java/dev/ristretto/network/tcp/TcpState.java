package dev.ristretto.network.tcp;

/** The states of RFC 9293 §3.3.2. LISTEN is a {@link ListeningSocket}, half of SYN-RECEIVED a {@link HalfOpen}, TIME-WAIT a {@link TimeWait}. */
enum TcpState {
    CLOSED, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT;

    /** Both ends know each other's initial sequence number, and the connection is not over. */
    boolean isSynchronized() {
        return this != CLOSED && this != SYN_SENT && this != SYN_RECEIVED && this != TIME_WAIT;
    }

    /** Data may still come in. */
    boolean mayReceive() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }

    /** The program may still write. */
    boolean maySend() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }
}
