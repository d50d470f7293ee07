package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member of a group tells routers, and in which version. */
class MembershipTest {
    private static final IpAddress GROUP_V4 = IpAddress.parse("239.1.2.3");
    private static final IpAddress GROUP_V6 = IpAddress.parse("ff15::1234");
    /** For how long an old querier that gives ten seconds for answers is believed to be there. */
    private static final int PRESENT = 2 * 125 + 10;
    private static final int IGMP = 256;
    private static final int V1 = IGMP + 0x12;
    private static final int V2 = IGMP + 0x16;
    private static final int LEAVE = IGMP + 0x17;
    private static final int V3 = IGMP + 0x22;
    private static final int MLD_V1 = 131;
    private static final int DONE = 132;
    private static final int MLD_V2 = 143;

    private static final int SEEDS = 200;

    private World world;
    private World.Host host;
    private Cable.Card router;
    private UdpSocket socket;

    @BeforeEach
    void begin() throws NetworkException {
        begin(1);
    }

    private void begin(long seed) throws NetworkException {
        world = new World(seed);
        host = world.host("eth0", NetworkConfiguration.fixed(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.1"), 24),
                new InterfaceAddress(IpAddress.parse("fd00::1"), 64)), List.of()));
        router = world.cable.card("router", 1500, 0);
        socket = host.network.openUdp(true);
        socket.bind(IpAddress.ANY_V6, 6000);
        world.run(5);
    }

    private static byte[] igmp(IpAddress destination, byte[] message) {
        ByteBuffer b = ByteBuffer.allocate(14 + 20 + message.length);
        b.putLong(0x0100_5e00_0001_5254L).putInt(0x99).putShort((short) 0x0800);
        Ipv4Header.write(b, 14, 0xc0, 20 + message.length, 1, 0, 1, IpProtocol.IGMP, 0x0a000009, destination.v4());
        b.position(34).put(message);
        Frames.fix(b.array());
        return b.array();
    }

    /** An IGMP query of the length of its version; {@code tenths} 0 is that of the first. */
    private static byte[] igmpQuery(int tenths, int length, IpAddress group) {
        ByteBuffer message = ByteBuffer.allocate(length).putShort((short) (0x1100 | tenths)).putShort((short) 0).putInt(group.v4());
        return igmp(group.isAny() ? IpAddress.parse("224.0.0.1") : group, message.array());
    }

    private static byte[] mld(IpAddress destination, byte[] message) {
        ByteBuffer b = ByteBuffer.allocate(14 + 40 + message.length);
        b.putLong(0x3333_0000_0001_5254L).putInt(0x99).putShort((short) 0x86dd);
        Ipv6Header.write(b, 14, 0, message.length, IpProtocol.ICMP_V6, 1, 0xfe80L << 48, 0x99, destination.high(), destination.low());
        b.position(54).put(message);
        Frames.fix(b.array());
        return b.array();
    }

    private static byte[] mldQuery(int millis, int length, IpAddress group) {
        ByteBuffer message = ByteBuffer.allocate(length).putInt(0x8200_0000).putInt(millis << 16).putLong(group.high()).putLong(group.low());
        return mld(group.isAny() ? IpAddress.parse("ff02::1") : group, message.array());
    }

    private void hear(byte[] frame) {
        router.send(frame);
        world.settle();
    }

    /** What the host has reported about a group since the last time, as types; {@value #IGMP} more for IGMP. */
    private List<Integer> reports(IpAddress group) {
        List<Integer> types = new ArrayList<>();
        for (byte[] frame : world.cable.sent) {
            ByteBuffer b = ByteBuffer.wrap(frame);
            if (frame.length >= 46 && b.getShort(12) == 0x0800 && frame[23] == IpProtocol.IGMP) {
                int type = IGMP + frame[38];
                if (b.getInt(type == V3 ? 50 : 42) == group.v4()) {
                    types.add(type);
                    assertEquals(group.isV4() ? destination(type, group) : 0, b.getInt(30), "destination of type " + type);
                }
            } else if (frame.length >= 86 && b.getShort(12) == (short) 0x86dd && frame[20] == 0 && group.isV6()) {
                int type = frame[62] & 0xff;
                int at = type == MLD_V2 ? 74 : 70;
                if (b.getLong(at) == group.high() && b.getLong(at + 8) == group.low()) {
                    types.add(type);
                    IpAddress to = type == MLD_V1 ? group : IpAddress.parse(type == DONE ? "ff02::2" : "ff02::16");
                    assertEquals(to, IpAddress.ofV6(b.getLong(38), b.getLong(46)), "destination of type " + type);
                }
            }
        }
        world.cable.sent.clear();
        return types;
    }

    private static int destination(int type, IpAddress group) {
        return switch (type) {
            case V1, V2 -> group.v4();
            case LEAVE -> 0xe0000002;
            default -> 0xe0000016;
        };
    }

    @Test
    void withoutAnOldQuerierTheNewestIsSpoken() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        socket.join(GROUP_V6, 2, null);
        world.run(3);
        assertEquals(List.of(V3, V3), reports(GROUP_V4));
        hear(igmpQuery(100, 12, IpAddress.ANY_V4));
        hear(mldQuery(10_000, 28, IpAddress.ANY_V6));
        world.run(11);
        List<byte[]> sent = List.copyOf(world.cable.sent);
        assertEquals(List.of(V3), reports(GROUP_V4));
        world.cable.sent.addAll(sent);
        assertEquals(List.of(MLD_V2), reports(GROUP_V6));
        socket.leave(GROUP_V4, 2, null);
        assertEquals(List.of(V3), reports(GROUP_V4));
    }

    @Test
    void aQuerierOfIgmpV2IsAnsweredInItsVersionUntilItHasBeenSilentForLong() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        world.run(3);
        reports(GROUP_V4);
        hear(igmpQuery(100, 8, IpAddress.ANY_V4));
        world.run(10);
        assertEquals(List.of(V2), reports(GROUP_V4));
        // A question about the group alone, to be answered within a second, and one in the new version.
        hear(igmpQuery(10, 8, GROUP_V4));
        world.run(1);
        assertEquals(List.of(V2), reports(GROUP_V4));
        hear(igmpQuery(10, 12, IpAddress.ANY_V4));
        world.run(1);
        assertEquals(List.of(V2), reports(GROUP_V4));
        socket.leave(GROUP_V4, 2, null);
        assertEquals(List.of(LEAVE), reports(GROUP_V4));
        socket.join(GROUP_V4, 2, null);
        world.run(11);
        assertEquals(List.of(V2, V2), reports(GROUP_V4), "twice within ten seconds, for one may be lost");
        world.run(PRESENT);
        hear(igmpQuery(10, 12, IpAddress.ANY_V4));
        world.run(1);
        assertEquals(List.of(V3), reports(GROUP_V4));
    }

    @Test
    void aQuerierOfIgmpV1WinsAndNobodySaysThatHeLeaves() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        world.run(3);
        reports(GROUP_V4);
        hear(igmpQuery(0, 8, IpAddress.ANY_V4));
        hear(igmpQuery(50, 8, IpAddress.ANY_V4));
        world.run(11);
        assertEquals(List.of(V1), reports(GROUP_V4));
        socket.leave(GROUP_V4, 2, null);
        world.run(11);
        assertEquals(List.of(), reports(GROUP_V4));
        socket.join(GROUP_V4, 2, null);
        world.run(11);
        assertEquals(List.of(V1, V1), reports(GROUP_V4));
        // The second version's querier goes on, the first's does not.
        for (int i = 0; i < 3; i++) {
            world.run(110);
            hear(igmpQuery(100, 8, IpAddress.ANY_V4));
        }
        reports(GROUP_V4);
        world.run(11);
        assertEquals(List.of(V2), reports(GROUP_V4));
    }

    @Test
    void aQuerierOfMldV1IsAnsweredInItsVersionUntilItHasBeenSilentForLong() throws NetworkException {
        socket.join(GROUP_V6, 2, null);
        world.run(3);
        assertEquals(List.of(MLD_V2, MLD_V2), reports(GROUP_V6));
        hear(mldQuery(10_000, 24, IpAddress.ANY_V6));
        world.run(10);
        assertEquals(List.of(MLD_V1), reports(GROUP_V6));
        hear(mldQuery(1000, 24, GROUP_V6));
        world.run(1);
        assertEquals(List.of(MLD_V1), reports(GROUP_V6));
        socket.leave(GROUP_V6, 2, null);
        assertEquals(List.of(DONE), reports(GROUP_V6));
        socket.join(GROUP_V6, 2, null);
        world.run(11);
        assertEquals(List.of(MLD_V1, MLD_V1), reports(GROUP_V6));
        world.run(PRESENT);
        hear(mldQuery(1000, 28, IpAddress.ANY_V6));
        world.run(1);
        assertEquals(List.of(MLD_V2), reports(GROUP_V6));
    }

    @Test
    void oneVersionOfIpSaysNothingAboutTheOther() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        socket.join(GROUP_V6, 2, null);
        hear(igmpQuery(1, 8, IpAddress.ANY_V4));
        world.run(3);
        reports(GROUP_V4);
        hear(mldQuery(1000, 28, IpAddress.ANY_V6));
        world.run(1);
        assertEquals(List.of(MLD_V2), reports(GROUP_V6));
    }

    @Test
    void whoHearsAnotherMemberKeepsSilent() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        socket.join(GROUP_V6, 2, null);
        world.run(3);
        byte[] other = igmp(GROUP_V4, ByteBuffer.allocate(8).putInt(0x16000000).putInt(GROUP_V4.v4()).array());
        byte[] otherV6 = mld(GROUP_V6, ByteBuffer.allocate(24).putInt(0x83000000).putInt(0).putLong(GROUP_V6.high()).putLong(GROUP_V6.low()).array());
        hear(igmpQuery(100, 8, IpAddress.ANY_V4));
        hear(mldQuery(10_000, 24, IpAddress.ANY_V6));
        reports(GROUP_V4);
        hear(other);
        hear(otherV6);
        world.run(11);
        List<byte[]> sent = List.copyOf(world.cable.sent);
        assertEquals(List.of(), reports(GROUP_V4));
        world.cable.sent.addAll(sent);
        assertEquals(List.of(), reports(GROUP_V6));
        // With the newest version each one's report counts.
        world.run(PRESENT);
        hear(igmpQuery(100, 12, IpAddress.ANY_V4));
        hear(other);
        world.run(11);
        assertEquals(List.of(V3), reports(GROUP_V4));
    }

    @Test
    void queriesThatCannotBeAreDropped() throws NetworkException {
        socket.join(GROUP_V4, 2, null);
        world.run(3);
        reports(GROUP_V4);
        for (int length : new int[] {9, 10, 11}) {
            hear(igmpQuery(10, length, IpAddress.ANY_V4));
        }
        for (int length : new int[] {25, 26, 27}) {
            hear(mldQuery(1000, length, IpAddress.ANY_V6));
        }
        world.run(11);
        assertEquals(6, host.count(Counter.DROP_ICMP_MALFORMED));
        assertEquals(List.of(), reports(GROUP_V4));
    }

    /** Queries of all versions at random times, and a model that knows which one is to be spoken. */
    @Test
    void queriersComeAndGo() throws NetworkException {
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            comeAndGo(seed);
        }
    }

    private void comeAndGo(int seed) throws NetworkException {
        SplittableRandom random = new SplittableRandom(seed);
        socket.join(GROUP_V4, 2, null);
        world.run(3);
        reports(GROUP_V4);
        long firstUntil = 0;
        long secondUntil = 0;
        for (int i = 0; i < 30; i++) {
            int version = random.nextInt(3);
            int tenths = version == 0 ? 0 : 1 + random.nextInt(100);
            long present = world.now + (250 * 10L + (version == 0 ? 100 : tenths)) * World.SECOND / 10;
            firstUntil = version == 0 ? present : firstUntil;
            secondUntil = version == 1 ? present : secondUntil;
            hear(igmpQuery(tenths, version == 2 ? 12 : 8, IpAddress.ANY_V4));
            int expected = world.now < firstUntil ? V1 : world.now < secondUntil ? V2 : V3;
            double within = version == 0 ? 10 : tenths / 10.0;
            long end = world.now + (long) (within * World.SECOND);
            boolean changes = firstUntil > world.now && firstUntil <= end || firstUntil <= world.now && secondUntil > world.now && secondUntil <= end;
            world.run(within);
            String where = "seed " + seed + ", query " + i;
            List<Integer> reports = reports(GROUP_V4);
            if (!changes) {
                assertEquals(List.of(expected), reports, where);
            } else {
                // Said before the version became another, or never.
                assertTrue(reports.isEmpty() || reports.equals(List.of(expected)), where + ": " + reports);
            }
            world.run(random.nextInt(random.nextInt(4) == 0 ? 400 : 60));
            assertEquals(List.of(), reports(GROUP_V4), where);
        }
        socket.close();
        world.run(1);
        assertEquals(0, host.network.packetsInUse(), "seed " + seed);
    }
}
