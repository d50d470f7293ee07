package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever is killed at any moment finds all that was forced, and a disk that is well. Moments and their number:
 * {@code -Dristretto.kills.seed=2}, {@code -Dristretto.kills.rounds=200}.
 *
 * <p>What this does not show: the host lives on, and writes what the image gave it, forced or not. That a disk which loses and reorders what
 * was not flushed does no harm either, is shown by the simulated power cuts of the storage module.
 */
class KillsIT {
    private static final String FOUND = "found ";
    private static final String KEPT = "kept ";
    private static final int FILES = 8;

    @TempDir
    private Path folder;
    private Path disk;
    /** The last step that the image said is kept. */
    private long kept;
    /** Kills that came when something was being done. */
    private int hits;

    @Test
    void ofAProcess() throws Exception {
        kill(RunsOn.PROCESS, Integer.getInteger("ristretto.kills.rounds", 24), 250);
    }

    @Test
    void ofQemu() throws Exception {
        kill(RunsOn.QEMU, Integer.getInteger("ristretto.kills.rounds", 20), 1500);
    }

    private void kill(RunsOn runsOn, int rounds, int longest) throws Exception {
        long seed = Long.getLong("ristretto.kills.seed", System.nanoTime());
        String repeat = "-Dristretto.kills.seed=" + seed;
        System.out.println(rounds + " kills, " + runsOn.word() + ": " + repeat);
        disk = folder.resolve("kills.img");
        Checkout.run("disk", "create", disk.toString(), "--size", "64m");
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            try (Guest guest = start(runsOn, round)) {
                if (random.nextInt(8) > 0) { // else while it mounts
                    guest.awaitOutput("ready\n");
                }
                Thread.sleep(random.nextInt(longest)); // the moment
                guest.kill();
                verify(guest.waitFor().output(), repeat + ", kill " + round);
            }
            Checkout.run("disk", "check", disk.toString()); // fails if it finds anything
        }
        try (Guest guest = start(runsOn, 0)) {
            guest.awaitOutput("ready\n");
            guest.kill();
            verify(guest.waitFor().output(), repeat + ", the end");
        }
        assertTrue(4 * hits >= rounds && kept > rounds, hits + " kills met " + kept + " steps: too few to say anything");
    }

    private Guest start(RunsOn runsOn, int round) throws Exception {
        return Guest.program("file-commits", "/data").on(runsOn).disks(new DiskFile(disk, false))
            .machine(runsOn == RunsOn.PROCESS ? null : round % 2 == 0 ? Machine.MICROVM : Machine.Q35).start();
    }

    /** What was found is what was kept, but for the one step that was not answered; it is done or not. */
    private void verify(String said, String repeat) {
        if (!said.contains("ready\n")) {
            return;
        }
        Map<String, Long> files = new HashMap<>();
        List<Long> journal = new ArrayList<>();
        List<Long> mapped = new ArrayList<>();
        for (String line : said.lines().filter(line -> line.startsWith(FOUND)).toList()) {
            String[] words = line.substring(FOUND.length()).split(" ");
            assertTrue(!words[1].equals("broken"), line + "; " + repeat);
            if (words[0].equals("journal") || words[0].equals("mapped")) {
                (words[0].equals("journal") ? journal : mapped).add(Long.parseLong(words[1]));
            } else {
                files.put(words[0], Long.parseLong(words[1]));
            }
        }
        boolean inFlight = journal.contains(kept + 1) || mapped.contains(kept + 1) || files.containsValue(kept + 1);
        kept += inFlight ? 1 : 0;
        Map<String, Long> expectedFiles = new HashMap<>();
        List<Long> expectedJournal = new ArrayList<>();
        List<Long> expectedMapped = new ArrayList<>();
        for (long step = 1; step <= kept; step++) {
            if (step % 3 == 0) {
                (step % 2 == 0 ? expectedMapped : expectedJournal).add(step);
            } else {
                expectedFiles.put("file" + step % FILES, step);
            }
        }
        assertEquals(expectedFiles, files, repeat);
        assertEquals(expectedJournal, journal, repeat);
        assertEquals(expectedMapped, mapped, repeat);
        long before = kept;
        said.lines().filter(line -> line.startsWith(KEPT)).forEach(line -> kept = Math.max(kept, Long.parseLong(line.substring(KEPT.length()))));
        hits += kept > before ? 1 : 0;
    }
}
