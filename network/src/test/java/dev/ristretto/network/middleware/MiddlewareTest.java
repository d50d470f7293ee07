package dev.ristretto.network.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiddlewareTest {
    private static final HexFormat HEX = HexFormat.of();

    private long now = 5_000_000_000L;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Network network = new Network(() -> now, random::nextLong, Budget.forMemory(4 << 20), ByteBuffer::allocate, line -> { }, deadline -> { });
    private final Card card = new Card();

    /** A card that keeps what it is given. */
    private static final class Card implements NetworkDevice {
        final List<byte[]> sent = new ArrayList<>();
        final PacketPool pool = new PacketPool(ByteBuffer::allocate, 5000, 2048);
        DeviceListener listener;

        @Override
        public String name() {
            return "eth0";
        }

        @Override
        public MacAddress macAddress() {
            return new MacAddress(0x525400000001L);
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
            return 0;
        }

        @Override
        public void attach(DeviceListener newListener) {
            listener = newListener;
        }

        @Override
        public boolean transmit(Packet packet) {
            byte[] bytes = new byte[packet.length()];
            packet.buffer().get(packet.start(), bytes);
            sent.add(bytes);
            packet.release();
            return true;
        }

        void receive(byte[] bytes) {
            Packet packet = pool.acquire(0);
            packet.buffer().put(packet.append(bytes.length), bytes);
            listener.received(packet);
        }
    }

    private void use(NetworkDevice device) {
        network.add(device, NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24)), List.of()));
    }

    @Test
    void traceShowsALineForEachFrame() {
        List<String> lines = new ArrayList<>();
        use(new TraceDevice(card, () -> now, lines::add));
        now += 1_500_000;
        card.receive(HEX.parseHex("5254000000015254000000020806" + "0001080006040001" + "525400000002" + "0a000002" + "000000000000" + "0a000001"));
        card.receive(HEX.parseHex("525400000001525400000002080045000020000000004011" + "66cb0a0000020a00000103e80009000c000001020304"));
        card.receive(new byte[5]);
        card.receive(HEX.parseHex("525400000001525400000002080645"));
        assertEquals(List.of(
                "0.000000 eth0 > ARP who has 10.0.0.1? tell 0.0.0.0 42 bytes",
                "0.001500 eth0 < ARP who has 10.0.0.1? tell 10.0.0.2 42 bytes",
                "0.001500 eth0 > ARP 10.0.0.1 is at 52:54:00:00:00:01 42 bytes",
                "0.001500 eth0 < 10.0.0.2 port 1000 > 10.0.0.1 port 9 UDP 46 bytes",
                "0.001500 eth0 > 10.0.0.1 > 10.0.0.2 ICMP type 3 code 3 74 bytes",
                "0.001500 eth0 < runt 5 bytes",
                "0.001500 eth0 < 52:54:00:00:00:02 > 52:54:00:00:00:01 type 0x806 15 bytes"), lines);
    }

    @Test
    void pcapIsAFileThatWiresharkReads() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        use(new PcapDevice(card, () -> 1_700_000_000_123_456_789L, b -> file.write(b.array(), b.position(), b.remaining())));
        card.receive(new byte[3]);
        assertEquals("a1b23c4d" + "00020004" + "0000000000000000" + "00040000" + "00000001"
                + "6553f100" + "075bcd15" + "0000002a" + "0000002a" + "ffffffffffff525400000001080600010800060400" + "01525400000001" + "00000000000000000000" + "0a000001"
                + "6553f100" + "075bcd15" + "00000003" + "00000003" + "000000", HEX.formatHex(file.toByteArray()));
    }

    /** How often each of 2000 frames with a number in it comes out of a device with faults. */
    private TreeMap<Integer, Integer> through(Faults faults, List<Integer> order) throws NetworkException {
        use(new FaultDevice(card, faults, random::nextLong, network.context()));
        UdpSocket socket = network.openUdp(false);
        socket.bind(IpAddress.ANY_V4, 9);
        ByteBuffer target = ByteBuffer.allocate(100);
        TreeMap<Integer, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 2100; i++) {
            if (i < 2000) {
                ByteBuffer b = ByteBuffer.wrap(HEX.parseHex("525400000001525400000002080045000020000000004011" + "66cb0a0000020a00000103e80009000c000001020304"));
                b.putInt(42, i);
                card.receive(b.array());
            }
            now += 100_000;
            network.advance(now);
            while (socket.receive(target.clear(), null) >= 0) {
                seen.merge(target.getInt(0), 1, Integer::sum);
                order.add(target.getInt(0));
            }
        }
        now += 60_000_000_000L;
        network.advance(now);
        socket.close();
        assertEquals(0, card.pool.inUse());
        return seen;
    }

    @Test
    void drop() throws NetworkException {
        int arrived = through(new Faults(0.25, 0, 0, 0, 0), new ArrayList<>()).size();
        assertTrue(arrived > 1400 && arrived < 1600, "arrived " + arrived);
    }

    @Test
    void duplicate() throws NetworkException {
        TreeMap<Integer, Integer> seen = through(new Faults(0, 0.25, 0, 0, 0), new ArrayList<>());
        assertEquals(2000, seen.size());
        long twice = seen.values().stream().filter(n -> n == 2).count();
        assertTrue(twice > 400 && twice < 600, "twice " + twice);
    }

    @Test
    void reorder() throws NetworkException {
        List<Integer> order = new ArrayList<>();
        assertEquals(2000, through(new Faults(0, 0, 0, 0.1, 0), order).size());
        int late = 0;
        for (int i = 1; i < order.size(); i++) {
            late += order.get(i) < order.get(i - 1) ? 1 : 0;
        }
        assertTrue(late > 100 && late < 250, "late " + late);
    }

    @Test
    void delay() throws NetworkException {
        List<Integer> order = new ArrayList<>();
        assertEquals(2000, through(new Faults(0, 0, 0, 0, 2_000_000), order).size());
        assertEquals(order.stream().sorted().toList(), order);
    }

    @Test
    void corrupt() throws NetworkException {
        // The checksum of the datagram is 0, none: what is damaged in its number gets through, what is damaged elsewhere does not.
        TreeMap<Integer, Integer> seen = through(new Faults(0, 0, 0.5, 0, 0), new ArrayList<>());
        long whole = seen.keySet().stream().filter(n -> n >= 0 && n < 2000).count();
        assertTrue(whole > 900 && whole < 1300, "whole " + whole);
        assertTrue(seen.keySet().stream().anyMatch(n -> n < 0 || n >= 2000));
    }

    @Test
    void words() {
        assertEquals(new Faults(0.01, 0.5, 0, 1, 5_000_000), Faults.parse("drop=0.01,delay=5ms,duplicate=.5,reorder=1"));
        assertEquals(250_000, Faults.parse("delay=250us").delayNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "drop=2", "drop=x", "drop=NaN", "lose=1", "delay=5", "delay=ms", "delay=-1ms", ""})
    void badWords(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Faults.parse(text)).getMessage();
        assertTrue(message.contains("such as") || message.contains("as in"), message);
    }
}
