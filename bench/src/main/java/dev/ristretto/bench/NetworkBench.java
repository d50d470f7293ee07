package dev.ristretto.bench;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Two stacks on one thread, and a cable in memory between them: segments with data per second, both ends' work and acknowledgements included, and with
 * {@code -prof gc} what is allocated for each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(java.util.concurrent.TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class NetworkBench {
    private static final int SEGMENT = 1428; // Fits a frame with both versions of IP, timestamps included.

    /** Where the other end is; the loopback interface for 127.0.0.1. */
    @Param({"10.0.0.2", "fd00::2", "127.0.0.1"})
    public String peer;

    private final End a = new End(1);
    private final End b = new End(2);
    private long now = 1_000_000_000L;
    private Network left;
    private Network right;
    private TcpSocket client;
    private TcpSocket server;
    private final ByteBuffer out = ByteBuffer.allocateDirect(SEGMENT);
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);

    private static final class End implements NetworkDevice {
        private final PacketPool pool = new PacketPool(ByteBuffer::allocateDirect, 256, 2048);
        private final PacketQueue arrived = new PacketQueue();
        private final int number;
        private DeviceListener listener;
        private End other;

        End(int number) {
            this.number = number;
        }

        @Override
        public String name() {
            return "eth0";
        }

        @Override
        public MacAddress macAddress() {
            return new MacAddress(0x525400000000L + number);
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public boolean linkUp() {
            return true;
        }

        @Override
        public int features() {
            return DeviceFeatures.RECEIVE_CHECKSUM | DeviceFeatures.TRANSMIT_CHECKSUM;
        }

        @Override
        public void attach(DeviceListener newListener) {
            listener = newListener;
        }

        @Override
        public boolean transmit(Packet packet) {
            Packet copy = other.pool.acquire(0);
            if (copy != null) {
                copy.buffer().put(copy.append(packet.length()), packet.buffer(), packet.start(), packet.length());
                copy.checksumValid(true);
                other.arrived.add(copy);
            }
            packet.release();
            return true;
        }

        boolean deliver() {
            Packet packet = arrived.poll();
            if (packet != null) {
                listener.received(packet);
            }
            return packet != null;
        }
    }

    private Network network(End end, String v4, String v6) {
        SplittableRandom random = new SplittableRandom(end.number);
        Network network = new Network(() -> now, random::nextLong, Budget.forMemory(16 << 20), ByteBuffer::allocateDirect, line -> { }, deadline -> { });
        network.add(end, NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse(v4), 24), new InterfaceAddress(IpAddress.parse(v6), 64)),
            List.of()));
        return network;
    }

    private void pass(long nanos) {
        while (a.deliver() | b.deliver()) {
            // Until the cable is quiet.
        }
        now += nanos;
        left.advance(now);
        right.advance(now);
    }

    /** Connects. */
    @Setup
    public void connect() throws NetworkException {
        a.other = b;
        b.other = a;
        left = network(a, "10.0.0.1", "fd00::1");
        right = network(b, "10.0.0.2", "fd00::2");
        IpAddress to = IpAddress.parse(peer);
        for (int i = 0; i < 2000; i++) {
            pass(1_000_000);
        }
        TcpListener listener = (to.isLoopback() ? left : right).listen(IpAddress.ANY_V6, 80, 4);
        client = left.openTcp(true);
        client.connect(to, 80);
        for (int i = 0; i < 10; i++) {
            pass(1_000_000);
        }
        server = listener.accept();
    }

    /** One segment with data from a program to a program. */
    @Benchmark
    public int segment() throws NetworkException {
        while (client.write(out.clear()) == Socket.WOULD_BLOCK) {
            pass(10_000);
            server.read(in.clear());
        }
        pass(10_000);
        return server.read(in.clear());
    }
}
