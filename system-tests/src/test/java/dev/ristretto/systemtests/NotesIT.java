package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.Forward;
import dev.ristretto.launcher.network.NetworkOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example that keeps notes in an H2 database on a disk: whatever it said is kept is there after it was killed at any moment. More
 * rounds: {@code -Dristretto.notes.rounds=200}; on one machine only: {@code -Dristretto.notes.on=process}; another sequence of
 * moments: {@code -Dristretto.notes.seed=2}; an image that is built already: {@code -Dristretto.test.example.notes=FILE}.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
@LargeExample
class NotesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int WRITERS = 3;
    private static final int KEYS = 40;
    /** How often it is killed unless {@code ristretto.notes.rounds} says otherwise. */
    private static final int ROUNDS = 20;

    @TempDir
    private Path folder;
    private static Path image;
    private Path disk;
    private int port;
    /** By key: what the note is, as far as an answer said so; null if it is removed. */
    private final Map<String, String> kept = new ConcurrentHashMap<>();
    /** By key: what was asked for and not answered; "" if it was to be removed. */
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    @BeforeAll
    static void build() throws Exception {
        image = RunningExample.givenImage("notes");
        if (image == null) {
            image = Checkout.target("notes.elf");
            Checkout.run("build", Checkout.example("notes").toString(), "--quick", "-o", image.toString(), RunningExample.PARALLEL);
        }
    }

    @BeforeEach
    void createDisk() throws Exception {
        disk = folder.resolve("notes.img");
        Checkout.run("disk", "create", disk.toString(), "--size", "64m");
    }

    private Guest start(RunsOn runsOn, Machine machine) throws Exception {
        port = RunningExample.freePort();
        Guest guest = Guest.program().on(runsOn).machine(runsOn == RunsOn.PROCESS ? null : machine).limit(Duration.ofMinutes(3)).disks(new DiskFile(disk, false))
            .network(new NetworkOptions(Connection.parse("user"), List.of(Forward.parse(port + ":8080")), null, null)).start(image);
        guest.awaitOutput("Listening");
        return guest;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/notes" + path)).timeout(LIMIT);
    }

    private void put(HttpClient client, String key, String text) throws Exception {
        asked.put(key, text);
        HttpResponse<String> response = client.send(request("/" + key).PUT(BodyPublishers.ofString(text)).build(), BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        kept.put(key, text);
        asked.remove(key);
    }

    private void delete(HttpClient client, String key) throws Exception {
        asked.put(key, "");
        HttpResponse<String> response = client.send(request("/" + key).DELETE().build(), BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        kept.remove(key);
        asked.remove(key);
    }

    /** Every note is what the last answer said, or what was asked for and not answered. */
    private void verify(HttpClient client, int writers) throws Exception {
        for (int writer = 0; writer < writers; writer++) {
            for (int i = 0; i < KEYS; i++) {
                String key = writer + "-" + i;
                HttpResponse<String> response = client.send(request("/" + key).build(), BodyHandlers.ofString());
                String found = response.statusCode() == 404 ? "" : response.body();
                assertTrue(response.statusCode() == 200 || response.statusCode() == 404, response.body());
                String expected = kept.getOrDefault(key, "");
                if (!found.equals(expected)) {
                    assertEquals(asked.get(key), found, "note " + key + " is neither what was kept, '" + expected + "', nor what was asked for");
                    kept.put(key, found);
                    if (found.isEmpty()) {
                        kept.remove(key);
                    }
                }
                asked.remove(key);
            }
        }
    }

    private void write(int writer, Random random) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                String key = writer + "-" + random.nextInt(KEYS);
                if (random.nextInt(8) == 0) {
                    delete(client, key);
                } else {
                    put(client, key, (key + " " + random.nextLong() + " ").repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 20)));
                }
            }
        } catch (IOException e) {
            // killed
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<RunsOn> machines() {
        String only = System.getProperty("ristretto.notes.on", "");
        return Stream.of(RunsOn.QEMU, RunsOn.PROCESS).filter(runsOn -> only.isEmpty() || runsOn.word().equals(only));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void nothingThatWasKeptIsLostWhenItIsKilled(RunsOn runsOn) throws Exception {
        int rounds = Integer.getInteger("ristretto.notes.rounds", ROUNDS);
        long seed = Long.getLong("ristretto.notes.seed", 1);
        Random random = new Random(seed);
        long answered = 0;
        for (int round = 0; round < rounds; round++) {
            try (Guest guest = start(runsOn, round % 2 == 0 ? Machine.MICROVM : Machine.Q35); HttpClient client = HttpClient.newHttpClient()) {
                verify(client, WRITERS);
                List<Thread> writers = new ArrayList<>();
                List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    Random own = new Random(random.nextLong());
                    Thread thread = new Thread(() -> write(writer, own));
                    thread.setUncaughtExceptionHandler((failed, e) -> failures.add(e));
                    writers.add(thread);
                    thread.start();
                }
                Thread.sleep(random.nextInt(runsOn == RunsOn.PROCESS ? 1500 : 4000)); // the moment
                guest.kill();
                for (Thread writer : writers) {
                    writer.join();
                }
                assertEquals(List.of(), failures, guest.output());
                answered += kept.size();
            }
            Checkout.run("disk", "check", disk.toString());
        }
        try (Guest guest = start(runsOn, Machine.MICROVM); HttpClient client = HttpClient.newHttpClient()) {
            verify(client, WRITERS);
        }
        assertTrue(answered > 0, "nothing was ever kept");
    }

    /** An orderly end keeps also what nobody forced: H2 closes its file in a shutdown hook, the disk is closed after that. */
    @ParameterizedTest
    @MethodSource("machines")
    void anOrderlyEndLeavesACleanDisk(RunsOn runsOn) throws Exception {
        try (Guest guest = start(runsOn, Machine.PC)) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; i < KEYS; i++) {
                    put(client, "0-" + i, "text " + i);
                }
            }
            guest.powerButton();
            guest.waitFor();
        }
        Checkout.run("disk", "check", disk.toString());
        String list = Checkout.run("disk", "ls", disk.toString());
        assertTrue(list.contains("notes.mv.db"), list);
        try (Guest guest = start(runsOn, Machine.MICROVM); HttpClient client = HttpClient.newHttpClient()) {
            verify(client, 1);
        }
        assertTrue(Files.size(disk) == 64 << 20);
    }
}
