package dev.ristretto.network.simulation;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import dev.ristretto.network.tcp.TcpSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One seed: two hosts, links as the seed has them, a few connections that carry data both ways and close in some order. */
final class Exchange {
    private static final int PORT = 80;
    /** A link that loses more may not let a connection begin. */
    private static final double MUCH = 0.1;
    private static final long PATIENCE = 3600 * Simulation.SECOND;

    private final PacketPool small = new PacketPool(ByteBuffer::allocate, 4096, 2048);
    private final PacketPool big = new PacketPool(ByteBuffer::allocate, 64, 66 * 1024);

    private static TcpSettings settings(SplittableRandom random) {
        boolean isModern = random.nextInt(3) > 0;
        return new TcpSettings(random.nextBoolean() ? Algorithm.CUBIC : Algorithm.NEW_RENO, isModern || random.nextBoolean(),
            isModern || random.nextBoolean(), isModern || random.nextBoolean(), ByteBuffer::allocate);
    }

    private static long length(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> random.nextInt(10_000);
            default -> random.nextInt(100_000);
        };
    }

    /** @return what went wrong, or null */
    String run(long seed) {
        Simulation simulation = new Simulation(seed, small, big);
        SplittableRandom random = simulation.random;
        Budget budget = Budget.forMemory(1 << 20 + random.nextInt(7));
        SimulatedHost client = new SimulatedHost(simulation, IpAddress.ofV4(0x0a000001), budget, settings(random), random.nextBoolean());
        SimulatedHost server = new SimulatedHost(simulation, IpAddress.ofV4(0x0a000002), budget, settings(random), random.nextBoolean());
        Conditions conditions = Conditions.random(random);
        SimulatedHost.connect(client, server, new Link(simulation, conditions), new Link(simulation, random.nextBoolean() ? conditions : Conditions.PERFECT));
        List<Peer> peers = new ArrayList<>();
        String where = "seed " + seed + " (" + conditions + "): ";
        try {
            converse(simulation, random, client, server, peers);
            // Far beyond what any retransmission can take, and TIME-WAIT after it.
            boolean isQuiet = simulation.runFor(PATIENCE);
            for (Peer peer : peers) {
                if (peer.failure == Errno.ETIMEDOUT && !peer.isConnected && conditions.loss() > MUCH) {
                    return null; // Each of seven SYNs or its answer was lost: a few in a million, and nobody's fault.
                }
                if (!peer.isDone()) {
                    return where + "a connection did not end well: " + (peer.failure != null ? peer.failure : peer.isClosed ? "closed" : "open");
                }
            }
            if (!isQuiet) {
                return where + "something goes on for ever";
            }
        } catch (NetworkException | AssertionError | RuntimeException e) {
            throw new AssertionError(where + e, e);
        }
        String left = left(client);
        if (left == null) {
            left = left(server);
        }
        if (left == null && small.inUse() + big.inUse() != 0) {
            left = "packets in use: " + (small.inUse() + big.inUse());
        }
        return left == null ? null : where + left;
    }

    private static void converse(Simulation simulation, SplittableRandom random, SimulatedHost client, SimulatedHost server, List<Peer> peers)
            throws NetworkException {
        TcpSocket opening = server.tcp.open(false);
        opening.bind(IpAddress.ANY_V4, PORT);
        TcpListener listener = opening.listen(16);
        int connections = 1 + random.nextInt(3);
        long key = random.nextLong();
        listener.setListener(() -> simulation.after(0, () -> accept(simulation, random, listener, connections, key, peers)));
        for (int i = 0; i < connections; i++) {
            TcpSocket socket = client.tcp.open(false);
            if (random.nextBoolean()) {
                socket.setOption(SocketOption.NO_DELAY, 1);
            }
            // Its own port tells the server which streams to expect.
            socket.bind(IpAddress.ANY_V4, 1000 + i);
            socket.connect(server.address, PORT);
            peers.add(peer(simulation, random, socket, key + 2 * i, key + 2 * i + 1));
        }
    }

    private static Peer peer(Simulation simulation, SplittableRandom random, TcpSocket socket, long out, long in) {
        long thinks = random.nextInt(3) == 0 ? random.nextLong(20 * Simulation.MILLISECOND) : 0;
        int chunk = random.nextInt(4) == 0 ? 1 + random.nextInt(2000) : 1 + random.nextInt(50_000);
        if (thinks > 0) {
            chunk = Math.max(chunk, 1000);
        }
        return new Peer(simulation, socket, new Content(out, length(new SplittableRandom(out))), new Content(in, length(new SplittableRandom(in))),
            chunk, thinks, new SplittableRandom(out).nextInt(8) > 0 || (out & 1) == 0);
    }

    private static void accept(Simulation simulation, SplittableRandom random, TcpListener listener, int connections, long key, List<Peer> peers) {
        if (peers.size() == 2 * connections) {
            return;
        }
        try {
            for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
                int i = socket.remotePort() - 1000;
                peers.add(peer(simulation, random, socket, key + 2 * i + 1, key + 2 * i));
                if (peers.size() == 2 * connections) {
                    listener.close();
                    return;
                }
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    /** What a host still has when everything is over. */
    static String left(SimulatedHost host) {
        if (host.tcp.connections() != 0) {
            return host.address + " has connections: " + host.tcp.connections();
        }
        if (host.tcp.sockets() != 0) {
            return host.address + " has sockets: " + host.tcp.sockets();
        }
        if (host.tcp.halfOpen() != 0 || host.tcp.timeWaits() != 0) {
            return host.address + " has half-open or waiting connections";
        }
        if (host.tcp.bufferBytesInUse() != 0) {
            return host.address + " has buffers: " + host.tcp.bufferBytesInUse();
        }
        if (host.tcp.portsInUse() != 0) {
            return host.address + " has ports: " + host.tcp.portsInUse();
        }
        if (host.context.timers().count() != 0) {
            return host.address + " has timers: " + host.context.timers().count();
        }
        return null;
    }
}
