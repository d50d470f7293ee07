package dev.ristretto.network.simulation;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import java.nio.ByteBuffer;

/** A bulk transfer for as long as the simulation runs: one end writes whenever it may, the other reads all there is, and counts. */
final class Flow {
    private static final int CHUNK = 256 * 1024;

    private final Simulation simulation;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private TcpSocket receiver;
    /** Bytes that the receiving program has read. */
    long received;

    /** Begins after {@code start} nanoseconds. */
    Flow(Simulation simulation, SimulatedHost from, SimulatedHost to, int port, long start) {
        this.simulation = simulation;
        try {
            TcpSocket opening = to.tcp.open(false);
            opening.bind(IpAddress.ANY_V4, port);
            TcpListener listener = opening.listen(1);
            listener.setListener(() -> simulation.after(0, () -> accept(listener)));
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
        simulation.after(start, () -> connect(from, to, port));
    }

    private void connect(SimulatedHost from, SimulatedHost to, int port) {
        try {
            TcpSocket sender = from.tcp.open(false);
            sender.setListener(() -> simulation.after(0, () -> write(sender)));
            sender.connect(to.address, port);
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    private void accept(TcpListener listener) {
        try {
            TcpSocket accepted = listener.accept();
            if (accepted != null) {
                receiver = accepted;
                receiver.setListener(() -> simulation.after(0, this::read));
                read();
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    private void write(TcpSocket sender) {
        try {
            if (sender.finishConnect()) {
                while (sender.write(buffer.clear()) != Socket.WOULD_BLOCK) {
                    // As much as it takes.
                }
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        try {
            for (int count = receiver.read(buffer.clear()); count != Socket.WOULD_BLOCK; count = receiver.read(buffer.clear())) {
                if (count == Socket.END) {
                    throw new AssertionError("the sender has closed");
                }
                received += count;
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }
}
