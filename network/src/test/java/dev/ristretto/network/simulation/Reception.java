package dev.ristretto.network.simulation;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import dev.ristretto.network.tcp.TcpSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A server to which very many short connections come, from one client that stays and from others that vanish. */
final class Reception {
    static final int PORT = 80;
    static final long DELAY = 100_000;
    private static final Conditions CONDITIONS = new Conditions(DELAY, 0, 0.002, 0.001, 0, 0, 0, 0, 1500);
    private static final Budget BUDGET = Budget.forMemory(32 << 20);
    /** Time between two connections, on average. */
    private static final long PACE = 2 * Simulation.MILLISECOND;
    /** One in so many goes to a machine that will vanish. */
    private static final int VANISHING = 500;
    /** Connections of such a machine. */
    private static final int LAST_VISITS = 8;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 64;

    private final PacketPool small = new PacketPool(ByteBuffer::allocate, 8192, 2048);
    private final PacketPool big = new PacketPool(ByteBuffer::allocate, 64, 66 * 1024);
    private final Simulation simulation;
    private final SplittableRandom random;
    private final SimulatedHost server;
    private final SimulatedHost client;
    private final TcpListener listener;
    private final int[] counts = new int[Ending.values().length];
    private SimulatedHost vanishing;
    private List<Link> vanishingLinks;
    private final List<Visit> lastVisits = new ArrayList<>();
    private int machines;
    private int nextPort;
    private final int[] open = new int[Ending.values().length];

    Reception(long seed) throws NetworkException {
        simulation = new Simulation(seed, small, big);
        random = simulation.random;
        server = host(0x0a000001);
        client = host(0x0a000002);
        SimulatedHost.connect(client, server, new Link(simulation, CONDITIONS), new Link(simulation, CONDITIONS));
        TcpSocket opening = server.tcp.open(false);
        opening.bind(IpAddress.ANY_V4, PORT);
        listener = opening.listen(1024);
        listener.setListener(() -> simulation.after(0, this::accept));
    }

    private SimulatedHost host(int address) {
        return new SimulatedHost(simulation, IpAddress.ofV4(address), BUDGET, new TcpSettings(Algorithm.CUBIC, true, true, true, ByteBuffer::allocate), false);
    }

    private void accept() {
        try {
            for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
                new Visit.Host(simulation, socket);
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets so many connections come and go, and then time pass until nothing is left to happen. */
    void receive(int connections) {
        for (int i = 0; i < connections; i++) {
            if (random.nextInt(VANISHING) == 0) {
                visitAndVanish();
            } else {
                visit(Ending.of(random.nextInt(Ending.VANISHED_IDLE.ordinal())));
            }
            simulation.runFor(random.nextLong(2 * PACE));
        }
        while (!lastVisits.isEmpty()) {
            visitAndVanish();
        }
        if (!simulation.runFor(3600 * Simulation.SECOND)) {
            throw new AssertionError("something goes on for ever");
        }
        for (Ending ending : Ending.values()) {
            if (open[ending.ordinal()] != 0) {
                throw new AssertionError(ending + ": " + open[ending.ordinal()] + " programs still wait");
            }
        }
    }

    private void visit(Ending ending) {
        int port = ending == Ending.PORT_AGAIN ? FIRST_PORT + nextPort++ % PORTS : 0;
        visit(ending, port, ending == Ending.PORT_AGAIN ? 1 : 0);
    }

    private void visit(Ending ending, int port, int again) {
        open[ending.ordinal()]++;
        counts[ending.ordinal()]++;
        try {
            new Visit(simulation, client, server.address, port, ending, () -> {
                open[ending.ordinal()]--;
                if (again > 0) {
                    // By then the client has got the acknowledgement of its FIN, and has forgotten all; the server remembers.
                    simulation.after(4 * DELAY, () -> visit(ending, port, again - 1));
                }
            });
        } catch (NetworkException e) {
            open[ending.ordinal()]--;
            if (port == 0) {
                throw new AssertionError(ending + ": " + e.errno(), e);
            }
            counts[ending.ordinal()]--; // Its port is in use: something was lost, and the connection before still goes on.
        }
    }

    private void visitAndVanish() {
        if (vanishing == null) {
            vanishing = host(0x0a010000 + machines++ % 256);
            vanishingLinks = List.of(new Link(simulation, CONDITIONS), new Link(simulation, CONDITIONS));
            SimulatedHost.connect(vanishing, server, vanishingLinks.get(0), vanishingLinks.get(1));
        }
        Ending ending = Ending.of(Ending.VANISHED_IDLE.ordinal() + random.nextInt(3));
        counts[ending.ordinal()]++;
        open[ending.ordinal()]++;
        try {
            lastVisits.add(new Visit(simulation, vanishing, server.address, 0, ending, () -> open[ending.ordinal()]--));
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
        if (lastVisits.size() == LAST_VISITS) {
            for (Link link : vanishingLinks) {
                link.cut(true);
            }
            lastVisits.forEach(Visit::vanish);
            lastVisits.clear();
            String left = Exchange.left(vanishing);
            if (left != null) {
                throw new AssertionError(left);
            }
            server.forget(vanishing);
            simulation.remove(vanishing);
            vanishing = null;
        }
    }

    int count(Ending ending) {
        return counts[ending.ordinal()];
    }

    /** Those in TIME-WAIT included. */
    int connections() {
        return client.tcp.connections() + server.tcp.connections();
    }

    /** Closes the listener, and says what the hosts still have; null if nothing. */
    String left() {
        listener.close();
        String left = Exchange.left(client);
        left = left == null ? Exchange.left(server) : left;
        int packets = small.inUse() + big.inUse();
        return left == null && packets > 0 ? packets + " packets" : left;
    }

    SimulatedHost server() {
        return server;
    }
}
