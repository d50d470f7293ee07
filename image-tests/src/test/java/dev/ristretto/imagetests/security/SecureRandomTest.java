package dev.ristretto.imagetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecureRandomTest {

    @Test
    void bytesLookRandom() {
        byte[] bytes = new byte[20_000];
        new SecureRandom().nextBytes(bytes);
        int ones = 0;
        int[] seen = new int[256];
        for (byte b : bytes) {
            ones += Integer.bitCount(b & 0xff);
            seen[b & 0xff]++;
        }
        // 160,000 fair coins: the bounds are more than ten standard deviations (200) away.
        assertTrue(Math.abs(ones - 80_000) < 2_500, "ones: " + ones);
        assertTrue(Arrays.stream(seen).min().orElse(0) > 20 && Arrays.stream(seen).max().orElse(0) < 160);
    }

    @Test
    void twoGeneratorsDiffer() throws NoSuchAlgorithmException {
        for (String algorithm : new String[] {"NativePRNGNonBlocking", "DRBG", "SHA1PRNG"}) {
            if (Security.getAlgorithms("SecureRandom").contains(algorithm.toUpperCase(Locale.ROOT))) {
                byte[] a = new byte[32];
                byte[] b = new byte[32];
                SecureRandom.getInstance(algorithm).nextBytes(a);
                SecureRandom.getInstance(algorithm).nextBytes(b);
                assertFalse(Arrays.equals(a, b), algorithm);
                assertFalse(Arrays.equals(a, new byte[32]), algorithm);
            }
        }
        assertNotEquals(new SecureRandom().nextLong(), new SecureRandom().nextLong());
    }

    /** A handshake of TLS draws its randomness in whatever thread serves the connection. */
    @Test
    void virtualThreadsDrawToo() throws Exception {
        byte[] bytes = new byte[32];
        byte[] fromDevice = new byte[32];
        Thread thread = Thread.ofVirtual().start(() -> {
            new SecureRandom().nextBytes(bytes);
            try (FileInputStream device = new FileInputStream("/dev/random")) {
                device.readNBytes(fromDevice, 0, fromDevice.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.join();
        assertFalse(Arrays.equals(bytes, new byte[32]));
        assertFalse(Arrays.equals(fromDevice, new byte[32]));
    }

    @Test
    void seedsAndBounds() {
        SecureRandom random = new SecureRandom();
        assertEquals(40, random.generateSeed(40).length);
        assertTrue(random.ints(50, -3, 4).allMatch(n -> n >= -3 && n < 4));
    }

    @Test
    void uuidsAreUnique() {
        Set<UUID> uuids = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            UUID uuid = UUID.randomUUID();
            assertEquals(4, uuid.version());
            assertTrue(uuids.add(uuid));
        }
    }

    @Test
    void theProvidersAreThere() {
        Set<String> names = new HashSet<>();
        for (Provider provider : Security.getProviders()) {
            names.add(provider.getName());
        }
        assertTrue(names.containsAll(Set.of("SUN", "SunRsaSign", "SunEC", "SunJCE")), () -> names.toString());
    }
}
