package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.UdpSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses that change (RFC 8981). */
class TemporaryAddressesTest {
    private static final NetworkConfiguration TEMPORARY = new NetworkConfiguration(false, true, true, false, true, List.of(), List.of(), 0, List.of(),
            List.of());
    private static final int SEEDS = 20;
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final IpAddress PREFIX = IpAddress.parse("2001:db8::");
    private static final IpAddress STABLE = IpAddress.parse("2001:db8::5054:ff:fe00:1");
    private static final IpAddress FAR = IpAddress.parse("2001:db8::77");

    private World world;
    private World.Host host;
    private Cable.Card router;

    @BeforeEach
    void begin() {
        begin(1);
    }

    private void begin(long seed) {
        world = new World(seed);
        host = world.host("eth0", TEMPORARY);
        router = world.cable.card("router", 1500, 0);
        world.run(2);
    }

    private void advertise(int valid, int preferred) {
        byte[] frame = FuzzTest.routerAdvertisement();
        ByteBuffer.wrap(frame).putInt(74, valid).putInt(78, preferred);
        Frames.fix(frame);
        router.send(frame);
        world.settle();
        world.cable.sent.clear();
    }

    /** The addresses in use that are of the prefix and not of the card. */
    private List<IpAddress> temporary() {
        return host.network.interfaces().get(1).addresses().stream().map(InterfaceAddress::address)
            .filter(a -> a.isIn(PREFIX, 64) && !a.equals(STABLE)).toList();
    }

    private boolean hasStable() {
        return host.network.interfaces().get(1).addresses().stream().anyMatch(a -> a.address().equals(STABLE));
    }

    /** What a connection to an address would be made from. */
    private IpAddress source(IpAddress to) throws NetworkException {
        UdpSocket socket = host.network.openUdp(true);
        socket.connect(to, 9);
        IpAddress source = socket.localAddress();
        socket.close();
        return source;
    }

    @Test
    void thereIsOneBesideTheStableAddressAndConnectionsAreMadeFromIt() throws NetworkException {
        advertise(30 * DAY, 7 * DAY);
        assertEquals(List.of(), temporary(), "probed first");
        world.run(1.1);
        assertEquals(1, temporary().size());
        assertTrue(hasStable());
        assertEquals(temporary().getFirst(), source(FAR));
        assertTrue(source(IpAddress.parse("fe80::99%2")).isLinkLocal(), "the scope comes first");
        assertEquals(STABLE, source(STABLE), "to itself");
    }

    @Test
    void withoutAWishThereIsNone() throws NetworkException {
        host = world.host("eth1", NetworkConfiguration.AUTOMATIC);
        world.run(2);
        advertise(30 * DAY, 7 * DAY);
        world.run(2);
        assertEquals(1, host.network.interfaces().get(1).addresses().stream().filter(a -> a.address().isIn(PREFIX, 64)).count());
        assertTrue(source(FAR).toString().contains("ff:fe00"));
    }

    @Test
    void aPrefixThatSoonEndsHasNoneAndOneThatEndsTakesItAlong() throws NetworkException {
        advertise(30 * DAY, 5);
        world.run(2);
        assertEquals(List.of(), temporary());
        advertise(3 * HOUR, 6);
        world.run(2);
        assertEquals(1, temporary().size());
        IpAddress first = temporary().getFirst();
        world.run(5);
        // Both are deprecated, and used all the same for want of better ones.
        assertEquals(first, source(FAR));
        world.run(3 * HOUR);
        assertEquals(List.of(), temporary());
        assertEquals(false, hasStable());
    }

    @Test
    void theOldOneIsKeptForAnotherDayButNotUsed() throws NetworkException {
        advertise(-1, -1);
        world.run(2);
        IpAddress first = temporary().getFirst();
        world.run(DAY);
        assertEquals(2, temporary().size(), "the first may live for two days");
        assertTrue(temporary().contains(first));
        assertNotEquals(first, source(FAR));
        world.run(DAY);
        assertTrue(!temporary().contains(first));
        // The router goes on to say that the prefix holds for long: that does not lengthen the life of a temporary address.
        IpAddress now = source(FAR);
        for (int i = 0; i < 24; i++) {
            advertise(-1, -1);
            world.run(HOUR);
        }
        assertNotEquals(now, source(FAR));
    }

