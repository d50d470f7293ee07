package dev.ristretto.network.simulation;

/** How a connection ends, in {@link Visit}. The first byte that the client sends is the ordinal: it tells the server what to do. */
enum Ending {
    /** The client closes, the server answers with the rest and closes after it. */
    CLIENT_FIRST,
    /** The server closes after its answer; TIME-WAIT is there. */
    SERVER_FIRST,
    /** As before, from a port that the client takes again at once, while the server still remembers it. */
    PORT_AGAIN,
    /** Both close at the same moment. */
    BOTH_AT_ONCE,
    CLIENT_RESETS,
    SERVER_RESETS,
    /** The client closes without reading what has come. */
    UNREAD_AT_CLIENT,
    /** The same at the server. */
    UNREAD_AT_SERVER,
    /** The client closes before it is connected. */
    NEVER_CONNECTED,
    /** Nobody listens at the port. */
    REFUSED,
    /** The client's machine goes away; the server waits and finds out by keep-alive. */
    VANISHED_IDLE,
    /** It goes away while the server sends, who waits for room. */
    VANISHED_SENDING,
    /** It goes away, and the server closes. */
    VANISHED_CLOSING;

    private static final Ending[] ALL = values();

    static Ending of(int ordinal) {
        return ALL[ordinal];
    }

    boolean vanishes() {
        return compareTo(VANISHED_IDLE) >= 0;
    }
}
