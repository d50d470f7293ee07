package dev.ristretto.jdk.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HostNamesTest {
    private static final int BOTH = HostNames.IPV4 | HostNames.IPV6;

    @Test
    void localhostAndNamesBelowItAreTheLoopbackAddresses() throws UnknownHostException {
        for (String name : new String[] {"localhost", "LOCALHOST", "localhost.", "db.localhost"}) {
            InetAddress[] addresses = HostNames.lookUp(name, BOTH | HostNames.IPV4_FIRST);
            assertEquals(2, addresses.length, name);
            assertTrue(addresses[0].isLoopbackAddress(), name);
            assertEquals(4, addresses[0].getAddress().length);
            assertTrue(addresses[1].isLoopbackAddress(), name);
            assertEquals(name, addresses[0].getHostName());
        }
    }

    @Test
    void thePolicyDecidesWhichAndInWhatOrder() throws UnknownHostException {
        assertTrue(HostNames.lookUp("localhost", BOTH | HostNames.IPV6_FIRST)[0] instanceof Inet6Address);
        assertEquals(1, HostNames.lookUp("localhost", HostNames.IPV4).length);
        assertTrue(HostNames.lookUp("localhost", HostNames.IPV6)[0] instanceof Inet6Address);
    }

    @Test
    void aProgramWithoutSocketsIsToldWhyItKnowsNoOtherName() {
        UnknownHostException e = assertThrows(UnknownHostException.class, () -> HostNames.lookUp("example.org", BOTH));
        assertEquals("example.org: no network in this image, for the program opens no socket", e.getMessage());
        assertThrows(UnknownHostException.class, () -> HostNames.nameOf(new byte[] {10, 0, 0, 1}));
    }

    @Test
    void loopbackAddressesHaveAName() throws UnknownHostException {
        assertEquals("localhost", HostNames.nameOf(new byte[] {127, 0, 0, 5}));
        assertEquals("localhost", HostNames.nameOf(InetAddress.getByName("::1").getAddress()));
    }
}
