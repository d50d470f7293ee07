package dev.ristretto.launcher.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapFactsTest {
    private static final int USER = 1000;

    @TempDir
    Path directory;

    private TapFacts facts;

    /** As {@code ip tuntap add tap5 mode tap user 1000 && ip link set tap5 up mtu 1400} leaves it. */
    @BeforeEach
    void makeDevice() throws Exception {
        Files.createFile(directory.resolve("tun"));
        Files.createDirectories(directory.resolve("net/tap5"));
        facts = new TapFacts(directory.resolve("net"), directory.resolve("tun"), USER);
        put("tun_flags", "0x1002");
        put("owner", "1000");
        put("flags", "0x1003");
        put("carrier", "0");
        put("mtu", "1400");
        put("address", "9e:d0:8d:0d:75:b2");
    }

    private void put(String file, String text) throws IOException {
        Files.writeString(directory.resolve("net/tap5").resolve(file), text + "\n");
    }

    private void assertRefused(String message) {
        LaunchException e = assertThrows(LaunchException.class, () -> facts.check("tap5"));
        assertEquals(message, e.getMessage());
        assertTrue(e.hint().contains("ip tuntap add tap") || e.hint().contains("--net user"), e.hint());
    }

    @Test
    void oneThatIsThere() throws Exception {
        facts.check("tap5");
        assertTrue(facts.isUp("tap5"));
        assertEquals(1400, facts.mtu("tap5"));
        assertEquals("52:54:00:0d:75:b2", facts.mac("tap5"));
    }

    @Test
    void oneOfNobodyIsForEverybodyAndRootMayUseAll() throws Exception {
        put("owner", "-1");
        facts.check("tap5");
        put("owner", "1001");
        new TapFacts(directory.resolve("net"), directory.resolve("tun"), 0).check("tap5");
        assertRefused("The TAP device tap5 belongs to another user (number 1001)");
    }

    @Test
    void oneInUse() throws Exception {
        put("carrier", "1");
        assertRefused("The TAP device tap5 is in use by another program");
    }

    @Test
    void oneThatIsDown() throws Exception {
        put("flags", "0x1002");
        Files.delete(directory.resolve("net/tap5/carrier")); // Linux refuses to read it
        facts.check("tap5");
        assertFalse(facts.isUp("tap5"));
    }

    @Test
    void oneThatIsNone() throws Exception {
        Files.delete(directory.resolve("net/tap5/tun_flags"));
        assertRefused("The network device tap5 is not a TAP device");
        put("tun_flags", "0x1102");
        assertRefused("The TAP device tap5 has many queues");
        put("tun_flags", "0x1002");
        Files.delete(directory.resolve("tun"));
        assertRefused(directory.resolve("tun") + " is missing or may not be used");
    }

    @Test
    void whatIsNotKnownIsAsUsual() {
        LaunchException e = assertThrows(LaunchException.class, () -> facts.check("tap6"));
        assertEquals("There is no network device tap6", e.getMessage());
        assertTrue(facts.isUp("tap6"));
        assertEquals(1500, facts.mtu("tap6"));
        assertNull(facts.mac("tap6"));
    }
}
