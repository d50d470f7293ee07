package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that gets its address from a server, and what happens when the server does not play along. */
class DhcpTest {
    private static final InterfaceAddress OFFERED = new InterfaceAddress(IpAddress.parse("10.0.0.50"), 24);

    private final World world = new World();
    private final World.Host router = world.host("r0", World.fixed("10.0.0.1/24"));
    private DhcpServer server;
    private World.Host client;

    @BeforeEach
    void begin() throws NetworkException {
        server = new DhcpServer(router);
    }

    private void client() {
        client = world.host("eth0", new NetworkConfiguration(true, false, false, true, false, List.of(), List.of(), 0, List.of(), List.of()));
    }

    private List<InterfaceAddress> addresses() {
        return client.network.interfaces().get(1).addresses();
    }

    @Test
    void getsEverythingAtOnce() {
        client();
        assertFalse(client.network.isConfigured());
        world.settle();
        assertTrue(client.network.isConfigured());
        assertEquals(List.of(OFFERED), addresses());
        assertEquals(List.of("1", "3"), server.seen);
        assertEquals(List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("9.9.9.9")), client.network.nameServers());
        assertEquals(List.of("corp"), client.network.searchDomains());
        assertEquals("vm", client.network.hostName());
        assertEquals(1400, client.network.interfaces().get(1).mtu());
        assertTrue(client.network.routes().stream().anyMatch(r -> r.prefixLength() == 0 && IpAddress.parse("10.0.0.1").equals(r.gateway())));
        assertEquals(List.of(), client.notices);
    }

    @Test
    void rapidCommit() {
        server.rapid = true;
        client();
        world.settle();
        assertEquals(List.of("1"), server.seen);
        assertEquals(List.of(OFFERED), addresses());
    }

    @Test
    void renewsForEver() {
        client();
        world.run(36_000);
        assertEquals(List.of(OFFERED), addresses());
        assertTrue(server.seen.size() >= 20 && server.seen.size() < 30, server.seen.toString());
        assertEquals("3u", server.seen.getLast());
        assertEquals(List.of(), client.notices);
    }

    @Test
    void aServerThatGoesIsToldOfOnceAndComesBack() {
        client();
        world.run(10);
        server.silent = true;
        world.run(3500);
        assertEquals(List.of(OFFERED), addresses());
        assertTrue(server.seen.contains("3u"));
        assertEquals("3", server.seen.getLast());
        world.run(20_000);
        assertEquals(List.of(), addresses());
        assertEquals(List.of("eth0: the DHCP lease of 10.0.0.50 has ended and no server renews it"), client.notices);
        assertTrue(client.network.routes().stream().noneMatch(r -> r.prefixLength() == 0));
        server.silent = false;
        world.run(100);
        assertEquals(List.of(OFFERED), addresses());
        assertEquals("eth0: 10.0.0.50/24 from the DHCP server 10.0.0.1", client.notices.getLast());
    }

    @Test
    void noServerIsSaidOnce() {
        server.silent = true;
        client();
        world.run(3600);
        assertEquals(List.of("eth0: no DHCP server answers; still asking"), client.notices);
        assertTrue(server.seen.size() > 50 && server.seen.size() < 80, "asked " + server.seen.size() + " times");
        server.silent = false;
        world.run(100);
        assertEquals(List.of(OFFERED), addresses());
        assertEquals(2, client.notices.size());
    }

    @Test
    void aRefusalIsNoReasonToHurry() {
        server.refuses = true;
        client();
        world.run(60);
        assertEquals(List.of(), addresses());
        assertTrue(server.seen.size() < 130, server.seen.toString());
    }

    @Test
    void aNewAddressReplacesTheOld() {
        client();
        world.run(10);
        server.offered = IpAddress.parse("10.0.0.51").v4();
        world.run(1900);
        assertEquals(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.51"), 24)), addresses());
    }

    @Test
    void aTakenAddressIsDeclined() {
        world.host("x0", World.fixed("10.0.0.50/24"));
        // It has probed its address itself by then: two that probe at once both give up.
        world.run(10);
        client();
        world.run(5);
        assertEquals(List.of(), addresses());
        assertTrue(server.seen.contains("4"));
        assertEquals("eth0: 10.0.0.50 is used by another machine, 52:54:00:00:00:02; it is given up here", client.notices.getFirst());
        server.offered = IpAddress.parse("10.0.0.60").v4();
        world.run(20);
        assertEquals(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.60"), 24)), addresses());
    }

    @Test
    void theCableIsPulled() {
        client();
        world.run(10);
        client.card.link(false);
        world.run(10);
        assertFalse(client.network.interfaces().get(1).up());
        client.card.link(true);
        world.run(10);
        assertEquals(List.of(OFFERED), addresses());
        // The old address is asked for without a discovery.
        assertEquals(List.of("1", "3", "3"), server.seen);
        assertEquals(List.of("eth0: the link is down", "eth0: the link is up"), client.notices);
    }

    @Test
    void anotherNetworkAfterwards() {
        client();
        world.run(10);
        client.card.link(false);
        server.offered = IpAddress.parse("10.0.0.99").v4();
        client.card.link(true);
        world.run(10);
        assertEquals(List.of(new InterfaceAddress(IpAddress.parse("10.0.0.99"), 24)), addresses());
    }

    @Test
    void aCardThatIsTakenOutLeavesNothing() {
        client();
        world.run(10);
        client.network.remove(2);
        world.run(10_000);
        assertEquals(1, client.network.interfaces().size());
        assertEquals(List.of(), client.network.nameServers());
        assertNull(client.network.hostName());
        assertEquals(0, client.network.packetsInUse());
        assertEquals(0, client.network.context().timers().count());
    }
}
