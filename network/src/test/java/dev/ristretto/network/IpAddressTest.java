package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255", "::, ::", "::1, ::1", "1::, 1::", "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "fe80::1%3, fe80::1%3", "2001:db8::1%3, 2001:db8::1",
        "::ffff:10.0.0.1, 10.0.0.1", "64:ff9b::1.2.3.4, 64:ff9b::102:304", "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"})
    void textToTextOfRfc5952(String in, String out) {
        assertEquals(out, IpAddress.parse(in).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4x", ".1.2.3", "1..2.3", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "g::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%", "fe80::1%x", "::1:", "-1.2.3.4", "１.2.3.4"})
    void whatIsNoAddress(String text) {
        assertNull(IpAddress.parse(text));
    }

    @Property
    void bytesAndTextThereAndBack(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        IpAddress address = IpAddress.of(bytes);
        assertEquals(address, IpAddress.parse(address.toString()));
        assertArrayEquals(InetAddress.getByName(address.toString()).getAddress(), address.bytes());
    }

    @Property
    void v4(@ForAll int bits) {
        IpAddress address = IpAddress.ofV4(bits);
        assertTrue(address.isV4());
        assertEquals(bits, address.v4());
        assertEquals(address, IpAddress.of(address.bytes()));
        assertEquals(address, IpAddress.parse(address.toString()));
        assertTrue(address.isIn(IpAddress.ofV4(bits & 0xffff0000), 16));
        assertFalse(address.isIn(IpAddress.ofV4(bits ^ 0x00010000), 16));
    }

    @Test
    void kinds() {
        assertTrue(IpAddress.parse("127.3.2.1").isLoopback());
        assertTrue(IpAddress.parse("::1").isLoopback());
        assertTrue(IpAddress.parse("224.0.0.1").isMulticast());
        assertTrue(IpAddress.parse("ff02::1").isMulticast());
        assertFalse(IpAddress.parse("240.0.0.1").isMulticast());
        assertTrue(IpAddress.parse("169.254.1.1").isLinkLocal());
        assertTrue(IpAddress.parse("febf::1").isLinkLocal());
        assertFalse(IpAddress.parse("fec0::1").isLinkLocal());
        assertTrue(IpAddress.ANY_V4.isAny() && IpAddress.ANY_V6.isAny());
        assertNotEquals(IpAddress.ANY_V4, IpAddress.ANY_V6);
        assertTrue(IpAddress.parse("fe80::1%2").sameBits(IpAddress.parse("fe80::1")));
        assertNotEquals(IpAddress.parse("fe80::1%2"), IpAddress.parse("fe80::1"));
    }
}
