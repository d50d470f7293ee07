package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageClockTest {
    @TempDir
    private Path directory;
    private long now;

    private void pass(long millis) {
        now += millis * 1_000_000;
    }

    @Test
    void stagesAreRecognisedWhileTheyLastAndOnlyOnce() {
        StageClock clock = StageClock.start(directory.resolve("none"), () -> now);
        assertTrue(clock.line("[2/8] Performing analysis..."));
        assertFalse(clock.line("[2/8] Performing analysis...  [******]       (12.3s @ 0.67GB)"));
        assertFalse(clock.line("   3,456 types,   5,678 fields"));
        assertEquals("Performing analysis", clock.now().stage());
        assertNull(clock.now().left());
    }

    @Test
    void theLastBuildTellsHowMuchIsDone() throws IOException {
        Path record = directory.resolve("times");
        Files.write(record, List.of("Starting the builder=1000", "Initializing=3000", "Performing analysis=6000"));
        StageClock clock = StageClock.start(record, () -> now);
        assertEquals(0, clock.now().percent());
        clock.line("[1/8] Initializing...");
        pass(1500);
        assertEquals(25, clock.now().percent());
        assertEquals(Duration.ofMillis(7500), clock.now().left());
        pass(60_000);
        assertEquals(40, clock.now().percent(), "a stage that takes longer does not run into the next");
        clock.line("[2/8] Performing analysis...");
        pass(1_000_000);
        assertEquals(99, clock.now().percent());
    }

    @Test
    void recordsWhatItMeasures() throws IOException {
        Path record = directory.resolve("times");
        StageClock clock = StageClock.start(record, () -> now);
        pass(10);
        clock.line("[1/8] Initializing...");
        pass(20);
        clock.linking();
        pass(30);
        clock.save(record);
        assertEquals(List.of("Starting the builder=10", "Initializing=20", "Linking=30"), Files.readAllLines(record));
    }

    @Test
    void aDamagedRecordIsNoRecord() throws IOException {
        Path record = directory.resolve("times");
        Files.writeString(record, "garbage\n=x\n");
        assertNull(StageClock.start(record, () -> now).now().left());
    }
}
