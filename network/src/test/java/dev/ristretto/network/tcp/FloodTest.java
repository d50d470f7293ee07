package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Counter;
import org.junit.jupiter.api.Test;

/** A flood of SYNs: bounded memory, and service for who completes the handshake (RFC 4987). */
class FloodTest {
    private final Script script = new Script();

    @Test
    void cookiesServeThoseWhoAnswer() throws NetworkException {
        TcpListener listener = script.listen(5);
        for (int i = 0; i < 10_000; i++) {
            script.peerPort = 10_000 + i;
            script.send(Segment.SYN, 0, 0, 5000);
            script.initial = script.next().sequence();
        }
        assertEquals(16, script.tcp.halfOpen());
        assertEquals(16, script.tcp.connections());
        assertEquals(10_000 - 16, script.count(Counter.TCP_COOKIES_SENT));
        // A guess is worth nothing; the last one's own cookie is.
        script.send(Segment.ACK, 1, 2, 5000);
        assertEquals(Segment.RST, script.next().flags());
        assertNull(listener.accept());
        script.send(Segment.ACK, 1, 1, 5000, (byte) 42);
        TcpSocket socket = listener.accept();
        assertNotNull(socket);
        assertEquals(1, Script.read(socket, 10));
        assertEquals(1, script.count(Counter.TCP_COOKIES_ACCEPTED));
        socket.abort();
        listener.close();
        script.expectNothingLeft();
    }
}