    /** The address that the host probes now, or null. */
    private IpAddress probed() {
        for (byte[] frame : world.cable.sent) {
            ByteBuffer b = ByteBuffer.wrap(frame);
            if (frame.length >= 78 && frame[20] == 58 && frame[54] == (byte) 135 && b.getLong(22) == 0 && b.getLong(30) == 0) {
                IpAddress target = IpAddress.ofV6(b.getLong(62), b.getLong(70));
                if (target.isIn(PREFIX, 64) && !target.equals(STABLE)) {
                    return target;
                }
            }
        }
        return null;
    }

    private void defend(IpAddress address) {
        ByteBuffer b = ByteBuffer.allocate(14 + 40 + 32);
        b.putLong(0x3333_0000_0001_5254L).putInt(0x0000_0099).putShort((short) 0x86dd);
        b.putInt(0x60000000).putShort((short) 32).put((byte) 58).put((byte) 255);
        b.putLong(address.high()).putLong(address.low()).putLong(0xff02L << 48).putLong(1);
        b.putInt(0x8800_0000).putInt(0x2000_0000).putLong(address.high()).putLong(address.low()).putLong(0x0201_5254_0000_0099L);
        Frames.fix(b.array());
        world.cable.sent.clear();
        router.send(b.array());
        world.settle();
    }

    @Test
    void oneThatAnotherMachineHasIsReplacedThreeTimesAtMost() {
        byte[] frame = FuzzTest.routerAdvertisement();
        world.cable.sent.clear();
        router.send(frame);
        world.settle();
        Set<IpAddress> tried = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            IpAddress probed = probed();
            assertTrue(probed != null && tried.add(probed), "try " + i);
            defend(probed);
        }
        assertEquals(null, probed());
        world.run(DAY / 4);
        assertEquals(List.of(), temporary());
        assertEquals(List.of("eth0: 3 temporary addresses were used by another machine; no more are made"), host.notices);
    }

    @Test
    void afterASecondTryItGoesOn() {
        byte[] frame = FuzzTest.routerAdvertisement();
        world.cable.sent.clear();
        router.send(frame);
        world.settle();
        defend(probed());
        IpAddress second = probed();
        world.run(1.1);
        assertEquals(List.of(second), temporary());
        assertEquals(List.of(), host.notices);
    }

    /** Weeks of a machine's life, for many beginnings. */
    @Test
    void thereIsAlwaysOneAndNoneLivesLong() throws NetworkException {
        Set<Long> identifiers = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            advertise(-1, -1);
            world.run(2);
            Map<IpAddress, Long> seen = new HashMap<>();
            Map<IpAddress, Long> used = new HashMap<>();
            for (int hour = 0; hour < 21 * 24; hour++) {
                if (hour % 100 == 0) {
                    advertise(-1, -1);
                }
                List<IpAddress> now = new ArrayList<>(temporary());
                String where = "seed " + seed + ", hour " + hour + ": " + now;
                assertTrue(!now.isEmpty() && now.size() <= 4, where);
                for (IpAddress address : now) {
                    long age = world.now - seen.computeIfAbsent(address, a -> world.now);
                    assertTrue(age <= 2L * DAY * World.SECOND, where);
                }
                IpAddress source = source(FAR);
                assertTrue(now.contains(source), where + " from " + source);
                assertTrue(world.now - used.computeIfAbsent(source, a -> world.now) <= (long) DAY * World.SECOND, where);
                world.run(HOUR);
            }
            // One lives for 14.4 to 24 hours as the one that is used.
            assertTrue(used.size() >= 21 && used.size() <= 35, "seed " + seed + ": " + used.size());
            used.keySet().forEach(a -> assertTrue(identifiers.add(a.low()), "the same again: " + a));
        }
    }
}
