package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments that come in any order, twice, late, overlapping, never. */
class FragmentTest {
    private final World world = new World();
    private final World.Host host = world.host("eth0", new NetworkConfiguration(false, false, false, true, true, List.of(
            new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24),
            new InterfaceAddress(IpAddress.parse("fd00::1"), 64)), List.of(), 0, List.of(), List.of()));
    private final Cable.Card other = world.cable.card("other", 1500, 0);
    private final UdpSocket socket;

    FragmentTest() {
        try {
            socket = host.network.openUdp(true);
            socket.bind(IpAddress.ANY_V6, 9);
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
        world.run(10);
    }

    /** A UDP datagram without a checksum, or with one that is right (IPv6). */
    private static byte[] datagram(int payload, boolean v6) {
        ByteBuffer b = ByteBuffer.allocate(8 + payload);
        b.putShort((short) 1000).putShort((short) 9).putShort((short) (8 + payload)).putShort((short) 0);
        for (int i = 0; i < payload; i++) {
            b.put((byte) (i * 7 + (i >> 8)));
        }
        if (v6) {
            IpAddress from = IpAddress.parse("fd00::2");
            long sum = Checksum.pseudo(from.high(), from.low(), from.high(), 1, 17, b.capacity())
                + Checksum.sum(b, 0, b.capacity());
            b.putShort(6, (short) Checksum.finish(sum));
        }
        return b.array();
    }

    private static byte[] fragment(byte[] datagram, int from, int to, boolean more, boolean v6) {
        int headers = v6 ? 48 : 20;
        ByteBuffer b = ByteBuffer.allocate(14 + headers + to - from);
        b.putLong(0x5254_0000_0001_5254L).putInt(2).putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) {
            IpAddress source = IpAddress.parse("fd00::2");
            Ipv6Header.write(b, 14, 0, 8 + to - from, IpProtocol.FRAGMENT, 64, source.high(), source.low(), source.high(), 1);
            Ipv6Header.writeFragment(b, 54, IpProtocol.UDP, from, more, 77);
        } else {
            Ipv4Header.write(b, 14, 0, 20 + to - from, 77, from / 8 | (more ? 0x2000 : 0), 64, IpProtocol.UDP, 0x0a000002, 0x0a000001);
        }
        b.put(14 + headers, datagram, from, to - from);
        return b.array();
    }

    private static List<byte[]> cut(byte[] datagram, int size, boolean v6) {
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < datagram.length; at += size) {
            fragments.add(fragment(datagram, at, Math.min(datagram.length, at + size), at + size < datagram.length, v6));
        }
        return fragments;
    }

    private void send(List<byte[]> frames) {
        frames.forEach(other::send);
        world.settle();
    }

    private void nothingLeaks() {
        world.run(100);
        assertEquals(0, host.network.packetsInUse());
        assertEquals(0, host.card.pool.inUse());
    }

    @Property(tries = 200)
    void anyOrderAndCopies(@ForAll @IntRange(max = 20_000) int length, @ForAll @IntRange(min = 1, max = 180) int eights, @ForAll boolean v6, @ForAll long seed)
            throws NetworkException {
        byte[] datagram = datagram(length, v6);
        List<byte[]> fragments = cut(datagram, Math.max(eights, length / 1600 + 1) * 8, v6);
        Random random = new Random(seed);
        if (fragments.size() > 1) {
            fragments.add(fragments.get(random.nextInt(fragments.size())));
        }
        byte[] last = fragments.remove(random.nextInt(fragments.size()));
        Collections.shuffle(fragments, random);
        fragments.add(last);
        send(fragments);
        ByteBuffer target = ByteBuffer.allocate(length + 1);
        assertEquals(length, socket.receive(target, null));
        byte[] payload = java.util.Arrays.copyOfRange(datagram, 8, datagram.length);
        assertArrayEquals(payload, java.util.Arrays.copyOf(target.array(), length));
        assertEquals(Socket.WOULD_BLOCK, socket.receive(target, null));
        assertEquals(0, host.count(Counter.DROP_FRAGMENT_OVERLAP));
        nothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOverlapDropsAll(boolean v6) throws NetworkException {
        byte[] datagram = datagram(3000, v6);
        byte[] other = datagram.clone();
        other[1500] ^= 1;
        send(List.of(fragment(datagram, 0, 1400, true, v6), fragment(other, 1384, 2400, true, v6), fragment(datagram, 2400, 3008, false, v6)));
        assertEquals(1, host.count(Counter.DROP_FRAGMENT_OVERLAP));
        assertEquals(0, socket.available());
        nothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNeverWholeIsToldOf(boolean v6) {
        byte[] datagram = datagram(3000, v6);
        send(List.of(fragment(datagram, 0, 1400, true, v6)));
        long before = host.count(Counter.ICMP_OUT);
        world.run(40);
        assertEquals(1, host.count(Counter.DROP_FRAGMENT_TIMEOUT));
        // The error; with IPv6 three questions for the sender are ICMP as well.
        assertEquals(before + (v6 ? 4 : 1), host.count(Counter.ICMP_OUT));
        nothingLeaks();
    }

    @Test
    void endsThatDoNotFit() {
        byte[] datagram = datagram(3000, false);
        // Two different ends; data beyond the end; more than a packet can be; a length that is no multiple of eight.
        send(List.of(fragment(datagram, 1600, 2000, false, false), fragment(datagram, 2000, 2400, true, false)));
        assertEquals(1, host.count(Counter.DROP_FRAGMENT_OVERLAP));
        send(List.of(fragment(datagram, 1600, 2000, true, false), fragment(datagram, 800, 1200, false, false)));
        assertEquals(2, host.count(Counter.DROP_FRAGMENT_OVERLAP));
        byte[] far = fragment(datagram, 0, 1000, true, false);
        ByteBuffer.wrap(far).putShort(20, (short) (0x2000 | 8190));
        Frames.fix(far);
        byte[] odd = fragment(datagram, 0, 1001, true, false);
        send(List.of(far, odd));
        assertEquals(2, host.count(Counter.DROP_FRAGMENT_MALFORMED));
        nothingLeaks();
    }

    @Test
    void aFloodOfFirstFragmentsTakesBoundedMemory() throws NetworkException {
        byte[] datagram = datagram(3000, false);
        for (int i = 0; i < 1000; i++) {
            byte[] first = fragment(datagram, 0, 1400, true, false);
            ByteBuffer.wrap(first).putShort(18, (short) (1000 + i));
            Frames.fix(first);
            send(List.of(first));
        }
        assertTrue(host.network.packetsInUse() <= 4, "in use " + host.network.packetsInUse());
        send(cut(datagram, 1400, false));
        assertEquals(3000, socket.available());
        socket.skip();
        nothingLeaks();
    }
}
