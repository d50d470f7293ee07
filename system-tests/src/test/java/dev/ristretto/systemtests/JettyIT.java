package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example with Jetty in QEMU, one for all tests, asked by the JDK's HTTP client; HTTP/2 by its upgrade from HTTP/1.1. */
@LargeExample
class JettyIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** QEMU's listener for a forwarded port has room for one connection: of many new ones the host loses most, and tries again ever later. */
    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 50;

    private static RunningExample example;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = RunningExample.freePort();
        example = RunningExample.start("jetty", "-p", port + ":8080");
        example.await("Listening");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        example.terminate();
        assertEquals(143, example.waitFor());
        assertTrue(example.said().stream().anyMatch(line -> line.contains("Stopped oejs.Server")), () -> String.join("\n", example.said()));
        assertTrue(example.said().stream().noneMatch(line -> line.contains("WARN") || line.contains("Exception")),
                () -> String.join("\n", example.said()));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void pages(HttpClient.Version version) throws Exception {
        String greeting = "Hello from Jetty over " + (version == HttpClient.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1") + ", request ";
        byte[] bytes = new byte[1_000_003];
        new Random(3).nextBytes(bytes);
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            // A client without a connection upgrades it with a request that has no body.
            assertEquals(200, client.send(request("/").build(), HttpResponse.BodyHandlers.discarding()).statusCode());
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < (version == HttpClient.Version.HTTP_2 ? STREAMS : CONNECTIONS); i++) {
                responses.add(client.sendAsync(request("/").build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertEquals(version, response.get().version());
                String body = response.get().body();
                assertTrue(body.startsWith(greeting) && body.endsWith(" in a virtual thread\n"), body);
            }
            assertArrayEquals(bytes, client.send(request("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                    HttpResponse.BodyHandlers.ofByteArray()).body());
            assertArrayEquals(new byte[1_000_000], client.send(request("/large").build(), HttpResponse.BodyHandlers.ofByteArray()).body());
            HttpResponse<String> nothing = client.send(request("/nothing").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(404, nothing.statusCode());
            assertTrue(nothing.body().contains("Not Found"), nothing.body());
        }
    }

    /** A request that is none gets Jetty's own answer, and others are served on. */
    @Test
    void badRequests() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(200, client.send(request("/").build(), HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }
}
