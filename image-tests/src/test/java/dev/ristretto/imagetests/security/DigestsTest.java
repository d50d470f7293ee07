package dev.ristretto.imagetests.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestsTest {

    /** FIPS 180-4 and FIPS 202 examples, RFC 1321 A.5: the digest of "abc". */
    @ParameterizedTest
    @CsvSource({
        "MD2, da853b0d3f88d99b30283a69e6ded6bb",
        "MD5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA-224, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
        "SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA-384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "SHA-512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "SHA-512/256, 53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
        "SHA3-224, e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
        "SHA3-256, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "SHA3-512, b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"
    })
    void publishedVectors(String algorithm, String expected) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        assertEquals(expected, HexFormat.of().formatHex(digest.digest("abc".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void everyDigestOfTheProvidersWorksInPieces() throws NoSuchAlgorithmException, CloneNotSupportedException {
        byte[] data = new byte[3_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31);
        }
        int count = 0;
        for (String algorithm : Security.getAlgorithms("MessageDigest")) {
            MessageDigest whole = MessageDigest.getInstance(algorithm);
            byte[] expected = whole.digest(data);
            MessageDigest pieces = MessageDigest.getInstance(algorithm);
            pieces.update(data, 0, 1);
            pieces.update(data, 1, 777);
            MessageDigest clone = (MessageDigest) pieces.clone();
            pieces.update(data, 778, data.length - 778);
            assertArrayEquals(expected, pieces.digest(), algorithm);
            assertFalse(Arrays.equals(expected, clone.digest()), algorithm);
            count++;
        }
        assertTrue(count >= 10, "digests: " + count);
        assertThrows(NoSuchAlgorithmException.class, () -> MessageDigest.getInstance("SHA-0"));
    }

    /** RFC 4231, test case 2. */
    @Test
    void hmac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("Jefe".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                HexFormat.of().formatHex(mac.doFinal("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII))));
        Mac longer = Mac.getInstance("HmacSHA512");
        longer.init(new SecretKeySpec("Jefe".getBytes(StandardCharsets.US_ASCII), "HmacSHA512"));
        assertTrue(HexFormat.of().formatHex(longer.doFinal("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII))).startsWith("164b7a7bfcf819e2"));
    }

    /** RFC 6070, test case 2. */
    @Test
    void keysFromPasswords() throws GeneralSecurityException {
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1");
        PBEKeySpec spec = new PBEKeySpec("password".toCharArray(), "salt".getBytes(StandardCharsets.US_ASCII), 2, 160);
        assertEquals("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957", HexFormat.of().formatHex(factory.generateSecret(spec).getEncoded()));
    }
}
