package dev.ristretto.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A certain number of requests, over a few connections that are kept. */
final class Requests {
    static final int COUNT = 10_000;
    private static final int CONNECTIONS = 16;
    private static final int LIMIT_SECONDS = 900;

    private Requests() { }

    /** How many of them are answered as they should be, in time. */
    static int served(String url) throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.submit(() -> ask(client, request, answered));
            }
            threads.shutdown();
            if (!threads.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            client.shutdownNow();
        }
        return answered.get();
    }

    private static void ask(HttpClient client, HttpRequest request, AtomicInteger answered) {
        try {
            for (int i = 0; i < COUNT / CONNECTIONS; i++) {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                    return;
                }
                answered.incrementAndGet();
            }
        } catch (IOException | InterruptedException e) {
            return; // too few are counted
        }
    }
}
