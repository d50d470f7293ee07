package dev.ristretto.network.tcp;

import static dev.ristretto.network.tcp.Script.PEER_INITIAL;
import static dev.ristretto.network.tcp.Script.SECOND;
import static dev.ristretto.network.tcp.Script.read;
import static dev.ristretto.network.tcp.Script.write;
import static dev.ristretto.network.tcp.Segment.ACK;
import static dev.ristretto.network.tcp.Segment.FIN;
import static dev.ristretto.network.tcp.Segment.RST;
import static dev.ristretto.network.tcp.Segment.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How connections begin and end (RFC 9293 §3.5 and 3.6). */
class OpenAndCloseTest {
    private final Script script = new Script();

    private static void fails(Errno errno, Executable action) {
        assertEquals(errno, assertThrows(NetworkException.class, action).errno());
    }

    @Test
    void theSynOffersAllThatTheStackCan() throws NetworkException {
        TcpSocket socket = script.tcp.open(false);
        assertFalse(socket.connect(Script.PEER, 80));
        Segment syn = script.next().header();
        assertEquals(SYN, syn.flags);
        assertEquals(1460, syn.maximumSegmentSize);
        assertTrue(syn.sackPermitted && syn.hasTimestamps);
        assertEquals(TcpConnection.windowShift(4 << 20) - 1, syn.windowShift, "for two MiB, a quarter of the buffers");
        fails(Errno.EALREADY, () -> socket.connect(Script.PEER, 80));
        assertFalse(socket.finishConnect());
        assertEquals(0, socket.readiness());
        socket.close();
        script.expectNothingLeft();
    }

    @Test
    void synIsRepeatedAndThenGivenUp() throws NetworkException {
        TcpSocket socket = script.begin();
        int syns = 1;
        script.pass(200 * SECOND);
        for (Script.Sent s = script.sent.poll(); s != null; s = script.sent.poll()) {
            assertEquals(SYN, s.flags());
            assertEquals(script.initial, s.sequence());
            syns++;
        }
        assertEquals(7, syns);
        assertEquals(Readiness.ERROR | Readiness.WRITABLE | Readiness.READABLE | Readiness.HANGUP | Readiness.PEER_CLOSED, socket.readiness());
        fails(Errno.ETIMEDOUT, socket::finishConnect);
        socket.close();
        script.expectNothingLeft();
    }

    @Test
    void aResetRefusesOnlyWithTheRightNumber() throws NetworkException {
        TcpSocket socket = script.begin();
        script.send(RST, 0, 0, 0);
        script.send(RST | ACK, 0, 5, 0);
        assertFalse(socket.finishConnect());
        script.send(RST | ACK, 0, 1, 0);
        fails(Errno.ECONNREFUSED, socket::finishConnect);
        script.expectNothing();
        socket.close();
        script.expectNothingLeft();
    }

    @Test
    void anAnswerToAnOlderSynIsReset() throws NetworkException {
        TcpSocket socket = script.begin();
        script.send(SYN | ACK, 0, 77, 1000);
        Script.Sent reset = script.expect(RST, 77, 0, 0);
        assertEquals(RST, reset.flags());
        assertFalse(socket.finishConnect());
        socket.close();
        script.expectNothingLeft();
    }

    @Test
    void bothBeginAtOnce() throws NetworkException {
        TcpSocket socket = script.begin();
        script.send(SYN, 0, 0, 4000);
        script.expect(SYN | ACK, 0, 1, 0);
        script.send(SYN, 0, 0, 4000);
        script.expect(SYN | ACK, 0, 1, 0);
        assertFalse(socket.finishConnect());
        script.send(ACK, 1, 1, 4000);
        assertTrue(socket.finishConnect());
        assertEquals(10, write(socket, 10));
        script.expect(ACK, 1, 1, 10);
        socket.abort();
        script.expect(RST | ACK, 11, 1, 0);
        script.expectNothingLeft();
    }

