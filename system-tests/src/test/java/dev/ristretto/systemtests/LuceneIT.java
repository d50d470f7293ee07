package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.Forward;
import dev.ristretto.launcher.network.NetworkOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example that searches texts with Lucene on a disk: what it finds, and that every text it said is indexed is found after QEMU was
 * killed at any moment. More rounds than a few: {@code -Dristretto.lucene.rounds=200}; another sequence of moments:
 * {@code -Dristretto.lucene.seed=2}; an image that is built already: {@code -Dristretto.test.example.lucene=FILE}.
 */
@LargeExample
class LuceneIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KEYS = 60;

    private static Path image;
    @TempDir
    private Path folder;
    private Path disk;
    private int port;

    @BeforeAll
    static void build() throws Exception {
        image = RunningExample.givenImage("lucene");
        if (image == null) {
            image = Checkout.target("lucene.elf");
            Checkout.run("build", Checkout.example("lucene").toString(), "--quick", "-o", image.toString(), RunningExample.PARALLEL);
        }
    }

    @BeforeEach
    void createDisk() throws Exception {
        disk = folder.resolve("search.img");
        Checkout.run("disk", "create", disk.toString(), "--size", "64m");
    }

    private Guest start() throws Exception {
        port = RunningExample.freePort();
        Guest guest = Guest.program().machine(Machine.MICROVM).limit(Duration.ofMinutes(3)).disks(new DiskFile(disk, false))
            .network(new NetworkOptions(Connection.parse("user"), List.of(Forward.parse(port + ":8080")), null, null)).start(image);
        guest.awaitOutput("Listening");
        return guest;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    }

    private void put(HttpClient client, String name, String text) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request("/docs/" + name).PUT(BodyPublishers.ofString(text)).build(), BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
    }

    private String find(HttpClient client, String query) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).build(),
            BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    /** Queries of every kind: each is other code in Lucene. */
    @Test
    void finds() throws Exception {
        try (Guest guest = start(); HttpClient client = HttpClient.newHttpClient()) {
            put(client, "bean", "A coffee bean is a seed, and the source of coffee.");
            put(client, "island", "Java is an island of Indonesia; coffee grows there.");
            put(client, "language", "Java is a programming language; programs in it are compiled.");
            assertEquals("bean\nisland", find(client, "coffee"));
            assertEquals("island", find(client, "coffee AND java"));
            assertEquals("bean\nisland\nlanguage", sorted(find(client, "bean java")));
            assertEquals("language", find(client, "\"programming language\""));
            assertEquals("language", find(client, "progr* -island"));
            assertEquals("island", find(client, "indonezia~1"));
            assertEquals("language", find(client, "/comp[a-z]+ed/"));
            assertEquals("language", find(client, "[language TO later]"));
            assertEquals("", find(client, "tea"));
            assertEquals(400, client.send(request("/search?q=AND").build(), BodyHandlers.discarding()).statusCode());
            put(client, "island", "Java has volcanoes.");
            assertEquals("bean", find(client, "coffee"));
            assertEquals(200, client.send(request("/docs/bean").DELETE().build(), BodyHandlers.discarding()).statusCode());
            assertEquals("", find(client, "coffee"));
            assertEquals("2", client.send(request("/docs").build(), BodyHandlers.ofString()).body());
            assertTrue(!guest.output().contains("Exception"), guest.output());
        }
    }

    private static String sorted(String lines) {
        return String.join("\n", new TreeSet<>(lines.lines().toList()));
    }

    /** What was answered and what was asked for, by name: the number that the text consists of, besides a word that all have. */
    private static final class Writer {
        private final int first;
        private final Random random;
        private final int[] indexed = new int[KEYS];
        private final int[] asked = new int[KEYS];
        private int number;
        private Throwable failure;

        Writer(int first, long seed) {
            this.first = first;
            random = new Random(seed);
        }
    }

    private void write(Writer writer) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                int key = writer.random.nextInt(KEYS);
                writer.asked[key] = ++writer.number;
                put(client, name(writer, key), "common number" + writer.number + " " + "filler ".repeat(writer.random.nextInt(2000)));
                writer.indexed[key] = writer.number;
            }
        } catch (IOException e) {
            // killed
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            writer.failure = e;
        }
    }

    private static String name(Writer writer, int key) {
        return Integer.toString(writer.first + key);
    }

    /** Each name is found by the text that was answered last, or by one that was asked for and not answered; and by one only. */
    private void verify(HttpClient client, Writer writer) throws Exception {
        for (int key = 0; key < KEYS; key++) {
            String name = name(writer, key);
            boolean kept = writer.indexed[key] != 0 && find(client, "number" + writer.indexed[key]).lines().anyMatch(name::equals);
            if (writer.asked[key] != writer.indexed[key]) {
                boolean askedFor = find(client, "number" + writer.asked[key]).lines().anyMatch(name::equals);
                assertTrue(askedFor ? !kept : kept || writer.indexed[key] == 0, () -> "document " + name);
                writer.indexed[key] = askedFor ? writer.asked[key] : writer.indexed[key];
                writer.asked[key] = writer.indexed[key];
            } else {
                assertEquals(writer.indexed[key] != 0, kept, () -> "document " + name);
            }
        }
    }

    private void verify(HttpClient client, List<Writer> writers) throws Exception {
        Set<String> expected = new TreeSet<>();
        for (Writer writer : writers) {
            verify(client, writer);
            for (int key = 0; key < KEYS; key++) {
                if (writer.indexed[key] != 0) {
                    expected.add(name(writer, key));
                }
            }
        }
        assertEquals(String.join("\n", expected), sorted(find(client, "common")));
        assertEquals(Integer.toString(expected.size()), client.send(request("/docs").build(), BodyHandlers.ofString()).body());
    }

    @Test
    void nothingThatWasIndexedIsLostWhenQemuIsKilled() throws Exception {
        int rounds = Integer.getInteger("ristretto.lucene.rounds", 3);
        Random random = new Random(Long.getLong("ristretto.lucene.seed", 1));
        List<Writer> writers = List.of(new Writer(0, random.nextLong()), new Writer(1000, random.nextLong()));
        for (int round = 0; round < rounds; round++) {
            try (Guest guest = start(); HttpClient client = HttpClient.newHttpClient()) {
                verify(client, writers);
                List<Thread> threads = writers.stream().map(writer -> Thread.ofPlatform().start(() -> write(writer))).toList();
                Thread.sleep(500 + random.nextInt(4000)); // the moment
                guest.kill();
                for (Thread thread : threads) {
                    thread.join();
                }
                for (Writer writer : writers) {
                    assertNull(writer.failure, guest.output());
                }
            }
            Checkout.run("disk", "check", disk.toString());
        }
        try (Guest guest = start(); HttpClient client = HttpClient.newHttpClient()) {
            verify(client, writers);
        }
        assertTrue(writers.stream().allMatch(writer -> IntStream.of(writer.indexed).anyMatch(number -> number > 0)), "nothing was ever indexed");
    }
}
