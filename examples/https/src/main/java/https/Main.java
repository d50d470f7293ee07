package https;

/**
 * TLS with the JDK's own classes, in two programs. A client, {@code java.net.http.HttpClient}, asks each address and says how it went:
 *
 * <pre>{@code
 * ./ristretto run --net user examples/https -- get https://example.org/
 * }</pre>
 *
 * <p>It trusts the JDK's certificate authorities, or those of {@code --env TRUST=$(base64 -w0 ca.pem)}. And a server,
 * {@code com.sun.net.httpserver.HttpsServer}, whose key comes from outside: a PKCS12 file in Base64 and its password.
 *
 * <pre>{@code
 * ./ristretto run -p 8443:8443 --env KEYSTORE=$(base64 -w0 server.p12) --env KEYSTORE_PASSWORD=changeit examples/https -- serve 8443
 * }</pre>
 */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 1 && args[0].equals("get")) {
            int refused = Client.get(args);
            System.exit(refused == 0 ? 0 : 1);
        } else if (args.length == 2 && args[0].equals("serve")) {
            Server.serve(Integer.parseInt(args[1]));
        } else {
            System.err.println("Arguments: get URL... | serve PORT");
            System.exit(2);
        }
    }
}
