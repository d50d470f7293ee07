package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

/**
 * What the examples of web servers have in common: {@code /} says hello, {@code /echo} sends back what it is sent, {@code /large} is a million
 * bytes, there is nothing else. Asked by the JDK's HTTP client; HTTP/2 by its upgrade from HTTP/1.1.
 *
 * @param port of this host
 * @param name of the server, as its greeting has it
 */
record ExamplePages(int port, String name) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** QEMU's listener for a forwarded port has room for one connection: of many new ones the host loses most, and tries again ever later. */
    private static final int CONNECTIONS = 8;
    private static final int STREAMS = 50;

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    }

    /** Every page, many requests at a time. Returns the answer to a request for a page that there is not. */
    HttpResponse<String> areServed(HttpClient.Version version) throws Exception {
        String greeting = "Hello from " + name + " over " + (version == HttpClient.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1") + ", request ";
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
            return nothing;
        }
    }

    /** A request that is none gets the server's own answer, and others are served on. */
    void surviveABadRequest() throws IOException, InterruptedException {
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
