package dev.ristretto.launcher.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkOptionsTest {
    @TempDir
    Path directory;

    private static NetworkOptions options(String net, String forward, String mac, Path pcap) {
        return new NetworkOptions(Connection.parse(net), forward == null ? List.of() : List.of(Forward.parse(forward)), mac, pcap);
    }

    @ParameterizedTest
    @CsvSource({
        "8080:80,            tcp:127.0.0.1:8080-:80,   http://localhost:8080",
        "8080,               tcp:127.0.0.1:8080-:8080, http://localhost:8080",
        "8080:80/tcp,        tcp:127.0.0.1:8080-:80,   http://localhost:8080",
        "8443:443,           tcp:127.0.0.1:8443-:443,  https://localhost:8443",
        "5353:53/udp,        udp:127.0.0.1:5353-:53,   localhost:5353/udp",
        "0.0.0.0:8080:80,    tcp:0.0.0.0:8080-:80,     http://localhost:8080",
        "[::1]:8080:80,      tcp:::1:8080-:80,         http://[::1]:8080",
        "[::]:8080:80/udp,   udp::::8080-:80,         localhost:8080/udp",
        "127.0.0.2:8080:80,  tcp:127.0.0.2:8080-:80,   http://127.0.0.2:8080"})
    void forwards(String text, String rule, String address) {
        assertEquals(rule, Forward.parse(text).rule());
        assertEquals(address, Forward.parse(text).address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "80:", ":80", "0:80", "80:65536", "80:80/sctp", "a:b", "80:80:80", "1:2:3:4", "-1:80", "80 :80", "80:80,id=x", "[::1]:80", "[::1]", "[::1]80:80", "[1.2.3.4]:80:80", "[::ffff:1.2.3.4]:80:80", "[]:80:80",
        "[::1]:1:80:80", "::1:80:80", "[::1%1]x:80:80"})
    void whatIsNoForwardIsRefused(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Forward.parse(text)).getMessage().contains("as in 8080:80"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tap", "tap=", "tap=a,b", "tap=0123456789abcdef", "bridge", "USER"})
    void whatIsNoNetworkIsRefused(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Connection.parse(text)).getMessage().contains("as in user, none or tap=tap0"));
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> options("tap=tap0", "80:80", null, null));
        assertThrows(IllegalArgumentException.class, () -> options("none", "80:80", null, null));
        assertThrows(IllegalArgumentException.class, () -> options("none", null, "52:54:00:00:00:01", null));
        assertThrows(IllegalArgumentException.class, () -> options("user", null, "52:54:00:00:00", null));
        assertThrows(IllegalArgumentException.class, () -> options("user", null, "01:54:00:00:00:01", null));
    }

    @Test
    void theImageDecidesUnlessTheUserDoes() {
        assertEquals(new Connection.None(), NetworkOptions.DEFAULT.resolve(false));
        assertEquals(new Connection.User(), NetworkOptions.DEFAULT.resolve(true));
        assertEquals(new Connection.None(), options("none", null, null, null).resolve(true));
        assertEquals(new Connection.User(), options("auto", "8080:80", null, null).resolve(false));
        assertEquals(new Connection.Tap("tap0"), options("tap=tap0", null, null, null).resolve(false));
        assertFalse(NetworkOptions.DEFAULT.isAskedFor());
        assertFalse(options("none", null, null, null).isAskedFor());
        assertTrue(options("auto", "8080:80", null, null).isAskedFor());
        assertTrue(options("user", null, null, null).isAskedFor());
    }

    @Test
    void qemusWords() {
        NetworkOptions all = options("user", "8080:80", "52:54:00:00:00:01", Path.of("/a,b"));
        assertEquals("-netdev user,id=net0,hostfwd=tcp:127.0.0.1:8080-:80 -device virtio-net-device,netdev=net0,mac=52:54:00:00:00:01"
                + " -object filter-dump,id=pcap0,netdev=net0,file=/a,,b", String.join(" ", all.qemuWords(new Connection.User(), Machine.MICROVM)));
        assertEquals("-netdev tap,id=net0,ifname=tap0,script=no,downscript=no -device virtio-net-pci,romfile=,netdev=net0,mac=52:54:00:12:34:56",
                String.join(" ", options("tap=tap0", null, null, null).qemuWords(new Connection.Tap("tap0"), Machine.Q35)));
        assertEquals(List.of(), NetworkOptions.DEFAULT.qemuWords(new Connection.None(), Machine.PC));
    }

    @Test
    void qemuForwardsNoIpv6() throws Exception {
        options("user", "8080:80", null, null).checkForQemu();
        LaunchException e = assertThrows(LaunchException.class, () -> options("user", "[::1]:8080:80", null, null).checkForQemu());
        assertEquals("QEMU forwards ports of IPv4 addresses, and [::1] is none", e.getMessage());
    }

    private static String refusal(NetworkOptions options) {
        LaunchException e = assertThrows(LaunchException.class, () -> options.check(options.resolve(false)));
        assertFalse(e.hint().isEmpty());
        return e.getMessage();
    }

    @Test
    void whatThisHostCannotGiveIsSaidBeforeAnythingStarts() throws Exception {
        assertEquals("There is no network device nosuch0", refusal(options("tap=nosuch0", null, null, null)));
        assertEquals("The network device lo is not a TAP device", refusal(options("tap=lo", null, null, null)));
        assertTrue(refusal(options("user", null, null, directory)).startsWith("Frames cannot be written to"));
        assertTrue(refusal(options("user", null, null, directory.resolve("no/file"))).startsWith("Frames cannot be written to"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String message = refusal(options("user", taken.getLocalPort() + ":80", null, null));
            assertTrue(message.startsWith("Port " + taken.getLocalPort() + " of this host cannot be forwarded"), message);
        }
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String message = refusal(options("user", taken.getLocalPort() + ":53/udp", null, null));
            assertTrue(message.startsWith("Port " + taken.getLocalPort() + "/udp"), message);
        }
        options("user", null, null, directory.resolve("file.pcap")).check(new Connection.User());
    }
}
