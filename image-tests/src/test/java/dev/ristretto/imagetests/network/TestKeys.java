package dev.ristretto.imagetests.network;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate for {@code localhost} and {@code 127.0.0.1}, valid until 2125, which nobody trusts who is not told to:
 * {@code keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1
 * -validity 36500 -startdate 2026/01/01 -storetype PKCS12 -storepass changeit}.
 */
final class TestKeys {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final String STORE = """
            MIIEEAIBAzCCA7oGCSqGSIb3DQEHAaCCA6sEggOnMIIDozCCASoGCSqGSIb3DQEHAaCCARsEggEXMIIBEzCCAQ8GCyqGSIb3DQEMCgECoIG9MI
            G6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBQMyUVTJ3N8SFrfcOUyE4kbBzm7HgICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgB
            ZQMEASoEELHBP5b7aCHzucfyRFurtwkEUGLjqgdm8D320TrwuyH6DxIXIk7mUbHn+CmYmiPKooBROeaXf8Numbm8qkYKGbM123LpK1zxrAQniR
            eQyCSoBXniYGutD+HGcGV7rw3LgHPRMUAwGwYJKoZIhvcNAQkUMQ4eDABzAGUAcgB2AGUAcjAhBgkqhkiG9w0BCRUxFAQSVGltZSAxNzk1ODIz
            MzcwOTMxMIICcQYJKoZIhvcNAQcGoIICYjCCAl4CAQAwggJXBgkqhkiG9w0BBwEwZgYJKoZIhvcNAQUNMFkwOAYJKoZIhvcNAQUMMCsEFOwNIu
            XQjOVdi8Iex9hLU8zJLgJTAgInEAIBIDAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQeycz9dCo6sdQ+sQQLzFF2ICCAeA7293bvVWyrqiZ
            SPVPACXPMrJRlqqumvodIy0Q4BdHAqTJSJ3jXvKEZOpma4ho8qQDp25S2T4kUzjyOc435oBgZ9sEIwtgljX4MwQP54bt6ueO8KWu5KHw3euzK4
            bbACqLKibuhqsyRAZjQkKTrYXYWw+5IkUxtQk+VTCZQBCK9wqB9QeMwBtYtLmku8cuFNCIU/WlmLgdT9GaI+AAtgHl3Uz9FAeQyH3RRuNsf1ZN
            qTI43qtyQNitD5ZxnAbm6cBX7Bts5UxbGT1ZLKe41k2MHuC33EcY8mMH37L+OM3VyfXKBYvu4PHanPt24d4ClNtaDAYHU7k2ICYcqdzSDFKdH2
            2UN7/syZHh7cGOix40f/twU7KQipicWr4xbIbYG1HNKkuwZ41CgiI3Z9jt9KexcH8wueUqQu0NqvO3PXv0oapToGb1QeJdyPbWBAt+dEuIqOcs
            /gW7Y5ypoBnNWiRRDWNtW4bAX04FDgEgtT4A5n1JM+glpFwhLdAj6NGOuGY2JPjTZTeyde7SFOy5NiiyhKlboBB65B7cOSFnT/6DUeHRcQ4DcV
            R7S7oVOiDMnNxgJJ7y/ejmaRXca1619U9KYIRbjNJYQIftb8FYPvAltHCsXdBW66qFiYq2S6Z68WswTTAxMA0GCWCGSAFlAwQCAQUABCALRZS+
            PbijXr0LrLC96JOMmByQcM4huCpwFGAP4FCVkAQUsEPAgIQp54+jlM+At61TAGjcavACAicQ
            """;

    private TestKeys() {
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(STORE)), PASSWORD);
        return store;
    }

    /** Returns a context for a server with that key. */
    static SSLContext server() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Returns a context for a client that trusts that certificate and no other. */
    static SSLContext client() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store().getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
