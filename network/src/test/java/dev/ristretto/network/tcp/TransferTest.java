package dev.ristretto.network.tcp;

import static dev.ristretto.network.tcp.Script.MILLISECOND;
import static dev.ristretto.network.tcp.Script.SECOND;
import static dev.ristretto.network.tcp.Script.read;
import static dev.ristretto.network.tcp.Script.write;
import static dev.ristretto.network.tcp.Segment.ACK;
import static dev.ristretto.network.tcp.Segment.CWR;
import static dev.ristretto.network.tcp.Segment.ECE;
import static dev.ristretto.network.tcp.Segment.FIN;
import static dev.ristretto.network.tcp.Segment.SYN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Counter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What goes over a connection and when (RFC 9293 §3.8, 5681, 6298, 7323, 2018, 8985). */
class TransferTest {
    private static final int MSS = 1460;
    /** With timestamps. */
    private static final int MODERN_MSS = 1448;

    private final Script script = new Script();

    @Test
    void theFirstWindowIsTenSegments() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        assertEquals(50_000, write(socket, 50_000));
        for (int i = 0; i < 10; i++) {
            Script.Sent s = script.expect(ACK, 1 + i * MSS, 1, MSS);
            assertArrayEquals(Arrays.copyOfRange(Script.bytes(50_000), i * MSS, (i + 1) * MSS), s.payload());
        }
        script.expectNothing();
        script.send(ACK, 1, 1 + 2 * MSS, 60_000);
        // Slow start: two acknowledged, four sent.
        for (int i = 10; i < 14; i++) {
            script.expect(ACK, 1 + i * MSS, 1, MSS);
        }
        script.expectNothing();
    }

    @Test
    void acknowledgementsWaitForASecondSegmentOrForTime() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        script.send(ACK, 1, 1, 60_000, new byte[100]);
        script.expectNothing();
        assertEquals(100, socket.available());
        script.pass(39 * MILLISECOND);
        script.expectNothing();
        script.pass(2 * MILLISECOND);
        script.expect(ACK, 1, 101, 0);
        script.send(ACK, 101, 1, 60_000, new byte[100]);
        write(socket, 10);
        script.expect(ACK, 1, 201, 10);
        script.pass(SECOND / 10);
        script.expectNothing();
    }

    @Test
    void nagleHoldsSmallSegmentsBack() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        write(socket, 10);
        script.expect(ACK, 1, 1, 10);
        write(socket, 10);
        write(socket, 10);
        script.expectNothing();
        script.send(ACK, 1, 11, 60_000);
        script.expect(ACK, 11, 1, 20);
        write(socket, MSS + 5);
        script.expect(ACK, 31, 1, MSS);
        script.expectNothing();
        socket.setOption(SocketOption.NO_DELAY, 1);
        script.expect(ACK, 31 + MSS, 1, 5);
        write(socket, 1);
        script.expect(ACK, 36 + MSS, 1, 1);
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainLaterAndLater() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        write(socket, 10);
        script.expect(ACK, 1, 1, 10);
        for (int i = 0; i < 5; i++) {
            script.pass((SECOND << i) - 2 * MILLISECOND);
            script.expectNothing();
            script.pass(2 * MILLISECOND);
            script.expect(ACK, 1, 1, 10);
        }
        script.send(ACK, 1, 11, 60_000);
        assertEquals(0, socket.unsent());
        script.pass(100 * SECOND);
        script.expectNothing();
        assertEquals(5, script.count(Counter.TCP_TIMEOUTS));
        assertEquals(1, script.suspected);
    }

    @Test
    void aPeerThatVanishesIsGivenUp() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        write(socket, 10);
        script.pass(2000 * SECOND);
        assertEquals(Errno.ETIMEDOUT, assertThrows(NetworkException.class, () -> read(socket, 1)).errno());
        assertTrue((socket.readiness() & Readiness.HANGUP) != 0);
        socket.close();
        assertEquals(0, script.tcp.connections());
        assertEquals(0, script.tcp.bufferBytesInUse());
    }

    @Test
    void threeDuplicatesMeanLossWithoutSack() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        write(socket, 10 * MSS);
        script.sent.clear();
        script.send(ACK, 1, 1 + MSS, 60_000);
        script.send(ACK, 1, 1 + MSS, 60_000);
        script.send(ACK, 1, 1 + MSS, 60_000);
        script.expectNothing();
        script.send(ACK, 1, 1 + MSS, 60_000);
        script.expect(ACK, 1 + MSS, 1, MSS);
        script.expectNothing();
        // A partial acknowledgement: the next hole is filled at once (RFC 6582).
        script.send(ACK, 1, 1 + 4 * MSS, 60_000);
        script.expect(ACK, 1 + 4 * MSS, 1, MSS);
        script.send(ACK, 1, 1 + 10 * MSS, 60_000);
        script.expectNothing();
        assertEquals(0, socket.unsent());
        assertEquals(0, script.count(Counter.TCP_TIMEOUTS));
    }

    private void sack(int acknowledgment, int window, int... blocks) {
        script.peer.timestamp++;
        script.peer.sackBlocks = blocks.length / 2;
        for (int i = 0; i < blocks.length / 2; i++) {
            script.peer.sackFrom[i] = script.initial + blocks[2 * i];
            script.peer.sackTo[i] = script.initial + blocks[2 * i + 1];
        }
        script.send(ACK, 1, acknowledgment, window >> 7);
    }

    @Test
    void sackTellsWhichAreLost() throws NetworkException {
        int m = MODERN_MSS;
        TcpSocket socket = script.acceptModern(1 << 20);
        write(socket, 10 * m);
        for (int i = 0; i < 10; i++) {
            script.expect(ACK, 1 + i * m, 1, m);
        }
        script.pass(10 * MILLISECOND);
        // The second and the fifth are missing.
        sack(1 + m, 1 << 20, 1 + 2 * m, 1 + 4 * m);
        sack(1 + m, 1 << 20, 1 + 5 * m, 1 + 6 * m, 1 + 2 * m, 1 + 4 * m);
        script.expect(ACK, 1 + m, 1, m);
        script.pass(3 * MILLISECOND);
        sack(1 + m, 1 << 20, 1 + 5 * m, 1 + 10 * m, 1 + 2 * m, 1 + 4 * m);
        script.expect(ACK, 1 + 4 * m, 1, m);
        script.expectNothing();
        sack(1 + 10 * m, 1 << 20);
        assertEquals(0, socket.unsent());
        script.pass(10 * SECOND);
        script.expectNothing();
    }

    @Test
    void aLostTailIsProbed() throws NetworkException {
        int m = MODERN_MSS;
        TcpSocket socket = script.acceptModern(1 << 20);
        write(socket, 3 * m);
        script.sent.clear();
        // The round trip was 10 ms: the probe comes long before the timeout of 200 ms.
        script.pass(30 * MILLISECOND);
        script.peer.timestampEcho = script.expect(ACK, 1 + 2 * m, 1, m).header().timestamp;
        script.expectNothing();
        // It arrived: all before it are lost.
        script.pass(10 * MILLISECOND);
        sack(1, 1 << 20, 1 + 2 * m, 1 + 3 * m);
        script.expect(ACK, 1, 1, m);
        script.expectNothing();
        // One at a time (RFC 6937): what has left the network makes room.
        script.pass(10 * MILLISECOND);
        sack(1 + m, 1 << 20, 1 + 2 * m, 1 + 3 * m);
        script.expect(ACK, 1 + m, 1, m);
        sack(1 + 3 * m, 1 << 20);
        assertEquals(0, socket.unsent());
        assertEquals(0, script.count(Counter.TCP_TIMEOUTS));
    }

    @Test
    void earlySegmentsAreKeptAndReported() throws NetworkException {
        TcpSocket socket = script.acceptModern(1 << 20);
        byte[] data = Script.bytes(600);
        script.peer.timestamp = 120;
        script.send(ACK, 201, 1, 8000, Arrays.copyOfRange(data, 200, 300));
        Segment report = script.expect(ACK, 1, 1, 0).header();
        assertEquals(1, report.sackBlocks);
        assertEquals(Script.PEER_INITIAL + 201, report.sackFrom[0]);
        assertEquals(Script.PEER_INITIAL + 301, report.sackTo[0]);
        script.send(ACK, 401, 1, 8000, Arrays.copyOfRange(data, 400, 500));
        report = script.expect(ACK, 1, 1, 0).header();
        assertEquals(2, report.sackBlocks);
        assertEquals(Script.PEER_INITIAL + 401, report.sackFrom[0]);
        // Again: a duplicate is reported first (RFC 2883).
        script.send(ACK, 201, 1, 8000, Arrays.copyOfRange(data, 200, 300));
        report = script.expect(ACK, 1, 1, 0).header();
        assertEquals(3, report.sackBlocks);
        assertEquals(Script.PEER_INITIAL + 201, report.sackFrom[0]);
        script.send(ACK, 1, 1, 8000, Arrays.copyOfRange(data, 0, 250));
        script.expect(ACK, 1, 301, 0);
        script.send(FIN | ACK, 301, 1, 8000, Arrays.copyOfRange(data, 300, 400));
        script.expect(ACK, 1, 501, 0);
        java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(600);
        assertEquals(500, socket.read(all));
        assertArrayEquals(Arrays.copyOf(data, 500), Arrays.copyOf(all.array(), 500));
        assertEquals(Socket.WOULD_BLOCK, read(socket, 1), "a FIN inside of the data is none");
    }

    @Test
    void aClosedWindowIsProbedForEver() throws NetworkException {
        TcpSocket socket = script.accept(1000);
        write(socket, 1500);
        script.expect(ACK, 1, 1, 1000);
        script.send(ACK, 1, 1001, 0);
        script.expectNothing();
        script.pass(1100 * MILLISECOND);
        script.expect(ACK, 1001, 1, 1);
        for (int i = 0; i < 30; i++) {
            script.send(ACK, 1, 1001, 0);
            script.pass(121 * SECOND);
            script.expect(ACK, 1001, 1, 1);
            script.sent.clear();
        }
        // It opens, by an update that does not acknowledge the probe.
        script.send(ACK, 1, 1001, 5000);
        script.expect(ACK, 1001, 1, 1);
        script.send(ACK, 1, 1002, 5000);
        script.expect(ACK, 1002, 1, 499);
        assertEquals(0, script.count(Counter.TCP_TIMEOUTS));
    }

    @Test
    void aPeerThatVanishesBehindAClosedWindowIsGivenUp() throws NetworkException {
        TcpSocket socket = script.accept(1000);
        write(socket, 1500);
        script.send(ACK, 1, 1001, 0);
        script.pass(3000 * SECOND);
        assertEquals(Errno.ETIMEDOUT, assertThrows(NetworkException.class, () -> read(socket, 1)).errno());
    }

    @Test
    void readingOpensTheWindowInGoodTime() throws NetworkException {
        TcpSocket socket = script.connect(60_000);
        socket.setOption(SocketOption.RECEIVE_BUFFER, 10_000);
        int at = 1;
        while (script.sent.isEmpty() || script.sent.peekLast().window() > 0) {
            script.send(ACK, at, 1, 60_000, new byte[MSS]);
            at = at + MSS;
            script.pass(SECOND / 10);
            assertTrue(at < 100_000, "the window closes");
        }
        script.sent.clear();
        int taken = socket.available();
        script.send(ACK, at, 1, 60_000, new byte[1]);
        assertEquals(taken, socket.available());
        script.next();
        assertEquals(100, read(socket, 100));
        script.expectNothing();
        read(socket, 100_000);
        assertTrue(script.next().window() >= 5000);
        script.expectNothing();
    }

    @Test
    void oldTimestampsAreRefused() throws NetworkException {
        TcpSocket socket = script.acceptModern(1 << 20);
        script.peer.timestamp = 90;
        script.send(ACK, 1, 1, 8000, (byte) 1);
        script.expect(ACK, 1, 1, 0);
        assertEquals(0, socket.available());
        script.peer.hasTimestamps = false;
        script.send(ACK, 1, 1, 8000, (byte) 1);
        script.expectNothing();
        assertEquals(0, socket.available());
        script.peer.hasTimestamps = true;
        script.peer.timestamp = 111;
        script.send(ACK, 1, 1, 8000, (byte) 1);
        assertEquals(1, socket.available());
        assertEquals(2, script.count(Counter.DROP_TCP_OUT_OF_WINDOW));
    }

    @Test
    void aTimeoutThatWasNeedlessIsTakenBack() throws NetworkException {
        int m = MODERN_MSS;
        TcpSocket socket = script.acceptModern(1 << 20);
        write(socket, 10 * m);
        int before = script.next().header().timestamp;
        script.pass(900 * MILLISECOND);
        assertTrue(script.count(Counter.TCP_TIMEOUTS) >= 1);
        script.sent.clear();
        // The first acknowledgement answers what was sent before the timeout: it was only slow.
        script.peer.timestampEcho = before;
        sack(1 + 2 * m, 1 << 20);
        write(socket, 20 * m);
        for (int i = 10; i < 12; i++) {
            script.expect(ACK, 1 + i * m, 1, m);
        }
    }

    @Test
    void aNarrowPathCutsWhatWasSent() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        write(socket, 2 * MSS);
        script.sent.clear();
        script.mtu = 1000;
        script.error(Errno.EMSGSIZE, 1);
        script.expect(ACK, 1, 1, 960);
        script.expect(ACK, 961, 1, 500);
        script.expect(ACK, 1461, 1, 960);
        script.expect(ACK, 2421, 1, 500);
        script.expectNothing();
        assertEquals(2 * MSS, socket.unsent());
    }

    @Test
    void largeSegmentsAreLeftToTheCard() throws NetworkException {
        script.offload = true;
        TcpSocket socket = script.accept(60_000);
        write(socket, 50_000);
        script.expect(ACK, 1, 1, 10 * MSS);
        script.expectNothing();
        script.send(ACK, 1, 1 + 10 * MSS, 60_000);
        script.expect(ACK, 1 + 10 * MSS, 1, 20 * MSS);
    }

    @Test
    void withoutPacketsItWaits() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        script.hasPackets = false;
        assertEquals(1000, write(socket, 1000));
        script.expectNothing();
        script.hasPackets = true;
        script.context.lock().lock();
        script.tcp.outputReady();
        script.context.lock().unlock();
        script.expect(ACK, 1, 1, 1000);
        script.send(ACK, 1, 1001, 60_000);
        script.hasPackets = false;
        write(socket, 5);
        script.hasPackets = true;
        // Even if nobody says so.
        script.pass(2 * SECOND);
        script.expect(ACK, 1001, 1, 5);
    }

    @Test
    void marksOfCongestionAreEchoedAndHeeded() throws NetworkException {
        script.listen(5);
        script.peer.maximumSegmentSize = MSS;
        script.send(SYN | ECE | CWR, 0, 0, 60_000);
        Script.Sent answer = script.next();
        assertEquals(SYN | ACK | ECE, answer.flags());
        script.initial = answer.sequence();
        script.peer.maximumSegmentSize = 0;
        script.send(ACK, 1, 1, 60_000);
        script.trafficClass = 3;
        script.send(ACK, 1, 1, 60_000, new byte[10]);
        assertEquals(ACK | ECE, script.next().flags());
        script.trafficClass = 2;
        script.send(ACK | CWR, 11, 1, 60_000, new byte[10]);
        script.pass(SECOND / 10);
        assertEquals(ACK, script.next().flags());
    }

    @Test
    void inputThatIsShutIsAcknowledgedAndDropped() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        script.send(ACK, 1, 1, 60_000, new byte[10]);
        socket.shutdownInput();
        script.sent.clear();
        assertEquals(Socket.END, read(socket, 10));
        assertEquals(0, script.tcp.bufferBytesInUse());
        script.send(ACK, 11, 1, 60_000, new byte[MSS]);
        script.expect(ACK, 1, 11 + MSS, 0);
        assertEquals(0, socket.available());
        write(socket, 1);
        script.expect(ACK, 1, 11 + MSS, 1);
    }

    @Test
    void theSendBufferFillsAndEmpties() throws NetworkException {
        TcpSocket socket = script.accept(60_000);
        assertEquals(65536, write(socket, 100_000));
        assertEquals(Socket.WOULD_BLOCK, write(socket, 1));
        assertEquals(0, socket.readiness() & Readiness.WRITABLE);
        script.send(ACK, 1, 1 + 10 * MSS, 60_000);
        assertEquals(0, socket.readiness() & Readiness.WRITABLE);
        script.send(ACK, 1, 1 + 30 * MSS, 60_000);
        assertEquals(Readiness.WRITABLE, socket.readiness());
    }

    private static Script script(int blocks) {
        return new Script(new Budget(64, 8, 128, 64, blocks * BlockPool.BLOCK, 1 << 16, 2, 16),
            new TcpSettings(CongestionControl.Algorithm.NEW_RENO, true, true, true, ByteBuffer::allocate));
    }

    /** Who waits for memory is told when there is some, though it never tried to write, and again when others were quicker. */
    @Test
    void whoLacksNothingButMemoryIsTold() throws NetworkException {
        Script small = script(16);
        TcpListener listener = small.listen(7);
        TcpSocket[] sockets = new TcpSocket[7];
        int[] initials = new int[sockets.length];
        for (int i = 0; i < sockets.length; i++) {
            small.peerPort = Script.PEER_PORT + i;
            sockets[i] = small.accept(listener, 60_000);
            initials[i] = small.initial;
        }
        int[] told = new int[1];
        TcpSocket waiting = sockets[6];
        waiting.setListener(() -> told[0]++);
        // Of the twelve blocks for sending, those that come first get all they want, others less, and everybody one while there is one.
        int[] blocks = {4, 4, 2, 1, 1};
        for (int i = 0; i < blocks.length; i++) {
            assertEquals(blocks[i] * BlockPool.BLOCK, write(sockets[i], 4 * BlockPool.BLOCK));
        }
        assertEquals(0, waiting.readiness());
        assertEquals(0, told[0]);
        small.peerPort = Script.PEER_PORT;
        small.initial = initials[0];
        small.send(ACK, 1, 1 + 10 * MSS, 60_000);
        assertEquals(1, told[0]);
        // Before the one who was told has looked, another takes what there was.
        assertEquals(Socket.WOULD_BLOCK, write(sockets[2], BlockPool.BLOCK));
        assertEquals(BlockPool.BLOCK, write(sockets[5], BlockPool.BLOCK));
        assertEquals(0, waiting.readiness());
        small.peerPort = Script.PEER_PORT + 1;
        small.initial = initials[1];
        small.send(ACK, 1, 1 + 10 * MSS, 60_000);
        assertEquals(2, told[0]);
        assertEquals(Readiness.WRITABLE, waiting.readiness());
    }

    /** However much peers have sent that is not read, there is memory to answer with: else an echo server waits for itself. */
    @Test
    void whatIsNotReadLeavesMemoryForWriting() throws NetworkException {
        Script small = script(16);
        TcpListener listener = small.listen(5);
        TcpSocket[] sockets = new TcpSocket[4];
        for (int i = 0; i < sockets.length; i++) {
            small.peerPort = Script.PEER_PORT + i;
            sockets[i] = small.accept(listener, 60_000);
            for (int at = 0; at < 4 * BlockPool.BLOCK; at += 1024) {
                small.send(ACK, 1 + at, 1, 60_000, new byte[1024]);
            }
            small.sent.clear();
        }
        assertTrue(small.tcp.bufferBytesInUse() >= 12 * BlockPool.BLOCK);
        for (TcpSocket socket : sockets) {
            assertEquals(BlockPool.BLOCK, write(socket, BlockPool.BLOCK));
        }
    }
}
