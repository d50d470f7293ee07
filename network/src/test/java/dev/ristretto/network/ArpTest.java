package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.ArpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArpTest {
    private static final long OTHER = 0x5254_0000_0002L;

    private final World world = new World();
    private final World.Host host = world.host("eth0", World.fixed("10.0.0.1/24"));
    private final Cable.Card other = world.cable.card("other", 1500, 0);

    private void send(long to, int operation, long senderMac, String sender, long targetMac, String target) {
        ByteBuffer b = ByteBuffer.allocate(60);
        EthernetHeader.write(b, 0, to, senderMac, EthernetHeader.ARP);
        ArpMessage.write(b, 14, operation, senderMac, IpAddress.parse(sender).v4(), targetMac, IpAddress.parse(target).v4());
        other.send(b.array());
        world.settle();
    }

    /** The ARP messages sent so far, as "operation sender target". */
    private List<String> sent() {
        return world.cable.sent.stream().map(ByteBuffer::wrap).filter(b -> EthernetHeader.type(b, 0) == EthernetHeader.ARP)
            .map(b -> ArpMessage.operation(b, 14) + " " + IpAddress.ofV4(ArpMessage.senderIp(b, 14)) + " " + IpAddress.ofV4(ArpMessage.targetIp(b, 14)))
            .toList();
    }

    @Test
    void anAddressIsProbedThreeTimesAndAnnouncedTwice() {
        world.run(20);
        assertEquals(List.of("1 0.0.0.0 10.0.0.1", "1 0.0.0.0 10.0.0.1", "1 0.0.0.0 10.0.0.1", "1 10.0.0.1 10.0.0.1", "1 10.0.0.1 10.0.0.1"), sent());
    }

    @Test
    void aQuestionIsAnsweredAndTheAskerKnown() throws NetworkException {
        send(-1L >>> 16, ArpMessage.REQUEST, OTHER, "10.0.0.9", 0, "10.0.0.1");
        assertEquals("2 10.0.0.1 10.0.0.9", sent().getLast());
        UdpSocket socket = host.network.openUdp(false);
        socket.send(ByteBuffer.allocate(3), IpAddress.parse("10.0.0.9"), 9);
        assertEquals(OTHER, EthernetHeader.destination(ByteBuffer.wrap(world.cable.sent.getLast()), 0));
    }

    @Test
    void gossipIsNotBelieved() {
        send(-1L >>> 16, ArpMessage.REQUEST, OTHER, "10.0.0.9", 0, "10.0.0.8");
        send(1 | 0x5254L << 32, ArpMessage.REPLY, OTHER, "10.0.0.9", 0x5254_0000_0001L, "10.0.0.1");
        int before = sent().size();
        UdpSocket socket;
        try {
            socket = host.network.openUdp(false);
            socket.send(ByteBuffer.allocate(3), IpAddress.parse("10.0.0.9"), 9);
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
        assertEquals("1 10.0.0.1 10.0.0.9", sent().get(before));
        socket.close();
    }

    @Test
    void anAddressInUseIsDefendedButNotTooOften() {
        world.run(20);
        for (int i = 0; i < 5; i++) {
            send(-1L >>> 16, ArpMessage.REQUEST, OTHER, "10.0.0.1", 0, "10.0.0.1");
        }
        assertEquals(6, sent().size());
        assertEquals(5, host.count(Counter.DROP_ARP_CONFLICT));
        assertEquals(1, host.notices.size());
        assertEquals("eth0: another machine, 52:54:00:00:00:02, uses 10.0.0.1 as well; one of the two needs another address", host.notices.getFirst());
        assertEquals(1, host.network.interfaces().get(1).addresses().size());
    }

    @Test
    void anAddressThatIsTakenIsGivenUp() {
        world.settle();
        send(1 | 0x5254L << 32, ArpMessage.REPLY, OTHER, "10.0.0.1", 0x5254_0000_0001L, "0.0.0.0");
        assertEquals(List.of(), host.network.interfaces().get(1).addresses());
        assertEquals(1, host.notices.size());
    }

    @Test
    void aFloodOfAskersDoesNotGrowTheCache() {
        world.run(20);
        for (int i = 0; i < 3000; i++) {
            send(-1L >>> 16, ArpMessage.REQUEST, 0x5254_0100_0000L + i, "10.0.0." + (2 + i % 250), 0, "10.0.0.1");
        }
        World.Host big = world.host(world.cable.card("big", 1500, 0), World.fixed("10.1.0.1/16"));
        world.run(20);
        for (int i = 0; i < 3000; i++) {
            send(-1L >>> 16, ArpMessage.REQUEST, 0x5254_0100_0000L + i, "10.1." + (1 + i / 250) + "." + (1 + i % 250), 0, "10.1.0.1");
        }
        assertEquals(0, big.count(Counter.NEIGHBOUR_CACHE_FULL));
        assertTrue(big.count(Counter.ARP_OUT) >= 3000, "each is answered");
        assertEquals(0, big.network.packetsInUse());
    }
}
