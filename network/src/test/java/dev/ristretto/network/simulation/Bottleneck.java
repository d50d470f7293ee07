package dev.ristretto.network.simulation;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.tcp.CongestionControl.Algorithm;
import dev.ristretto.network.tcp.TcpSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Flows from some hosts to one, through one link that is the slowest of the way; acknowledgements come back on links of their own. */
final class Bottleneck {
    /** Payload of a segment, and what it takes on the wire with Ethernet's preamble and gap. */
    private static final double PAYLOAD_SHARE = 1448.0 / (1448 + 32 + 20 + 38);
    /** What a connection with the memory given here may have in flight. */
    private static final int MOST_BUFFER = 8 << 20;
    private static final int PORT = 5000;
    final Simulation simulation;
    final List<Flow> flows = new ArrayList<>();
    private final List<SimulatedHost> senders = new ArrayList<>();
    final Link link;
    final long bitsPerSecond;
    private final SimulatedHost receiver;
    private final Algorithm algorithm;

    /** @param conditions of the one link, with its delay one way */
    Bottleneck(long seed, Algorithm algorithm, Conditions conditions) {
        this.algorithm = algorithm;
        // Enough for all that the link and its queue hold, and no more than a sender's buffer.
        long inFlight = conditions.bitsPerSecond() / 8 * conditions.delay() * 2 / Simulation.SECOND + conditions.queueBytes();
        simulation = new Simulation(seed, new PacketPool(ByteBuffer::allocate, 2048 + (int) Math.min(inFlight, MOST_BUFFER) / 600, 2048),
            new PacketPool(ByteBuffer::allocate, 4, 66 * 1024));
        link = new Link(simulation, conditions);
        bitsPerSecond = conditions.bitsPerSecond();
        receiver = host(0x0a000001);
    }

    private SimulatedHost host(int address) {
        return new SimulatedHost(simulation, IpAddress.ofV4(address), Budget.forMemory(64 << 20),
            new TcpSettings(algorithm, true, true, true, ByteBuffer::allocate), false);
    }

    /** Adds a sender. @param delayBack of its acknowledgements @param start when it begins */
    void add(long delayBack, long start) {
        int number = flows.size();
        SimulatedHost sender = host(0x0a000100 + number);
        SimulatedHost.connect(sender, receiver, link, new Link(simulation, Conditions.of(delayBack, 0, 0, 0)));
        senders.add(sender);
        flows.add(new Flow(simulation, sender, receiver, PORT + number, start));
    }

    SimulatedHost sender(int i) {
        return senders.get(i);
    }

    long received() {
        long sum = 0;
        for (Flow flow : flows) {
            sum += flow.received;
        }
        return sum;
    }

    /** Of what the link could carry as payload in that time, how many thousandths are {@code bytes}. */
    int utilisation(long bytes, long nanos) {
        return (int) Math.round(bytes * 8 * 1000 / (bitsPerSecond * PAYLOAD_SHARE * nanos / 1e9));
    }

    /** Jain's index in thousandths: 1000 if all have the same, 1000/n if one has everything. */
    static int fairness(long... shares) {
        double sum = 0;
        double squares = 0;
        for (long share : shares) {
            sum += share;
            squares += (double) share * share;
        }
        return squares == 0 ? 0 : (int) Math.round(1000 * sum * sum / (shares.length * squares));
    }
}
