package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What routers say about our packets, what we say about those of others, and how much of either is believed. */
class IcmpTest {
    private final World world = new World();
    private final World.Host host = world.host("eth0", NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24),
            new InterfaceAddress(IpAddress.parse("fd00::1"), 64)), List.of(IpAddress.parse("10.0.0.2"), IpAddress.parse("fd00::2"))));
    private final World.Host router = world.host("r0", NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.2"), 24),
            new InterfaceAddress(IpAddress.parse("fd00::2"), 64)), List.of()));

    private static IpAddress far(boolean v6) {
        return IpAddress.parse(v6 ? "2001:db8::9" : "192.0.2.9");
    }

    /** An error from the router about the IP packet in a frame that the host sent. */
    private static byte[] error(byte[] frame, int type, int code, int rest) {
        boolean v6 = frame[12] == (byte) 0x86;
        byte[] quoted = Arrays.copyOfRange(frame, 14, Math.min(frame.length, 14 + 500));
        int headers = v6 ? 40 : 20;
        ByteBuffer b = ByteBuffer.allocate(14 + headers + 8 + quoted.length);
        b.put(frame, 6, 6).put(frame, 0, 6).putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) {
            IpAddress from = IpAddress.parse("fd00::2");
            Ipv6Header.write(b, 14, 0, 8 + quoted.length, IpProtocol.ICMP_V6, 64, from.high(), from.low(), from.high(), 1);
        } else {
            Ipv4Header.write(b, 14, 0, 28 + quoted.length, 1, 0, 64, IpProtocol.ICMP_V4, 0x0a000002, 0x0a000001);
        }
        b.position(14 + headers);
        b.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(quoted);
        Frames.fix(b.array());
        return b.array();
    }

    private byte[] lastSent() {
        world.settle();
        return world.cable.sent.getLast();
    }

    private void send(byte[] frame) {
        router.card.send(frame);
        world.settle();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWayIsNarrow(boolean v6) throws NetworkException {
        world.run(10);
        UdpSocket socket = host.network.openUdp(true);
        socket.setOption(SocketOption.DONT_FRAGMENT, 1);
        socket.connect(far(v6), 9);
        int header = v6 ? 48 : 28;
        socket.send(ByteBuffer.allocate(1500 - header));
        byte[] whole = lastSent();
        assertEquals(1514, whole.length);
        int tooBig = v6 ? 2 : 3;
        int code = v6 ? 0 : 4;
        // About a packet that would have passed, and about one that we did not send: not believed.
        byte[] small = whole.clone();
        ByteBuffer.wrap(small).putShort(v6 ? 18 : 16, (short) 600);
        send(error(small, tooBig, code, 1400));
        byte[] foreign = whole.clone();
        foreign[v6 ? 37 : 29] = 77;
        send(error(foreign, tooBig, code, 1400));
        socket.send(ByteBuffer.allocate(1500 - header));
        send(error(whole, tooBig, code, 1400));
        // The socket hears of it once, and then knows what fits.
        assertEquals(Errno.EMSGSIZE, socket.takeError());
        assertEquals(Errno.EMSGSIZE, assertThrows(NetworkException.class, () -> socket.send(ByteBuffer.allocate(1401 - header))).errno());
        socket.send(ByteBuffer.allocate(1400 - header));
        assertEquals(1414, lastSent().length);
        // Others are cut to size; a claim that is absurd goes no lower than what every network can.
        UdpSocket other = host.network.openUdp(true);
        send(error(whole, tooBig, code, 68));
        assertEquals(Errno.EMSGSIZE, socket.takeError());
        other.send(ByteBuffer.allocate(1450), far(v6), 9);
        world.settle();
        long largest = world.cable.sent.stream().skip(world.cable.sent.size() - (v6 ? 2 : 3)).mapToInt(f -> f.length).max().orElse(0);
        assertEquals(v6 ? 1280 + 14 : 548 + 14, largest);
        // Ten minutes later the way may be another.
        world.run(601);
        socket.send(ByteBuffer.allocate(1500 - header));
        assertEquals(1514, lastSent().length);
        socket.close();
        other.close();
        world.run(30);
        assertEquals(0, host.network.packetsInUse());
    }

    @ParameterizedTest
    @CsvSource({"false, 3, 3, ECONNREFUSED", "false, 3, 2, ENOPROTOOPT", "false, 3, 13, EHOSTUNREACH", "false, 3, 0,", "false, 3, 1,", "false, 11, 0,",
        "true, 1, 4, ECONNREFUSED", "true, 1, 1, EACCES", "true, 1, 0,", "true, 3, 0,", "true, 4, 1, EPROTONOSUPPORT"})
    void hardErrorsReachTheSocketAndSoftOnesDoNot(boolean v6, int type, int code, String errno) throws NetworkException {
        world.run(10);
        UdpSocket socket = host.network.openUdp(true);
        socket.connect(far(v6), 9);
        socket.send(ByteBuffer.allocate(20));
        byte[] frame = lastSent();
        UdpSocket bystander = host.network.openUdp(true);
        bystander.connect(far(v6), 10);
        send(error(frame, type, code, 0));
        assertEquals(errno == null ? null : Errno.valueOf(errno), socket.takeError());
        assertEquals(null, bystander.takeError());
        assertEquals(1, host.count(Counter.ICMP_ERRORS_IN));
        socket.close();
        bystander.close();
    }

    /** A frame from the router with an IP packet of a protocol. */
    private static byte[] packet(int protocol, String to, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(34 + payload.length);
        b.putLong(0x5254_0000_0001_5254L).putInt(2).putShort((short) 0x0800);
        Ipv4Header.write(b, 14, 0, 20 + payload.length, 1, 0, 64, protocol, 0x0a000002, IpAddress.parse(to).v4());
        b.put(34, payload);
        Frames.fix(b.array());
        return b.array();
    }

    @Test
    void aPingIsAnsweredOneToEverybodyIsNot() {
        world.run(10);
        byte[] ping = {8, 0, 0, 0, 1, 2, 3, 4, 5};
        long first = host.count(Counter.ICMP_OUT);
        send(packet(IpProtocol.ICMP_V4, "10.0.0.1", ping));
        byte[] answer = lastSent();
        assertEquals(0, answer[34]);
        assertEquals(5, answer[42]);
        assertEquals(first + 1, host.count(Counter.ICMP_OUT));
        long before = host.count(Counter.ICMP_OUT);
        send(packet(IpProtocol.ICMP_V4, "10.0.0.255", ping));
        assertEquals(before, host.count(Counter.ICMP_OUT));
    }

    @Test
    void errorsAreNotAnsweredWithErrorsAndNotTooOften() {
        world.run(10);
        long before = host.count(Counter.ICMP_OUT);
        // About an error; about a broadcast; about a fragment that is not the first.
        send(packet(IpProtocol.ICMP_V4, "10.0.0.1", new byte[] {3, 3, 0, 0, 0, 0, 0, 0}));
        send(packet(99, "10.0.0.255", new byte[8]));
        assertEquals(before, host.count(Counter.ICMP_OUT));
        for (int i = 0; i < 500; i++) {
            send(packet(99, "10.0.0.1", new byte[8]));
        }
        assertEquals(before + 50, host.count(Counter.ICMP_OUT));
        assertEquals(450, host.count(Counter.ICMP_RATE_LIMITED));
        assertEquals(2, lastSent()[35]);
        world.run(1);
        send(packet(99, "10.0.0.1", new byte[8]));
        assertEquals(before + 51, host.count(Counter.ICMP_OUT));
    }

    @Test
    void whatCannotBeIsDroppedAndCounted() {
        world.run(10);
        byte[] udp = {0, 9, 0, 9, 0, 8, 0, 0};
        byte[] spoofed = packet(IpProtocol.UDP, "10.0.0.1", udp);
        for (String source : new String[] {"127.0.0.1", "10.0.0.1", "224.0.0.1", "255.255.255.255", "10.0.0.255", "0.0.0.0", "0.1.2.3"}) {
            ByteBuffer.wrap(spoofed).putInt(26, IpAddress.parse(source).v4());
            Frames.fix(spoofed);
            send(spoofed.clone());
        }
        assertEquals(7, host.count(Counter.DROP_IP_SPOOFED));
        byte[] bad = packet(IpProtocol.UDP, "10.0.0.1", udp);
        bad[24] ^= 1;
        send(bad);
        assertEquals(1, host.count(Counter.DROP_IP_CHECKSUM));
        long notForUs = host.count(Counter.DROP_IP_NOT_FOR_US);
        send(packet(IpProtocol.UDP, "10.0.0.77", udp));
        assertEquals(notForUs + 1, host.count(Counter.DROP_IP_NOT_FOR_US));
        byte[] length = packet(IpProtocol.UDP, "10.0.0.1", udp);
        length[17] = 99;
        Frames.fix(length);
        send(length);
        byte[] version = packet(IpProtocol.UDP, "10.0.0.1", udp);
        version[14] = 0x55;
        send(version);
        assertEquals(2, host.count(Counter.DROP_IP_MALFORMED));
        assertTrue(host.count(Counter.UDP_IN) == 0);
        assertEquals(0, host.card.pool.inUse());
    }
}
