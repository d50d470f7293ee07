package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ristretto.cli.program.MavenProject;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** TLS of the JDK in an image, as a client of servers on this host and as a server that this host asks. */
@LargeExample
class HttpsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** This host, as guests of QEMU's user network see it. */
    private static final String HOST = "10.0.2.2";

    private final byte[] page = new byte[300_001];

    HttpsIT() {
        new Random(2).nextBytes(page);
    }

    private HttpsServer listen(String key) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(key)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(page);
            }
        });
        server.start();
        return server;
    }

    private static String address(HttpsServer server) {
        return "https://" + HOST + ":" + server.getAddress().getPort() + "/";
    }

    /** The example with Netty, on HotSpot: the JDK has no server for HTTP/2. */
    private static RunningExample http2OnThisHost(int port, int tlsPort) throws Exception {
        List<Path> classPath = new MavenProject(Checkout.example("netty")).program(line -> { }).classpath();
        return RunningExample.start(List.of("env", "KEYSTORE=" + TestAuthority.keyStore("good"), "KEYSTORE_PASSWORD=" + TestAuthority.PASSWORD,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), "netty.Main",
                Integer.toString(port), Integer.toString(tlsPort)));
    }

    private static RunningExample get(boolean trusting, String... addresses) throws Exception {
        List<String> words = new ArrayList<>(List.of("--net", "user"));
        if (trusting) {
            words.addAll(List.of("--env", "TRUST=" + Base64.getEncoder().encodeToString(TestAuthority.certificate())));
        }
        words.addAll(List.of("--", "get"));
        words.addAll(List.of(addresses));
        return RunningExample.start("https", words.toArray(String[]::new));
    }

    private static void assertSaid(RunningExample example, String... parts) {
        List<String> said = example.said();
        assertTrue(said.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains)), List.of(parts) + " in\n" + String.join("\n", said));
    }

    @Test
    void aClientOfServersWithGoodCertificates() throws Exception {
        HttpsServer server = listen("good");
        int port = RunningExample.freePort();
        int tlsPort = RunningExample.freePort();
        String cleartext = "http://" + HOST + ":" + port + "/large";
        String tls = "https://" + HOST + ":" + tlsPort + "/large";
        try (RunningExample netty = http2OnThisHost(port, tlsPort)) {
            netty.await("Ready");
            try (RunningExample client = get(true, address(server), cleartext, tls)) {
                assertEquals(0, client.waitFor(), () -> String.join("\n", client.said()));
                assertSaid(client, address(server) + ": 200 HTTP_1_1 TLSv1.3, 300001 bytes, SHA-256 " + sha256(page));
                assertSaid(client, cleartext + ": 200 HTTP_2 no TLS, 1000000 bytes, SHA-256 " + sha256(new byte[1_000_000]));
                assertSaid(client, tls + ": 200 HTTP_2 TLSv1.3, 1000000 bytes, SHA-256 " + sha256(new byte[1_000_000]));
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aClientRefusesCertificates() throws Exception {
        HttpsServer otherName = listen("otherName");
        HttpsServer expired = listen("expired");
        HttpsServer good = listen("good");
        try (RunningExample trusting = get(true, address(otherName), address(expired), address(good));
                RunningExample usual = get(false, address(good))) {
            assertEquals(1, trusting.waitFor(), () -> String.join("\n", trusting.said()));
            assertSaid(trusting, address(otherName) + ": refused", "No subject alternative names matching IP address 10.0.2.2 found");
            assertSaid(trusting, address(expired) + ": refused", "CertificateExpiredException");
            assertSaid(trusting, address(good) + ": 200");
            assertEquals(1, usual.waitFor(), () -> String.join("\n", usual.said()));
            assertSaid(usual, address(good) + ": refused", "unable to find valid certification path to requested target");
        } finally {
            otherName.stop(0);
            expired.stop(0);
            good.stop(0);
        }
    }

    @Test
    void aServer() throws Exception {
        int port = RunningExample.freePort();
        try (RunningExample example = RunningExample.start("https", "-p", port + ":8443", "--env", "KEYSTORE=" + TestAuthority.keyStore("good"),
                "--env", "KEYSTORE_PASSWORD=" + TestAuthority.PASSWORD, "--", "serve", "8443")) {
            example.await("Listening");
            URI address = URI.create("https://localhost:" + port + "/");
            HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
            try (HttpClient client = HttpClient.newBuilder().sslContext(TestAuthority.client()).build()) {
                for (int i = 0; i < 50; i++) {
                    assertEquals("Hello over TLSv1.3\n", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
                }
                List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    responses.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
                }
                for (CompletableFuture<HttpResponse<String>> response : responses) {
                    assertEquals("Hello over TLSv1.3\n", response.get().body());
                }
                HttpResponse<byte[]> echo = client.send(HttpRequest.newBuilder(address.resolve("/echo")).timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(page)).build(), HttpResponse.BodyHandlers.ofByteArray());
                assertArrayEquals(page, echo.body());
            }
            try (HttpClient unbelieving = HttpClient.newHttpClient()) {
                IOException e = assertThrows(IOException.class, () -> unbelieving.send(request, HttpResponse.BodyHandlers.discarding()));
                assertTrue(e instanceof SSLHandshakeException, e.toString());
            }
            // and goes on for others
            try (HttpClient client = HttpClient.newBuilder().sslContext(TestAuthority.client()).build()) {
                assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
            }
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
