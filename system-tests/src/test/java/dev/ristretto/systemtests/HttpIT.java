package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web server among the examples, in QEMU behind its user network and as a process behind the gateway, asked from outside. */
class HttpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** QEMU's listener for a forwarded port has room for one connection: of many new ones the host loses most, and tries again ever later. */
    private static final int CONNECTIONS = 8;

    private RunningExample example;
    private int port;

    @AfterEach
    void stop() throws InterruptedException {
        if (example != null) {
            example.close();
        }
    }

    private void start(String on, String... options) throws Exception {
        port = RunningExample.freePort();
        List<String> words = new ArrayList<>(List.of("-p", port + ":8080"));
        words.addAll(List.of(options));
        example = RunningExample.startOn(on, "http", words.toArray(String[]::new));
        example.await("Listening");
        assertTrue(example.said().contains("In its own network: http://10.0.2.15:8080/"), example.said().toString());
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
            for (int i = 0; i < CONNECTIONS; i++) {
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

    /** Writes and reads at the same time, which the JDK's client does not: it begins to read when all is written. */
    private byte[] echo(byte[] body) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(("POST /echo HTTP/1.0\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            byte[] response = socket.getInputStream().readAllBytes();
            writing.get();
            int head = new String(response, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            return Arrays.copyOfRange(response, head, response.length);
        }
    }

    @Test
    void overAnAddressFromDhcp() throws Exception {
        start("qemu");
        askManyTimes();
    }

    @Test
    void overPciAndAFixedAddress() throws Exception {
        start("qemu", "--machine", "q35", "--system", "ip=10.0.2.15/24", "--system", "gateway=10.0.2.2");
        askManyTimes();
    }

    @Test
    void asAProcess(@TempDir Path directory) throws Exception {
        int refused = RunningExample.freePort();
        Path frames = directory.resolve("frames.pcap");
        start("process", "-p", refused + ":9", "--pcap", frames.toString());
        askManyTimes();
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
            byte[] bytes = new byte[100_003];
            new Random(2).nextBytes(bytes);
            for (int i = 0; i < 100; i++) {
                responses.add(client.sendAsync(request("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
            }
            for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
                assertArrayEquals(bytes, response.get().body());
            }
        }
        byte[] large = new byte[30_000_001];
        new Random(3).nextBytes(large);
        assertArrayEquals(large, echo(large));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), refused)) {
            assertThrows(SocketException.class, () -> socket.getInputStream().read(), "nobody listens there in the image");
        }
        example.terminate();
        assertEquals(143, example.waitFor());
        assertTrue(Files.size(frames) > 60_000_000, "all frames of both directions");
    }

    @Test
    void aPortThatIsTakenIsSaidInASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            example = RunningExample.startOn("process", "http", "-p", taken.getLocalPort() + ":8080");
            assertEquals(125, example.waitFor());
            String output = String.join("\n", example.said());
            assertTrue(output.contains("Port " + taken.getLocalPort() + " of this host cannot be forwarded: Address already in use"), output);
        }
    }
}
