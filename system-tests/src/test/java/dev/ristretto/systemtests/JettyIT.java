package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example with Jetty in QEMU, one for all tests. */
@LargeExample
class JettyIT {
    private static RunningExample example;
    private static ExamplePages pages;

    @BeforeAll
    static void start() throws Exception {
        pages = new ExamplePages(RunningExample.freePort(), "Jetty");
        example = RunningExample.start("jetty", "-p", pages.port() + ":8080");
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

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void pages(HttpClient.Version version) throws Exception {
        String nothing = pages.areServed(version).body();
        assertTrue(nothing.contains("Not Found"), nothing);
    }

    @Test
    void badRequests() throws Exception {
        pages.surviveABadRequest();
    }
}
