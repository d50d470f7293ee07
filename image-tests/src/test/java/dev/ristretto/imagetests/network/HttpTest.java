package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's own HTTP server on virtual threads, and the JDK's own clients. */
class HttpTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/hello", exchange -> {
            byte[] body = ("hello " + exchange.getRequestURI().getQuery()).getBytes();
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.createContext("/never", exchange -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                exchange.close();
            }
        });
        server.start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.getAddress().getPort() + path));
    }

    @Test
    void oneRequest() throws Exception {
        HttpResponse<String> response = client.send(request("/hello?you").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertEquals("hello you", response.body());
        assertEquals(404, client.send(request("/nothing").build(), HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    @Test
    void aLargeBodyBothWays() throws Exception {
        byte[] bytes = Bytes.of(2_000_003);
        HttpResponse<byte[]> response = client.send(request("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertArrayEquals(bytes, response.body());
    }

    @Test
    void manyAtATime() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            responses.add(client.sendAsync(request("/hello?" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("hello " + i, responses.get(i).get().body());
        }
    }

    @Test
    void aTimeoutEndsARequest() {
        HttpRequest request = request("/never").timeout(Duration.ofMillis(100)).build();
        assertThrows(HttpTimeoutException.class, () -> client.send(request, HttpResponse.BodyHandlers.discarding()));
    }

    @Test
    void anAddressAsAStream() throws Exception {
        try (InputStream in = request("/hello?stream").build().uri().toURL().openStream()) {
            assertEquals("hello stream", new String(in.readAllBytes()));
        }
        assertEquals("https", URI.create("https://localhost/").toURL().getProtocol());
    }

    @Test
    void theOldClient() throws Exception {
        HttpURLConnection connection = (HttpURLConnection) request("/hello?old").build().uri().toURL().openConnection();
        assertEquals(200, connection.getResponseCode());
        assertEquals("hello old", new String(connection.getInputStream().readAllBytes()));
        assertTrue(connection.getHeaderField("Date").endsWith("GMT"));
    }
}
