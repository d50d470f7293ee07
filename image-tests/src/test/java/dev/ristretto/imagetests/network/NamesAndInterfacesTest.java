package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesAndInterfacesTest {

    @Test
    void localhost() throws Exception {
        assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
        assertTrue(InetAddress.getLoopbackAddress().isLoopbackAddress());
        assertNotNull(InetAddress.getLocalHost().getHostName());
    }

    @Test
    void literals() throws Exception {
        assertEquals("192.0.2.1", InetAddress.getByName("192.0.2.1").getHostAddress());
        assertEquals("2001:db8:0:0:0:0:0:1", InetAddress.getByName("2001:db8::1").getHostAddress());
        assertEquals(InetAddress.getByName("1.2.3.4"), InetAddress.getByName("::ffff:1.2.3.4"));
    }

    @Test
    void aNameThatCannotExist() {
        assertThrows(UnknownHostException.class, () -> InetAddress.getByName("does-not-exist.invalid"));
    }

    @Test
    void theLoopbackInterfaceIsThere() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
        assertEquals("lo", loopback.getName());
        assertTrue(loopback.isLoopback() && loopback.isUp());
        assertNull(loopback.getHardwareAddress());
        assertTrue(loopback.getMTU() >= 1_280);
        assertEquals(loopback, NetworkInterface.getByName("lo"));
        assertEquals(loopback, NetworkInterface.getByIndex(loopback.getIndex()));
        List<InetAddress> addresses = Collections.list(loopback.getInetAddresses());
        assertTrue(addresses.contains(InetAddress.getByName("127.0.0.1")), addresses.toString());
        assertEquals(8, loopback.getInterfaceAddresses().stream().filter(a -> a.getAddress().getAddress().length == 4).findFirst().orElseThrow()
                .getNetworkPrefixLength());
        assertTrue(Collections.list(NetworkInterface.getNetworkInterfaces()).contains(loopback));
        assertNull(NetworkInterface.getByName("nothing9"));
    }

    @Test
    void thisMachineIsReachable() throws Exception {
        assertTrue(InetAddress.getByName("127.0.0.1").isReachable(10_000));
    }
}
