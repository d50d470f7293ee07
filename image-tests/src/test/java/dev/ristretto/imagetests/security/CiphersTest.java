package dev.ristretto.imagetests.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CiphersTest {

    private static final HexFormat HEX = HexFormat.of();

    /** FIPS 197, appendix C.1. */
    @Test
    void aesBlock() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        SecretKeySpec key = new SecretKeySpec(HEX.parseHex("000102030405060708090a0b0c0d0e0f"), "AES");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] encrypted = cipher.doFinal(HEX.parseHex("00112233445566778899aabbccddeeff"));
        assertEquals("69c4e0d86a7b0430d8cdb78070b4c55a", HEX.formatHex(encrypted));
        cipher.init(Cipher.DECRYPT_MODE, key);
        assertEquals("00112233445566778899aabbccddeeff", HEX.formatHex(cipher.doFinal(encrypted)));
    }

    /** The GCM specification by McGrew and Viega, test case 4. */
    @Test
    void aesGcm() throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(HEX.parseHex("feffe9928665731c6d6a8f9467308308"), "AES");
        GCMParameterSpec parameters = new GCMParameterSpec(128, HEX.parseHex("cafebabefacedbaddecaf888"));
        byte[] associated = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plain = HEX.parseHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        cipher.updateAAD(associated);
        byte[] sealed = cipher.doFinal(plain);
        assertEquals("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
                + "5bc94fbc3221a5db94fae95ae7121a47", HEX.formatHex(sealed));
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        cipher.updateAAD(associated);
        assertArrayEquals(plain, cipher.doFinal(sealed));
        sealed[3] ^= 1;
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        cipher.updateAAD(associated);
        assertThrows(AEADBadTagException.class, () -> cipher.doFinal(sealed));
    }

    /** RFC 8439, section 2.8.2. */
    @Test
    void chaCha20Poly1305() throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(HEX.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"), "ChaCha20");
        byte[] nonce = HEX.parseHex("070000004041424344454647");
        byte[] plain = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.")
                .getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
        cipher.updateAAD(HEX.parseHex("50515253c0c1c2c3c4c5c6c7"));
        String sealed = HEX.formatHex(cipher.doFinal(plain));
        assertEquals("d31a8d34648e60db7b86afbc53ef7ec2", sealed.substring(0, 32));
        assertEquals("1ae10b594f09e26a7e902ecbd0600691", sealed.substring(sealed.length() - 32));
    }

    @Test
    void chaCha20Stream() throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(new byte[32], "ChaCha20");
        Cipher cipher = Cipher.getInstance("ChaCha20");
        cipher.init(Cipher.ENCRYPT_MODE, key, new ChaCha20ParameterSpec(new byte[12], 0));
        // RFC 8439, appendix A.1, test vector 1.
        assertEquals("76b8e0ada0f13d90405d6ae55386bd28", HEX.formatHex(cipher.doFinal(new byte[16])));
    }

    @Test
    void modesAndPaddingsGoThereAndBack() throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256, random);
        SecretKey key = generator.generateKey();
        byte[] plain = new byte[1_003];
        random.nextBytes(plain);
        for (String mode : new String[] {"AES/CBC/PKCS5Padding", "AES/CTR/NoPadding"}) {
            byte[] iv = new byte[16];
            random.nextBytes(iv);
            Cipher cipher = Cipher.getInstance(mode);
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(plain);
            assertFalse(Arrays.equals(plain, Arrays.copyOf(encrypted, plain.length)));
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
            assertArrayEquals(plain, cipher.doFinal(encrypted), mode);
        }
        assertThrows(InvalidKeyException.class, () -> Cipher.getInstance("AES/ECB/NoPadding").init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[5], "AES")));
    }
}
