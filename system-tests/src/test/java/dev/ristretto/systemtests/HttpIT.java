package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The web server among the examples, in QEMU behind its user network, asked from outside. */
class HttpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RunningExample example;
    private int port;

    @AfterEach
    void stop() throws InterruptedException {
        if (example != null) {
            example.close();
        }
    }

    private void start(String... options) throws Exception {
        port = RunningExample.freePort();
        List<String> words = new ArrayList<>(List.of("-p", port + ":8080"));
        words.addAll(List.of(options));
        example = RunningExample.start("http", words.toArray(String[]::new));
        example.await("Listening");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    }

    private void askManyTimes() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 200; i++) {
                HttpResponse<String> response = client.send(request("/").build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
                assertTrue(response.body().startsWith("Hello from VirtualThread"), response.body());
            }
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                responses.add(client.sendAsync(request("/").build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertEquals(200, response.get().statusCode());
            }
            byte[] bytes = new byte[1_000_003];
            new Random(1).nextBytes(bytes);
            HttpResponse<byte[]> echo = client.send(request("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertArrayEquals(bytes, echo.body());
        }
        for (int i = 0; i < 20; i++) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertEquals(200, client.send(request("/").build(), HttpResponse.BodyHandlers.discarding()).statusCode());
            }
        }
    }

    @Test
    void overAnAddressFromDhcp() throws Exception {
        start();
        assertTrue(example.said().contains("Open http://10.0.2.15:8080/"), example.said().toString());
        askManyTimes();
    }

    @Test
    void overPciAndAFixedAddress() throws Exception {
        start("--machine", "q35", "--system", "ip=10.0.2.15/24", "--system", "gateway=10.0.2.2");
        assertTrue(example.said().contains("Open http://10.0.2.15:8080/"), example.said().toString());
        askManyTimes();
    }
}