    @Test
    void weCloseFirst() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        write(socket, 3);
        script.expect(ACK, 1, 1, 3);
        socket.shutdownOutput();
        script.expect(FIN | ACK, 4, 1, 0);
        fails(Errno.EPIPE, () -> write(socket, 1));
        script.send(ACK, 1, 5, 5000);
        // Half closed: the peer may still send.
        script.send(ACK, 1, 5, 5000, new byte[2000 - 600]);
        assertEquals(1400, read(socket, 5000));
        script.sent.clear();
        script.send(FIN | ACK, 1401, 5, 5000);
        script.expect(ACK, 5, 1402, 0);
        assertEquals(Socket.END, read(socket, 1));
        socket.close();
        assertEquals(1, script.tcp.timeWaits());
        // Our last acknowledgement was lost.
        script.send(FIN | ACK, 1401, 5, 5000);
        script.expect(ACK, 5, 1402, 0);
        script.pass(59 * SECOND);
        assertEquals(1, script.tcp.timeWaits());
        script.pass(2 * SECOND);
        script.expectNothingLeft();
    }

    @Test
    void thePeerClosesFirst() throws NetworkException {
        TcpListener listener = script.listen(5);
        TcpSocket socket = script.accept(listener, 5000);
        script.send(FIN | ACK, 1, 1, 5000);
        script.expect(ACK, 1, 2, 0);
        assertEquals(Readiness.READABLE | Readiness.PEER_CLOSED | Readiness.WRITABLE, socket.readiness());
        assertEquals(Socket.END, read(socket, 1));
        write(socket, 5);
        script.expect(ACK, 1, 2, 5);
        socket.close();
        script.expect(FIN | ACK, 6, 2, 0);
        script.send(ACK, 2, 7, 5000);
        listener.close();
        script.expectNothingLeft();
    }

    @Test
    void bothCloseAtOnce() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.close();
        script.expect(FIN | ACK, 1, 1, 0);
        script.send(FIN | ACK, 1, 1, 5000);
        script.expect(ACK, 2, 2, 0);
        assertEquals(0, script.tcp.timeWaits());
        script.send(ACK, 2, 2, 5000);
        assertEquals(1, script.tcp.timeWaits());
        script.pass(61 * SECOND);
        script.expectNothingLeft();
    }

    @Test
    void unreadBytesMakeCloseAReset() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        script.send(ACK, 1, 1, 5000, (byte) 1);
        socket.close();
        assertTrue(script.next().has(RST));
        script.expectNothingLeft();
    }

    @Test
    void dataForNobodyIsReset() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.close();
        script.expect(FIN | ACK, 1, 1, 0);
        script.send(ACK, 1, 2, 5000, (byte) 1);
        assertTrue(script.next().has(RST));
        script.expectNothingLeft();
    }

    @Test
    void lingerZeroResets() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.setOption(SocketOption.LINGER, 0);
        socket.close();
        assertTrue(script.next().has(RST));
        script.expectNothingLeft();
    }

    @Test
    void lingerEndsInTimeByReset() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.setOption(SocketOption.LINGER, 3);
        write(socket, 10);
        socket.close();
        script.pass(2900 * Script.MILLISECOND);
        assertEquals(1, script.tcp.connections());
        script.sent.clear();
        script.pass(200 * Script.MILLISECOND);
        assertTrue(script.sent.peekLast().has(RST));
        script.expectNothingLeft();
    }

    @Test
    void aPeerThatNeverClosesIsLeft() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.close();
        script.send(ACK, 1, 2, 5000);
        script.pass(61 * SECOND);
        script.expectNothingLeft();
    }

    @Test
    void onlyTheExactNumberResets() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        script.send(RST, 2, 0, 0);
        script.expect(ACK, 1, 1, 0);
        assertEquals(1, script.count(Counter.TCP_CHALLENGE_ACKS));
        script.send(RST, 100_000, 0, 0);
        script.expectNothing();
        script.send(SYN, 1, 0, 0);
        script.expect(ACK, 1, 1, 0);
        assertEquals(Socket.WOULD_BLOCK, read(socket, 1));
        script.send(RST, 1, 0, 0);
        fails(Errno.ECONNRESET, () -> read(socket, 1));
        assertEquals(Socket.END, read(socket, 1));
        fails(Errno.EPIPE, () -> write(socket, 1));
        socket.close();
        script.expectNothingLeft();
    }

    @Test
    void anAcknowledgementOfWhatWasNeverSentIsChallenged() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        script.send(ACK, 1, 2, 5000, (byte) 1);
        script.expect(ACK, 1, 1, 0);
        assertEquals(0, socket.available());
        script.send(ACK, 1, -100_000, 5000, (byte) 1);
        script.expect(ACK, 1, 1, 0);
        assertEquals(0, socket.available());
        socket.abort();
        script.sent.clear();
        script.expectNothingLeft();
    }

    @Test
    void challengesAreLimited() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        for (int i = 0; i < 5000; i++) {
            script.send(RST, 2, 0, 0);
        }
        assertTrue(script.sent.size() >= 500 && script.sent.size() < 1500);
        script.sent.clear();
        script.pass(SECOND);
        script.send(RST, 2, 0, 0);
        script.expect(ACK, 1, 1, 0);
        socket.abort();
    }

    @Test
    void whatNobodyListensToIsReset() {
        script.send(SYN, 0, 0, 100);
        Script.Sent reset = script.next();
        assertEquals(RST | ACK, reset.flags());
        assertEquals(0, reset.sequence());
        assertEquals(PEER_INITIAL + 1, reset.acknowledgment());
        script.send(ACK, 1, 77, 100);
        reset = script.next();
        assertEquals(RST, reset.flags());
        assertEquals(77, reset.sequence());
        script.send(RST, 0, 0, 100);
        script.send(RST | ACK, 0, 0, 100);
        script.expectNothing();
    }

    @Test
    void aNewSynTakesThePlaceOfTimeWait() throws NetworkException {
        TcpListener listener = script.listen(5);
        TcpSocket socket = script.accept(listener, 5000);
        socket.close();
        script.expect(FIN | ACK, 1, 1, 0);
        script.send(FIN | ACK, 1, 2, 5000);
        script.expect(ACK, 2, 2, 0);
        assertEquals(1, script.tcp.timeWaits());
        // An old duplicate does not.
        script.send(SYN, 0, 0, 5000);
        script.expect(ACK, 2, 2, 0);
        script.send(RST, 2, 0, 0);
        assertEquals(1, script.tcp.timeWaits());
        int last = script.initial + 2;
        script.send(SYN, 5000, 0, 5000);
        Script.Sent answer = script.next();
        assertEquals(SYN | ACK, answer.flags());
        assertTrue(answer.sequence() - last > 0, "numbers go on beyond the old connection's");
        assertEquals(0, script.tcp.timeWaits());
        script.initial = answer.sequence();
        script.send(ACK, 5001, 1, 5000);
        assertNotNull(listener.accept());
    }

    @Test
    void theAnswerToASynIsRepeatedAndThenForgotten() throws NetworkException {
        TcpListener listener = script.listen(5);
        script.send(SYN, 0, 0, 5000);
        script.initial = script.next().sequence();
        script.send(SYN, 0, 0, 5000);
        script.expect(SYN | ACK, 0, 1, 0);
        assertEquals(1, script.tcp.halfOpen());
        script.pass(100 * SECOND);
        assertEquals(5, script.sent.size());
        script.sent.clear();
        assertEquals(0, script.tcp.halfOpen());
        assertNull(listener.accept());
        listener.close();
        script.expectNothingLeft();
    }

    @Test
    void aHalfOpenConnectionIsResetByThePeerOnly() throws NetworkException {
        TcpListener listener = script.listen(5);
        script.send(SYN, 0, 0, 5000);
        script.initial = script.next().sequence();
        script.send(ACK, 1, 7, 5000);
        assertEquals(RST, script.next().flags());
        script.send(RST, 500, 0, 0);
        script.expect(ACK, 1, 1, 0);
        assertEquals(1, script.tcp.halfOpen());
        script.send(RST, 1, 0, 0);
        assertEquals(0, script.tcp.halfOpen());
        listener.close();
        script.expectNothingLeft();
    }

    @Test
    void dataMayComeWithTheHandshakesLastSegment() throws NetworkException {
        TcpListener listener = script.listen(5);
        script.send(SYN, 0, 0, 5000);
        script.initial = script.next().sequence();
        script.send(FIN | ACK, 1, 1, 5000, (byte) 1, (byte) 2);
        TcpSocket socket = listener.accept();
        assertEquals(2, read(socket, 10));
        assertEquals(Socket.END, read(socket, 10));
        script.expect(ACK, 1, 4, 0);
    }

    @Test
    void closingAListenerResetsWhoWaits() throws NetworkException {
        TcpListener listener = script.listen(5);
        script.send(SYN, 0, 0, 5000);
        script.initial = script.next().sequence();
        script.send(ACK, 1, 1, 5000);
        assertEquals(1, listener.waiting());
        script.peerPort++;
        script.send(SYN, 0, 0, 5000);
        script.next();
        listener.close();
        assertTrue(script.next().has(RST));
        script.expectNothingLeft();
        fails(Errno.EBADF, listener::accept);
    }

    @Test
    void icmpEndsOnlyWhatHasNotBegun() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        write(socket, 10);
        script.error(Errno.ECONNREFUSED, 1);
        assertEquals(Socket.WOULD_BLOCK, read(socket, 1));
        script.sent.clear();
        TcpSocket second = script.begin();
        script.error(Errno.EHOSTUNREACH, 500);
        assertFalse(second.finishConnect());
        script.error(Errno.EHOSTUNREACH, 0);
        fails(Errno.EHOSTUNREACH, second::finishConnect);
    }

    @Test
    void keepAliveFindsAPeerThatVanished() throws NetworkException {
        TcpSocket socket = script.connect(5000);
        socket.setOption(SocketOption.KEEP_IDLE, 10);
        socket.setOption(SocketOption.KEEP_INTERVAL, 2);
        socket.setOption(SocketOption.KEEP_COUNT, 3);
        socket.setOption(SocketOption.KEEP_ALIVE, 1);
        script.pass(9 * SECOND);
        script.expectNothing();
        script.pass(2 * SECOND);
        script.expect(ACK, 0, 1, 0);
        script.send(ACK, 1, 1, 5000);
        script.pass(9 * SECOND);
        script.expectNothing();
        script.pass(8 * SECOND);
        script.expect(ACK, 0, 1, 0);
        script.expect(ACK, 0, 1, 0);
        script.expect(ACK, 0, 1, 0);
        assertTrue(script.next().has(RST));
        fails(Errno.ETIMEDOUT, () -> read(socket, 1));
        socket.close();
        script.expectNothingLeft();
    }
}
