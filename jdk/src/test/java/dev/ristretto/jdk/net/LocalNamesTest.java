package dev.ristretto.jdk.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;

class LocalNamesTest {
    @Test
    void localhostAndNamesBelowItAreTheLoopbackAddress() throws UnknownHostException {
        for (String name : new String[] {"localhost", "LOCALHOST", "localhost.", "db.localhost"}) {
            InetAddress[] addresses = LocalNames.lookUp(name);
            assertEquals(1, addresses.length, name);
            assertTrue(addresses[0].isLoopbackAddress(), name);
            assertEquals(name, addresses[0].getHostName());
        }
    }

    @Test
    void otherNamesSayWhyTheyAreUnknown() {
        for (String name : new String[] {"example.org", "mylocalhost", "localhost.example.org", ""}) {
            UnknownHostException e = assertThrows(UnknownHostException.class, () -> LocalNames.lookUp(name), name);
            assertEquals(name + ": no network in this image", e.getMessage());
        }
    }

    @Test
    void onlyLoopbackAddressesHaveAName() throws UnknownHostException {
        assertEquals("localhost", LocalNames.nameOf(new byte[] {127, 0, 0, 5}));
        assertEquals("localhost", LocalNames.nameOf(InetAddress.getByName("::1").getAddress()));
        UnknownHostException e = assertThrows(UnknownHostException.class, () -> LocalNames.nameOf(new byte[] {10, 0, 0, 1}));
        assertEquals("10.0.0.1: no network in this image", e.getMessage());
    }
}
