package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example with Helidon in QEMU, one for all tests. */
@LargeExample
class HelidonIT {
    private static RunningExample example;
    private static ExamplePages pages;

    @BeforeAll
    static void start() throws Exception {
        pages = new ExamplePages(RunningExample.freePort(), "Helidon");
        example = RunningExample.start("helidon", "-p", pages.port() + ":8080");
        example.await("Listening");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        example.terminate();
        assertEquals(143, example.waitFor());
        assertTrue(example.said().stream().anyMatch(line -> line.contains("Shutdown requested by JVM shutting down")), () -> String.join("\n", example.said()));
        assertTrue(example.said().stream().noneMatch(line -> line.contains("WARN") || line.contains("Exception")),
                () -> String.join("\n", example.said()));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void pages(HttpClient.Version version) throws Exception {
        assertEquals("Endpoint not found", pages.areServed(version).body());
    }

    @Test
    void badRequests() throws Exception {
        pages.surviveABadRequest();
    }

    @Test
    void webSocket() throws Exception {
        WebSocketMember member = new WebSocketMember();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + pages.port() + "/chat"), member).get(60, TimeUnit.SECONDS);
            for (int length = 1; length < 200_000; length *= 7) {
                String text = "x".repeat(length);
                socket.sendText(text, true).get(60, TimeUnit.SECONDS);
                assertEquals(text, member.next());
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(60, TimeUnit.SECONDS);
        }
    }
}
