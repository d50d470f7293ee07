package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses made and probed, routers heard, neighbours found and lost. */
class Ipv6Test {
    private static final NetworkConfiguration AUTO = new NetworkConfiguration(false, true, false, false, true, List.of(), List.of(), 0, List.of(), List.of());

    private final World world = new World();
    private final World.Host host = world.host("eth0", AUTO);
    private final Cable.Card router = world.cable.card("router", 1500, 0);

    private List<String> addresses(World.Host of) {
        return of.network.interfaces().get(1).addresses().stream().map(InterfaceAddress::toString).toList();
    }

    private void advertise(byte[] advertisement) {
        router.send(advertisement);
        world.settle();
    }

    private static byte[] lifetimes(int routerSeconds, int valid, int preferred) {
        byte[] frame = FuzzTest.routerAdvertisement();
        ByteBuffer.wrap(frame).putShort(60, (short) routerSeconds).putInt(74, valid).putInt(78, preferred);
        Frames.fix(frame);
        return frame;
    }

    @Test
    void aLinkLocalAddressIsProbedFirst() {
        world.settle();
        assertEquals(List.of(), addresses(host));
        world.run(1);
        assertEquals(List.of("fe80::5054:ff:fe00:1%2/64"), addresses(host));
    }

    @Test
    void twoWithTheSameAddressNotice() {
        world.run(5);
        World.Host twin = world.host(world.cable.card("eth0", 1500, 0), World.fixed("fd00::7/64"));
        world.run(5);
        World.Host second = world.host(world.cable.card("eth0", 1500, 0), World.fixed("fd00::7/64"));
        world.run(5);
        assertTrue(addresses(twin).contains("fd00::7/64"));
        assertFalse(addresses(second).contains("fd00::7/64"));
        assertEquals(List.of("eth0: fd00::7 is used by another machine; it is given up here"), second.notices);
    }

    @Test
    void aRouterGivesAddressRouteAndServers() {
        world.run(2);
        assertTrue(world.cable.sent.stream().anyMatch(f -> f.length > 54 && f[54] == (byte) 133), "asked for routers");
        advertise(FuzzTest.routerAdvertisement());
        world.run(2);
        assertEquals(List.of("fe80::5054:ff:fe00:1%2/64", "2001:db8::5054:ff:fe00:1/64"), addresses(host));
        assertTrue(host.network.isConfigured());
        assertEquals(List.of(IpAddress.parse("2001:db8::53")), host.network.nameServers());
        assertTrue(host.network.routes().stream().anyMatch(r -> r.prefixLength() == 0 && IpAddress.parse("fe80::99%2").equals(r.gateway())));
        assertTrue(host.network.routes().stream().anyMatch(r -> r.prefixLength() == 64 && r.prefix().equals(IpAddress.parse("2001:db8::"))));
        world.run(100_000);
        assertEquals(List.of("fe80::5054:ff:fe00:1%2/64"), addresses(host));
        assertTrue(host.network.routes().stream().noneMatch(r -> r.prefixLength() == 0));
        assertEquals(List.of(), host.network.nameServers());
    }

    @Test
    void aForgedEndDoesNotTakeTheAddress() {
        world.run(2);
        advertise(FuzzTest.routerAdvertisement());
        world.run(2);
        advertise(lifetimes(0, 0, 0));
        assertTrue(host.network.routes().stream().noneMatch(r -> r.prefixLength() == 0));
        world.run(7000);
        assertEquals(2, addresses(host).size());
        world.run(300);
        assertEquals(1, addresses(host).size());
    }

    @Test
    void advertisementsFromAfarAreDropped() {
        world.run(2);
        byte[] frame = FuzzTest.routerAdvertisement();
        frame[21] = (byte) 254;
        Frames.fix(frame);
        advertise(frame);
        world.run(2);
        assertEquals(1, addresses(host).size());
        assertEquals(1, host.count(Counter.DROP_NDP_MALFORMED));
    }

    @Test
    void aPingIsAnswered() {
        world.run(2);
        ByteBuffer b = ByteBuffer.allocate(14 + 40 + 8 + 20);
        b.putLong(0x5254_0000_0001_5254L).putInt(0x0000_0002).putShort((short) 0x86dd);
        b.putInt(0x60000000).putShort((short) 28).put((byte) 58).put((byte) 64);
        b.putLong(0xfe80L << 48).putLong(0x99).putLong(0xfe80L << 48).putLong(0x505400fffe000001L);
        b.putShort((short) 0x8000).putShort((short) 0).putInt(0x00070001);
        Frames.fix(b.array());
        // Who pings has to be found first.
        router.send(b.array());
        world.settle();
        assertTrue(world.cable.sent.stream().anyMatch(f -> f.length > 54 && f[54] == (byte) 135 && f[77] == (byte) 0x99), "asks for the sender");
        advertise(FuzzTest.routerAdvertisement());
        assertTrue(world.cable.sent.stream().anyMatch(f -> f.length > 54 && f[54] == (byte) 129), "answers");
    }

    @Test
    void aNeighbourThatGoesIsNoticedAndOneThatChangesIsFound() throws NetworkException {
        World.Host a = world.host("a0", World.fixed("fd00::a/64"));
        World.Host b = world.host("b0", World.fixed("fd00::b/64"));
        world.run(2);
        UdpSocket socket = a.network.openUdp(true);
        UdpSocket server = b.network.openUdp(true);
        server.bind(IpAddress.ANY_V6, 7);
        socket.send(ByteBuffer.allocate(3), IpAddress.parse("fd00::b"), 7);
        world.run(1);
        assertEquals(3, server.available());
        // Silence for a minute, then use: a question after five seconds, and an answer.
        world.run(60);
        socket.send(ByteBuffer.allocate(4), IpAddress.parse("fd00::b"), 7);
        world.run(10);
        assertEquals(0, a.count(Counter.NEIGHBOUR_UNREACHABLE));
        b.card.link(false);
        world.run(60);
        socket.send(ByteBuffer.allocate(5), IpAddress.parse("fd00::b"), 7);
        world.run(20);
        // By its address, and by the link-local one that it asked us from.
        assertEquals(2, a.count(Counter.NEIGHBOUR_UNREACHABLE));
        assertEquals(0, a.network.packetsInUse());
    }

    @Test
    void membersOfGroupsReport() {
        world.run(5);
        long reports = world.cable.sent.stream().filter(f -> f.length > 62 && f[20] == 0 && f[62] == (byte) 143).count();
        // The solicited-node group: two before there is an address, two after.
        assertTrue(reports >= 3, "reports " + reports);
    }
}
