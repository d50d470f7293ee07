package dev.ristretto.imagetests.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static final byte[] MESSAGE = "signed by a machine without an operating system".getBytes(StandardCharsets.US_ASCII);

    @Test
    void rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        // Small, as an emulated processor is slow; the arithmetic is the same.
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        assertSigns("SHA256withRSA", pair);
        assertTrue(((RSAPrivateCrtKeySpec) KeyFactory.getInstance("RSA").getKeySpec(pair.getPrivate(), RSAPrivateCrtKeySpec.class)).getModulus().bitLength() == 1024);
    }

    @Test
    void ellipticCurves() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        assertSigns("SHA256withECDSA", pair);
        KeyAgreement ours = KeyAgreement.getInstance("ECDH");
        KeyPair other = generator.generateKeyPair();
        ours.init(pair.getPrivate());
        ours.doPhase(other.getPublic(), true);
        KeyAgreement theirs = KeyAgreement.getInstance("ECDH");
        theirs.init(other.getPrivate());
        theirs.doPhase(pair.getPublic(), true);
        assertArrayEquals(ours.generateSecret(), theirs.generateSecret());
    }

    @Test
    void ed25519() throws GeneralSecurityException {
        assertSigns("Ed25519", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void ed25519Vector() throws GeneralSecurityException {
        byte[] secret = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update((byte) 0x72);
        assertEquals("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(signature.sign()));
    }

    @Test
    void x25519() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
        KeyPair a = generator.generateKeyPair();
        KeyPair b = generator.generateKeyPair();
        KeyAgreement left = KeyAgreement.getInstance("X25519");
        left.init(a.getPrivate());
        left.doPhase(b.getPublic(), true);
        KeyAgreement right = KeyAgreement.getInstance("X25519");
        right.init(b.getPrivate());
        right.doPhase(a.getPublic(), true);
        byte[] shared = left.generateSecret();
        assertArrayEquals(shared, right.generateSecret());
        assertTrue(new BigInteger(1, shared).signum() > 0);
    }

    private static void assertSigns(String algorithm, KeyPair pair) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(pair.getPublic().getAlgorithm());
        PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
        PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(MESSAGE);
        assertTrue(signature.verify(signed));
        signature.initVerify(publicKey);
        signature.update(MESSAGE, 1, MESSAGE.length - 1);
        assertFalse(signature.verify(signed));
    }
}
