package netty;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;

/** The server's key and certificate, which come from outside so that they are in no image: a PKCS12 file in Base64, and its password. */
final class Keys {
    private Keys() {
    }

    static KeyManagerFactory ofEnvironment() throws Exception {
        char[] password = System.getenv("KEYSTORE_PASSWORD").toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getDecoder().decode(System.getenv("KEYSTORE"))), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        return keys;
    }
}
