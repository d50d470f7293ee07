package dev.ristretto.network.simulation;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpSocket;
import java.nio.ByteBuffer;

/** One short connection to a {@link Reception}, which ends in one of many ways. */
final class Visit {
    static final int UNREAD = 3000;
    private static final long PAUSE = 3 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final TcpSocket socket;
    private final Ending ending;
    private final Runnable over;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);
    private boolean hasSpoken;
    private boolean isScheduled;
    private boolean isOver;

    /** @param port of the client's own, or 0 for any @param over called once it has closed its socket */
    Visit(Simulation simulation, SimulatedHost client, IpAddress server, int port, Ending ending, Runnable over) throws NetworkException {
        this.simulation = simulation;
        this.ending = ending;
        this.over = over;
        socket = client.tcp.open(false);
        try {
            if (port != 0) {
                socket.setOption(SocketOption.REUSE_ADDRESS, 1);
                socket.bind(IpAddress.ANY_V4, port);
            }
            socket.setListener(this::schedule);
            socket.connect(server, ending == Ending.REFUSED ? Reception.PORT + 1 : Reception.PORT);
        } catch (NetworkException e) {
            isOver = true;
            socket.close();
            throw e;
        }
        if (ending == Ending.NEVER_CONNECTED) {
            close(false);
        }
    }

    private void schedule() {
        if (!isScheduled && !isOver) {
            isScheduled = true;
            simulation.after(0, this::look);
        }
    }

    private void look() {
        isScheduled = false;
        if (isOver) {
            return;
        }
        try {
            if (!socket.finishConnect()) {
                return;
            }
            if (!hasSpoken) {
                hasSpoken = true;
                speak();
            } else if (ending == Ending.UNREAD_AT_CLIENT) {
                if (socket.available() > 0) {
                    close(false);
                }
            } else if (ending != Ending.VANISHED_SENDING) {
                int count = socket.read(buffer.clear());
                while (count > 0) {
                    count = socket.read(buffer.clear());
                }
                if (count == Socket.END) {
                    close(false);
                }
            }
        } catch (NetworkException e) {
            close(false); // Refused, reset or timed out: as meant, or because packets were lost.
        }
    }

    private void speak() throws NetworkException {
        buffer.clear().put((byte) ending.ordinal());
        socket.write(buffer.limit(ending == Ending.UNREAD_AT_SERVER ? UNREAD : 100).position(0));
        switch (ending) {
            case CLIENT_FIRST -> socket.shutdownOutput();
            case CLIENT_RESETS -> close(true);
            case BOTH_AT_ONCE -> simulation.after(PAUSE + Reception.DELAY, () -> close(false));
            default -> { }
        }
    }

    /** The machine is gone, and with it the program: nobody hears of it. */
    void vanish() {
        close(true);
    }

    private void close(boolean abort) {
        if (!isOver) {
            isOver = true;
            if (abort) {
                socket.abort();
            } else {
                socket.close();
            }
            over.run();
        }
    }

    /** What the server does with a connection. */
    static final class Host {
        private final Simulation simulation;
        private final TcpSocket socket;
        private final ByteBuffer buffer = ByteBuffer.allocate(1);
        private Ending ending;
        private boolean isScheduled;
        private boolean isOver;

        Host(Simulation simulation, TcpSocket socket) {
            this.simulation = simulation;
            this.socket = socket;
            socket.setListener(this::schedule);
            schedule();
        }

        private void schedule() {
            if (!isScheduled && !isOver) {
                isScheduled = true;
                simulation.after(0, this::look);
            }
        }

        private void look() {
            isScheduled = false;
            if (isOver) {
                return;
            }
            try {
                if (ending == null) {
                    int count = socket.read(buffer.clear());
                    if (count == Socket.END) {
                        close(false);
                    } else if (count > 0) {
                        ending = Ending.of(buffer.get(0));
                        answer();
                    }
                    return;
                }
                if (ending == Ending.VANISHED_SENDING) {
                    while (socket.write(ByteBuffer.allocate(4000)) > 0) {
                        // Until there is no room any more.
                    }
                }
                for (int count = 1; count > 0;) {
                    count = socket.read(ByteBuffer.allocate(200));
                    if (count == Socket.END) {
                        close(false);
                    }
                }
            } catch (NetworkException e) {
                close(false);
            }
        }

        private void answer() throws NetworkException {
            switch (ending) {
                case SERVER_FIRST, PORT_AGAIN -> {
                    readAll();
                    socket.write(ByteBuffer.allocate(500));
                    close(false);
                }
                case SERVER_RESETS -> close(true);
                case UNREAD_AT_SERVER, VANISHED_CLOSING -> close(false);
                case UNREAD_AT_CLIENT -> socket.write(ByteBuffer.allocate(UNREAD));
                case BOTH_AT_ONCE -> {
                    readAll();
                    simulation.after(PAUSE, () -> close(false));
                }
                case VANISHED_IDLE -> {
                    socket.setOption(SocketOption.KEEP_IDLE, 20);
                    socket.setOption(SocketOption.KEEP_INTERVAL, 5);
                    socket.setOption(SocketOption.KEEP_COUNT, 3);
                    socket.setOption(SocketOption.KEEP_ALIVE, 1);
                }
                default -> schedule();
            }
        }

        private void readAll() throws NetworkException {
            socket.read(ByteBuffer.allocate(200));
        }

        private void close(boolean abort) {
            if (!isOver) {
                isOver = true;
                if (abort) {
                    socket.abort();
                } else {
                    socket.close();
                }
            }
        }
    }
}
