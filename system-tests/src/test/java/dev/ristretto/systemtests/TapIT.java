package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Against Linux's TCP/IP, as a process: the image attached to the TAP device itself, before its sandbox closed. */
class TapIT extends OnTap {
    private static final int LOSSES_IN_A_THOUSAND = 10;

    @Override
    String machine() {
        return "process";
    }

    @Override
    int large() {
        return 64 << 20;
    }

    /** One packet of a hundred, in both directions, is lost on the router. */
    @Test
    @Order(8)
    void lostPacketsAreSentAgain() throws Exception {
        int count = 4 << 20;
        String expected = TapPeer.hashOfBody(count);
        Namespaces.in(near(), "nft", "add table inet lossy; add chain inet lossy router { type filter hook forward priority 0; }; "
                + "add rule inet lossy router numgen random mod 1000 < " + LOSSES_IN_A_THOUSAND + " drop");
        try {
            assertEquals(expected, act(near(), "send/" + FAR_4 + "/" + TapPeer.SINK + "/" + count));
            assertEquals(expected, act(near(), "fetch/" + FAR_4 + "/" + TapPeer.SOURCE + "/" + count));
            assertEquals(expected, act(near(), "fetch/" + FAR_6 + "/" + TapPeer.SOURCE + "/" + count));
        } finally {
            Namespaces.in(near(), "nft", "delete table inet lossy");
        }
    }

    /** Some packets take a narrow detour, so that later ones overtake them and those that find its queue full are lost; others come twice. */
    @Test
    @Order(8)
    void packetsComeTwiceAndOutOfOrder() throws Exception {
        int count = 4 << 20;
        String expected = TapPeer.hashOfBody(count);
        try (Detour detour = new Detour(net, FAR_MTU)) {
            for (String address : List.of(FAR_4, FAR_6)) {
                assertEquals(expected, act(near(), "send/" + address + "/" + TapPeer.SINK + "/" + count));
                assertEquals(expected, act(near(), "fetch/" + address + "/" + TapPeer.SOURCE + "/" + count));
            }
            detour.assertUsed();
        }
    }

    @Test
    @Order(9)
    void aDeviceTakesOneImageAtATime() throws Exception {
        try (RunningExample second = startImage()) {
            assertEquals(125, second.waitFor());
            assertEquals(List.of("ristretto: The TAP device tap0 is in use by another program",
                    "  End that, or make one for each: ip tuntap add tap1 mode tap user $USER && ip link set tap1 up"), second.said());
        }
    }

    /** A device that is down is a cable that is out: the program runs on, and so does the network once it is up. */
    @Test
    @Order(10)
    void aDeviceThatIsDownComesBack() throws Exception {
        Namespaces.in(near(), "ip", "link", "set", "tap0", "down");
        Namespaces.in(near(), "ip", "link", "set", "tap0", "up");
        Namespaces.in(near(), "ip", "-6", "addr", "add", "fd77::1/64", "dev", "tap0", "nodad");
        assertEquals("hello\n", curl(near(), "--retry", "10", "--retry-connrefused", "http://" + IMAGE_4 + ":8080/"));
        assertEquals("hello\n", curl(near(), "--retry", "10", "--retry-connrefused", "http://" + IMAGE_6 + ":8080/"));
    }

    @Test
    @Order(101)
    void itEndsInOrder() throws Exception {
        image.terminate();
        assertEquals(143, image.waitFor());
        assertTrue(image.said().contains("ready"));
        image = null;
    }
}
