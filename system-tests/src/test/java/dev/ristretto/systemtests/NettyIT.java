package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example with Netty in QEMU, one for all tests, asked by the JDK's HTTP client, its WebSocket client, and curl. */
@LargeExample
class NettyIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** QEMU's listener for a forwarded port has room for one connection: of many new ones the host loses most, and tries again ever later. */
    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 20;

    private static RunningExample example;
    private static int port;
    private static int tlsPort;

    @BeforeAll
    static void start() throws Exception {
        port = RunningExample.freePort();
        tlsPort = RunningExample.freePort();
        example = RunningExample.start("netty", "-p", port + ":8080", "-p", tlsPort + ":8443", "--env", "KEYSTORE=" + TestAuthority.keyStore("good"),
                "--env", "KEYSTORE_PASSWORD=" + TestAuthority.PASSWORD);
        example.await("Ready");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        example.close();
        // Netty reports what it did not expect, and a client that ends a connection with a reset
        assertTrue(example.said().stream().noneMatch(line -> line.matches("(?!java.net.SocketException: Connection reset).*(Exception|Error):.*")),
                () -> String.join("\n", example.said()));
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder().version(version).sslContext(TestAuthority.client()).build();
    }

    private static void exchange(HttpClient.Version version, URI address) throws Exception {
        String greeting = "Hello from Netty over " + (version == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1") + ", request ";
        HttpRequest hello = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        try (HttpClient client = client(version)) {
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> response = client.send(hello, HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
                assertEquals(version, response.version());
                assertTrue(response.body().startsWith(greeting), response.body());
            }
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < (version == HttpClient.Version.HTTP_2 ? STREAMS : CONNECTIONS); i++) {
                responses.add(client.sendAsync(hello, HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertTrue(response.get().body().startsWith(greeting));
            }
            byte[] bytes = new byte[1_000_003];
            new Random(1).nextBytes(bytes);
            HttpResponse<byte[]> echo = client.send(HttpRequest.newBuilder(address.resolve("/echo")).timeout(LIMIT)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertArrayEquals(bytes, echo.body());
            assertEquals(404, client.send(HttpRequest.newBuilder(address.resolve("/nothing")).timeout(LIMIT).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void withoutTls(HttpClient.Version version) throws Exception {
        exchange(version, URI.create("http://127.0.0.1:" + port + "/"));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void withTls(HttpClient.Version version) throws Exception {
        exchange(version, URI.create("https://localhost:" + tlsPort + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2", "--http2-prior-knowledge"})
    void curlWithoutTls(String option, @TempDir Path folder) throws Exception {
        curl(option, folder, "http://127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void curlWithTls(String option, @TempDir Path folder) throws Exception {
        curl(option, folder, "https://localhost:" + tlsPort);
    }

    private static void curl(String option, Path folder, String server) throws Exception {
        String greeting = "Hello from Netty over " + (option.startsWith("--http2") ? "HTTP/2" : "HTTP/1.1") + ", request ";
        byte[] hello = curlOnce(option, folder, server + "/");
        assertTrue(new String(hello, StandardCharsets.UTF_8).startsWith(greeting), new String(hello, StandardCharsets.UTF_8));
        assertArrayEquals(new byte[1_000_000], curlOnce(option, folder, server + "/large"));
    }

    /** One page only: the curl of Debian 12 cannot use a connection again that began with HTTP/2 (error 16, with Netty on HotSpot too). */
    private static byte[] curlOnce(String option, Path folder, String address) throws Exception {
        Path authority = Files.write(folder.resolve("ca.pem"), TestAuthority.certificate());
        Process curl;
        try {
            curl = new ProcessBuilder("curl", "-sS", "--max-time", "60", "--cacert", authority.toString(), option, address)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            System.out.println("SKIPPED: NettyIT.curl..., since curl cannot be started: " + e.getMessage() + " (apt-get install curl)");
            return Assumptions.abort("curl cannot be started: " + e.getMessage());
        }
        byte[] answer = curl.getInputStream().readAllBytes();
        assertEquals(0, curl.waitFor());
        return answer;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChat(boolean tls) throws Exception {
        URI address = URI.create(tls ? "wss://localhost:" + tlsPort + "/chat" : "ws://localhost:" + port + "/chat");
        try (HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
            List<WebSocketMember> members = new ArrayList<>();
            List<WebSocket> sockets = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                members.add(new WebSocketMember());
                sockets.add(client.newWebSocketBuilder().connectTimeout(LIMIT).buildAsync(address, members.getLast()).get());
                for (WebSocketMember member : members) {
                    assertEquals("* one more is here, " + i + " now", member.next());
                }
            }
            String large = "x".repeat(40_000);
            for (int i = 0; i < sockets.size(); i++) {
                for (String said : List.of(i + " says: schöne Grüße", i + large)) {
                    sockets.get(i).sendText(said, true).get();
                    for (WebSocketMember member : members) {
                        assertEquals(said, member.next());
                    }
                }
            }
            for (WebSocket socket : sockets) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get();
            }
            // once the server has answered, the next chat begins with one member
            for (WebSocketMember member : members) {
                assertEquals("(closed)", member.next());
            }
        }
    }
}
