package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is allocated for a packet, sent or received: not one byte in the best of some rounds, for the JVM may do something by itself in others. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 20_000;

    private long now = 1;
    private final End a = new End(1);
    private final End b = new End(2);
    private final Network left = network(a, "10.0.0.1", "fd00::1");
    private final Network right = network(b, "10.0.0.2", "fd00::2");

    /** One end of a cable that copies frames from packet to packet. */
    private static final class End implements NetworkDevice {
        private final PacketPool pool = new PacketPool(ByteBuffer::allocateDirect, 256, 2048);
        private final PacketQueue arrived = new PacketQueue();
        private final int number;
        private DeviceListener listener;
        End peer;

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
            return DeviceFeatures.RECEIVE_CHECKSUM;
        }

        @Override
        public void attach(DeviceListener newListener) {
            listener = newListener;
        }

        @Override
        public boolean transmit(Packet packet) {
            Packet copy = peer.pool.acquire(0);
            if (copy != null) {
                copy.buffer().put(copy.append(packet.length()), packet.buffer(), packet.start(), packet.length());
                peer.arrived.add(copy);
            }
            packet.release();
            return true;
        }

        boolean deliver() {
            Packet packet = arrived.poll();
            if (packet == null) {
                return false;
            }
            listener.received(packet);
            return true;
        }
    }

    private Network network(End end, String v4, String v6) {
        SplittableRandom random = new SplittableRandom(end.number);
        Network network = new Network(() -> now, random::nextLong, Budget.forMemory(16 << 20), ByteBuffer::allocateDirect, line -> { }, deadline -> { });
        end.peer = end == a ? b : a;
        network.add(end, NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse(v4), 24), new InterfaceAddress(IpAddress.parse(v6), 64)),
                List.of()));
        return network;
    }

    private void run(long nanos) {
        long end = now + nanos;
        while (now < end) {
            while (a.deliver() | b.deliver()) {
                // Until the cable is quiet.
            }
            now = Math.min(end, now + 1_000_000);
            left.advance(now);
            right.advance(now);
        }
    }

    private interface Work {
        void run(int count) throws NetworkException;
    }

    private static void assertAllocatesNothing(Work work) throws NetworkException {
        work.run(PACKETS);
        long least = Long.MAX_VALUE;
        // The compiler's work may show up in one round, not in all.
        for (int round = 0; round < 5; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run(PACKETS);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes for " + PACKETS + " packets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2", "127.0.0.1"})
    void datagrams(String text) throws NetworkException {
        run(2_000_000_000L);
        IpAddress to = IpAddress.parse(text);
        UdpSocket sender = left.openUdp(true);
        UdpSocket receiver = (to.isLoopback() ? left : right).openUdp(true);
        receiver.bind(IpAddress.ANY_V6, 9);
        ByteBuffer out = ByteBuffer.allocateDirect(1000);
        ByteBuffer in = ByteBuffer.allocateDirect(2000);
        Datagram from = new Datagram();
        sender.send(out.clear(), to, 9);
        run(10_000_000);
        assertEquals(1000, receiver.receive(in, from));
        assertAllocatesNothing(count -> {
            for (int i = 0; i < count; i++) {
                sender.send(out.clear(), to, 9);
                b.deliver();
                if (receiver.receive(in.clear(), from) != 1000) {
                    throw new AssertionError("lost");
                }
            }
        });
    }

    @Test
    void streams() throws NetworkException {
        run(2_000_000_000L);
        TcpListener listener = right.listen(IpAddress.ANY_V6, 80, 4);
        TcpSocket client = left.openTcp(true);
        client.connect(IpAddress.parse("10.0.0.2"), 80);
        run(10_000_000);
        TcpSocket server = listener.accept();
        ByteBuffer out = ByteBuffer.allocateDirect(1400);
        ByteBuffer in = ByteBuffer.allocateDirect(65536);
        assertAllocatesNothing(count -> {
            for (int sent = 0; sent < count;) {
                if (client.write(out.clear()) != Socket.WOULD_BLOCK) {
                    sent++;
                }
                while (a.deliver() | b.deliver()) {
                    // Until the cable is quiet.
                }
                server.read(in.clear());
                now += 10_000;
                left.advance(now);
                right.advance(now);
            }
        });
    }
}
