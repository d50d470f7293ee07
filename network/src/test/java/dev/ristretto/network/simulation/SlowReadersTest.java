package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import dev.ristretto.network.tcp.TcpSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that do not read take memory for what is sent to them, but leave some for others. */
class SlowReadersTest {
    private static final int PORT = 80;
    private static final int SLOW = 90;
    private static final int LENGTH = 300_000;

    private final Simulation simulation = new Simulation(1);
    private final SimulatedHost server = host(1, 8 << 20);
    private final SimulatedHost client = host(2, 64 << 20);
    private final List<TcpSocket> accepted = new ArrayList<>();

    private SimulatedHost host(int number, long memory) {
        return new SimulatedHost(simulation, IpAddress.ofV4(0x0a000000 + number), Budget.forMemory(memory),
            new TcpSettings(Algorithm.CUBIC, true, true, true, ByteBuffer::allocate), false);
    }

    private void write(TcpSocket socket, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining() && socket.write(bytes) != Socket.WOULD_BLOCK) {
                // As much as it takes now.
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void othersAreServed() throws NetworkException {
        Link link = new Link(simulation, Conditions.PERFECT);
        SimulatedHost.connect(client, server, link, link);
        TcpSocket opening = server.tcp.open(false);
        opening.bind(IpAddress.ANY_V4, PORT);
        TcpListener listener = opening.listen(2 * SLOW);
        List<TcpSocket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            slow.add(connect(listener));
            TcpSocket socket = accepted.getLast();
            ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
            socket.setListener(() -> simulation.after(0, () -> write(socket, bytes)));
            write(socket, bytes);
        }
        simulation.runFor(5 * Simulation.SECOND);
        // What a receiver's window takes is gone; the rest waits in as much memory as there is for it.
        long waiting = server.tcp.bufferBytesInUse();
        assertTrue(waiting > 2 << 20, "in use: " + waiting);

        TcpSocket reader = connect(listener);
        TcpSocket writer = accepted.getLast();
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        writer.setListener(() -> simulation.after(0, () -> write(writer, bytes)));
        write(writer, bytes);
        ByteBuffer in = ByteBuffer.allocate(LENGTH);
        reader.setListener(() -> simulation.after(0, () -> {
            try {
                if (in.hasRemaining()) {
                    reader.read(in);
                }
            } catch (NetworkException e) {
                throw new AssertionError(e);
            }
        }));
        simulation.runFor(10 * Simulation.SECOND);
        assertEquals(LENGTH, in.position());

        // The slow ones read at last: all of them get all of it.
        for (TcpSocket socket : slow) {
            ByteBuffer late = ByteBuffer.allocate(LENGTH);
            Runnable read = () -> {
                try {
                    socket.read(late);
                    if (!late.hasRemaining()) {
                        socket.close();
                    }
                } catch (NetworkException e) {
                    throw new AssertionError(e);
                }
            };
            socket.setListener(() -> simulation.after(0, () -> {
                if (late.hasRemaining()) {
                    read.run();
                }
            }));
            read.run();
        }
        simulation.runFor(60 * Simulation.SECOND);
        reader.close();
        accepted.forEach(Socket::close);
        listener.close();
        simulation.runFor(300 * Simulation.SECOND);
        assertEquals(0, client.tcp.sockets(), "readers that still wait");
        assertNull(Exchange.left(server));
        assertNull(Exchange.left(client));
    }

    private TcpSocket connect(TcpListener listener) throws NetworkException {
        TcpSocket socket = client.tcp.open(false);
        socket.connect(server.address, PORT);
        simulation.runFor(Simulation.MILLISECOND);
        accepted.add(listener.accept());
        return socket;
    }
}
