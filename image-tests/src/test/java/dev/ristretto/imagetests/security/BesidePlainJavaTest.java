package dev.ristretto.imagetests.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done by the processor's instructions where it has them, beside the definitions in their simplest form. */
class BesidePlainJavaTest {
    private static final int BLOCK = 16;
    private static final long SEED = 20261128;

    private final Random random = new Random(SEED);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void sha256OfEveryLengthAndPlace() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int length = 0; length <= 300; length++) {
            byte[] data = bytes(length + 7);
            digest.update(data, length % 7, length);
            assertArrayEquals(PlainSha256.digest(Arrays.copyOfRange(data, length % 7, length % 7 + length)), digest.digest(), "length " + length);
        }
        byte[] large = bytes(1_000_003);
        assertArrayEquals(PlainSha256.digest(large), digest.digest(large));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void counterMode(int keyLength) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(bytes(keyLength), "AES");
        for (int length : new int[] {0, 1, 15, 16, 17, 95, 96, 97, 128, 1_000, 4_096, 20_001}) {
            byte[] counter = bytes(BLOCK);
            Arrays.fill(counter, 8, 15, (byte) 0xFF); // carries far
            byte[] plain = bytes(length);
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            byte[] actual = new byte[length];
            int first = cipher.update(plain, 0, length / 3, actual, 0);
            cipher.doFinal(plain, length / 3, length - length / 3, actual, first);
            assertArrayEquals(plainCounterMode(key, counter, BLOCK, plain), actual, "length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void cipherBlockChaining(int keyLength) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(bytes(keyLength), "AES");
        Cipher single = Cipher.getInstance("AES/ECB/NoPadding");
        single.init(Cipher.ENCRYPT_MODE, key);
        for (int blocks : new int[] {1, 2, 3, 4, 7, 8, 9, 1_000}) {
            IvParameterSpec start = new IvParameterSpec(bytes(BLOCK));
            byte[] plain = bytes(blocks * BLOCK);
            byte[] expected = new byte[plain.length];
            byte[] last = start.getIV();
            for (int at = 0; at < plain.length; at += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    last[i] ^= plain[at + i];
                }
                last = single.doFinal(last);
                System.arraycopy(last, 0, expected, at, BLOCK);
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, start);
            assertArrayEquals(expected, cipher.doFinal(plain), blocks + " blocks");
            cipher.init(Cipher.DECRYPT_MODE, key, start);
            assertArrayEquals(plain, cipher.doFinal(expected), blocks + " blocks");
        }
    }

    /** NIST SP 800-38D, section 7.1. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void galoisCounterMode(int keyLength) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(bytes(keyLength), "AES");
        Cipher single = Cipher.getInstance("AES/ECB/NoPadding");
        single.init(Cipher.ENCRYPT_MODE, key);
        byte[] subkey = single.doFinal(new byte[BLOCK]);
        for (int length : new int[] {0, 1, 16, 31, 127, 128, 129, 768, 1_500, 8_192, 16_384}) {
            byte[] start = bytes(12);
            byte[] associated = bytes(length % 40);
            byte[] plain = bytes(length);
            byte[] counter = Arrays.copyOf(start, BLOCK);
            counter[BLOCK - 1] = 2;
            byte[] encrypted = plainCounterMode(key, counter, 4, plain);
            byte[] hash = plainGhash(subkey, associated, encrypted);
            counter[BLOCK - 1] = 1;
            byte[] tag = plainCounterMode(key, counter, 4, hash);
            byte[] expected = ByteBuffer.allocate(length + BLOCK).put(encrypted).put(tag).array();

            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * BLOCK, start));
            cipher.updateAAD(associated);
            assertArrayEquals(expected, cipher.doFinal(plain), "length " + length);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * BLOCK, start));
            cipher.updateAAD(associated);
            ByteBuffer decrypted = ByteBuffer.allocateDirect(length);
            cipher.doFinal(ByteBuffer.allocateDirect(expected.length).put(expected).flip(), decrypted);
            byte[] actual = new byte[length];
            decrypted.flip().get(actual);
            assertArrayEquals(plain, actual, "length " + length);
        }
    }

    /** @param width bytes at the end of the counter that count */
    private static byte[] plainCounterMode(SecretKeySpec key, byte[] start, int width, byte[] plain) throws GeneralSecurityException {
        Cipher single = Cipher.getInstance("AES/ECB/NoPadding");
        single.init(Cipher.ENCRYPT_MODE, key);
        byte[] counter = start.clone();
        byte[] result = plain.clone();
        for (int at = 0; at < plain.length; at += BLOCK) {
            byte[] stream = single.doFinal(counter);
            for (int i = 0; i < Math.min(BLOCK, plain.length - at); i++) {
                result[at + i] ^= stream[i];
            }
            for (int i = BLOCK - 1; i >= BLOCK - width && ++counter[i] == 0; i--) {
                // carries on
            }
        }
        return result;
    }

    /** NIST SP 800-38D, section 6.4. */
    private static byte[] plainGhash(byte[] subkey, byte[] associated, byte[] encrypted) {
        ByteBuffer input = ByteBuffer.allocate(padded(associated.length) + padded(encrypted.length) + BLOCK);
        input.put(associated).position(padded(associated.length)).put(encrypted).position(input.capacity() - BLOCK);
        input.putLong(8L * associated.length).putLong(8L * encrypted.length);
        BigInteger hash = BigInteger.ZERO;
        BigInteger factor = new BigInteger(1, subkey);
        byte[] block = new byte[BLOCK];
        for (input.flip(); input.hasRemaining();) {
            input.get(block);
            hash = product(hash.xor(new BigInteger(1, block)), factor);
        }
        byte[] bytes = hash.toByteArray();
        byte[] result = new byte[BLOCK];
        int length = Math.min(bytes.length, BLOCK);
        System.arraycopy(bytes, bytes.length - length, result, BLOCK - length, length);
        return result;
    }

    private static int padded(int length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** NIST SP 800-38D, section 6.3: bit 0 is the leftmost. */
    private static BigInteger product(BigInteger x, BigInteger y) {
        BigInteger reduction = BigInteger.valueOf(0xE1).shiftLeft(120);
        BigInteger z = BigInteger.ZERO;
        BigInteger v = y;
        for (int bit = 127; bit >= 0; bit--) {
            if (x.testBit(bit)) {
                z = z.xor(v);
            }
            v = v.testBit(0) ? v.shiftRight(1).xor(reduction) : v.shiftRight(1);
        }
        return z;
    }
}
