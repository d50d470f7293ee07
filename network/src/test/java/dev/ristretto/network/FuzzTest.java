package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.Ipv4Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The whole stack under frames that are random, or real and then changed: no exception, no leak, and service goes on. Longer with
 * {@code -Dristretto.test.fuzz.seeds=100000}.
 */
class FuzzTest {
    private static final int SEEDS = Integer.getInteger("ristretto.test.fuzz.seeds", 60);
    private static final int FRAMES = 400;

    private final List<byte[]> corpus = corpus();

    /** Frames of every protocol: what two hosts say to each other, fragments and all. */
    private static List<byte[]> corpus() {
        World world = new World();
        NetworkConfiguration automatic = NetworkConfiguration.AUTOMATIC;
        World.Host router = world.host("r0", both("10.0.0.1", "fd00::1"));
        World.Host host = world.host("eth0", new NetworkConfiguration(true, true, false, true, true, List.of(new InterfaceAddress(IpAddress.parse("fd00::2"), 64)),
                List.of(), 0, List.of(), automatic.searchDomains()));
        try {
            new DhcpServer(router);
            world.run(5);
            for (String to : new String[] {"10.0.0.1", "fd00::1"}) {
                UdpSocket udp = host.network.openUdp(true);
                udp.send(ByteBuffer.allocate(50), IpAddress.parse(to), 9);
                udp.send(ByteBuffer.allocate(5000), IpAddress.parse(to), 9);
                TcpListener listener = router.network.listen(IpAddress.ANY_V6, 80, 4);
                TcpSocket client = host.network.openTcp(true);
                client.connect(IpAddress.parse(to), 80);
                world.run(1);
                client.write(ByteBuffer.allocate(4000));
                world.run(1);
                listener.accept().close();
                listener.close();
                client.close();
                udp.close();
            }
            IpAddress group = IpAddress.parse("239.1.1.1");
            UdpSocket member = host.network.openUdp(false);
            member.join(group, 0, null);
            world.run(2);
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
        List<byte[]> frames = new ArrayList<>(world.cable.sent);
        frames.add(routerAdvertisement());
        frames.add(igmpQuery());
        assertTrue(frames.size() > 60);
        return frames;
    }

    private static NetworkConfiguration both(String v4, String v6) {
        return NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse(v4), 24), new InterfaceAddress(IpAddress.parse(v6), 64)), List.of());
    }

    static byte[] routerAdvertisement() {
        ByteBuffer b = ByteBuffer.allocate(14 + 40 + 16 + 32 + 8 + 8 + 24);
        b.putLong(0x3333_0000_0001_5254L).putInt(0x0000_0099).putShort((short) 0x86dd);
        b.putInt(0x60000000).putShort((short) (b.capacity() - 54)).put((byte) 58).put((byte) 255);
        b.putLong(0xfe80L << 48).putLong(0x99).putLong(0xff02L << 48).putLong(1);
        b.putShort((short) 0x8600).putShort((short) 0).put((byte) 64).put((byte) 0).putShort((short) 1800).putInt(30000).putInt(1000);
        b.put((byte) 3).put((byte) 4).put((byte) 64).put((byte) 0xc0).putInt(86400).putInt(14400).putInt(0).putLong(0x20010db8_00000000L).putLong(0);
        b.put((byte) 1).put((byte) 1).putShort((short) 0x5254).putInt(0x99);
        b.put((byte) 5).put((byte) 1).putShort((short) 0).putInt(1480);
        b.put((byte) 25).put((byte) 3).putShort((short) 0).putInt(600).putLong(0x20010db8_00000000L).putLong(0x53);
        Frames.fix(b.array());
        return b.array();
    }

    private static byte[] igmpQuery() {
        ByteBuffer b = ByteBuffer.allocate(14 + 20 + 12);
        b.putLong(0x0100_5e00_0001_5254L).putInt(1).putShort((short) 0x0800);
        Ipv4Header.write(b, 14, 0xc0, 32, 1, 0, 1, IpProtocol.IGMP, 0x0a000001, 0xe0000001);
        b.putInt(34, 0x11640000);
        b.putShort(36, (short) Checksum.finish(Checksum.sum(b, 34, 12)));
        return b.array();
    }

    private byte[] frame(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(1500)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] frame = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(5); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                case 2 -> frame[random.nextInt(Math.min(frame.length, 80))] = (byte) (random.nextBoolean() ? 0 : 0xff);
                case 3 -> frame = java.util.Arrays.copyOf(frame, 14 + random.nextInt(frame.length));
                default -> {
                    byte[] other = corpus.get(random.nextInt(corpus.size()));
                    int length = random.nextInt(Math.min(frame.length, other.length));
                    int from = random.nextInt(frame.length - length + 1);
                    System.arraycopy(other, random.nextInt(other.length - length + 1), frame, from, length);
                }
            }
        }
        // To us, mostly, and with checksums that get it past the gate.
        if (random.nextInt(10) != 0 && frame.length > 6) {
            ByteBuffer.wrap(frame).putShort(0, (short) 0x5254).putInt(2, 1);
        }
        if (random.nextInt(4) != 0) {
            Frames.fix(frame);
        }
        return frame;
    }

    @Test
    void everySeed() throws NetworkException {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void run(long seed) throws NetworkException {
        SplittableRandom random = new SplittableRandom(seed);
        World world = new World(seed);
        World.Host victim = world.host("eth0", new NetworkConfiguration(random.nextBoolean(), true, random.nextBoolean(), true, true,
                List.of(new InterfaceAddress(IpAddress.parse("10.0.0.50"), 24), new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24),
                        new InterfaceAddress(IpAddress.parse("fd00::1"), 64), new InterfaceAddress(IpAddress.parse("fd00::2"), 64)),
                List.of(), 0, List.of(), List.of()));
        UdpSocket udp = victim.network.openUdp(true);
        udp.bind(IpAddress.ANY_V6, 9);
        TcpListener listener = victim.network.listen(IpAddress.ANY_V6, 80, 4);
        TcpSocket client = victim.network.openTcp(true);
        client.connect(IpAddress.parse("10.0.0.7"), 80);
        Cable.Card attacker = world.cable.card("attacker", 1500, 0);
        for (int i = 0; i < FRAMES; i++) {
            attacker.send(frame(random));
            if (random.nextInt(8) == 0) {
                world.run(random.nextDouble());
                TcpSocket accepted = listener.accept();
                if (accepted != null) {
                    accepted.close();
                }
                udp.receive(ByteBuffer.allocate(100), null);
            }
        }
        world.run(1);
        assertTrue(victim.count(Counter.FRAMES_IN) > FRAMES / 2);
        // Service goes on.
        UdpSocket server = victim.network.openUdp(true);
        server.bind(IpAddress.ANY_V6, 5000);
        client.close();
        UdpSocket local = victim.network.openUdp(true);
        local.send(ByteBuffer.allocate(9), IpAddress.LOOPBACK_V4, 5000);
        assertEquals(9, server.available());
        for (Socket socket : List.of(udp, listener, server, local)) {
            socket.close();
        }
        world.run(400);
        assertEquals(0, victim.network.packetsInUse(), "packets of the stack");
        assertEquals(0, victim.card.pool.inUse(), "packets of the card");
    }
}
