package dev.ristretto.network.simulation;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpSocket;
import java.nio.ByteBuffer;

/**
 * A program with a connection: sends a stream of bytes made from a seed, checks that what it receives is the other seed's, closes its
 * side when all is sent, and the socket when both sides have ended.
 */
final class Peer {
    private final Simulation simulation;
    final TcpSocket socket;
    private final Content outgoing;
    private final Content incoming;
    private final ByteBuffer writing;
    private final ByteBuffer reading;
    /** Nanoseconds that the program takes before it looks at the socket. */
    private final long thinks;
    private final boolean closesEarly;
    private boolean isScheduled;
    boolean isConnected;
    boolean ended;
    boolean isClosed;
    Errno failure;
    long finishedAt;

    Peer(Simulation simulation, TcpSocket socket, Content outgoing, Content incoming, int chunk, long thinks, boolean closesEarly) {
        this.simulation = simulation;
        this.socket = socket;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.thinks = thinks;
        this.closesEarly = closesEarly;
        writing = ByteBuffer.allocate(chunk).limit(0);
        reading = ByteBuffer.allocate(chunk);
        socket.setListener(this::schedule);
        schedule();
    }

    private void schedule() {
        if (!isScheduled && !isClosed) {
            isScheduled = true;
            simulation.after(thinks, this::look);
        }
    }

    boolean isDone() {
        return isClosed && failure == null && ended && outgoing.isAtEnd() && incoming.isAtEnd();
    }

    private void look() {
        isScheduled = false;
        if (isClosed) {
            return;
        }
        try {
            if (!isConnected) {
                if (!socket.finishConnect()) {
                    return;
                }
                isConnected = true;
            }
            write();
            read();
            if (ended && outgoing.isAtEnd() && !writing.hasRemaining()) {
                finish();
            }
        } catch (NetworkException e) {
            failure = e.errno();
            finish();
        }
    }

    private void finish() {
        isClosed = true;
        finishedAt = simulation.now();
        socket.close();
    }

    private void write() throws NetworkException {
        for (;;) {
            if (!writing.hasRemaining()) {
                if (outgoing.isAtEnd()) {
                    if (closesEarly || ended) {
                        socket.shutdownOutput();
                    }
                    return;
                }
                outgoing.fill(writing.clear());
                writing.flip();
            }
            if (socket.write(writing) == Socket.WOULD_BLOCK) {
                return;
            }
        }
    }

    private void read() throws NetworkException {
        if (ended) {
            return;
        }
        for (;;) {
            int count = socket.read(reading.clear());
            if (count == Socket.WOULD_BLOCK) {
                return;
            }
            if (count == Socket.END) {
                ended = true;
                return;
            }
            incoming.check(reading.flip());
            if (incoming.isAtEnd() && !closesEarly && outgoing.isAtEnd() && !writing.hasRemaining()) {
                socket.shutdownOutput();
            }
            if (thinks > 0) {
                schedule(); // A slow reader takes one piece at a time.
                return;
            }
        }
    }
}
