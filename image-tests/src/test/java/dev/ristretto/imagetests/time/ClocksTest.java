package dev.ristretto.imagetests.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClocksTest {

    @Test
    void nanoTimeNeverGoesBackInAThread() {
        long previous = System.nanoTime();
        long end = previous + 50_000_000;
        int steps = 0;
        while (previous < end) {
            long now = System.nanoTime();
            assertTrue(now >= previous, "went back by ns: " + (previous - now));
            steps += now > previous ? 1 : 0;
            previous = now;
        }
        assertTrue(steps > 50, "different values in 50 ms: " + steps);
    }

    @Test
    void nanoTimeNeverGoesBackBetweenThreads() throws InterruptedException {
        AtomicLong latest = new AtomicLong(System.nanoTime());
        AtomicReference<String> wrong = new AtomicReference<>();
        long end = System.nanoTime() + 100_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                long now;
                do {
                    long before = latest.get();
                    now = System.nanoTime();
                    if (now < before) {
                        wrong.set("behind another thread by ns: " + (before - now));
                    }
                    latest.accumulateAndGet(now, Math::max);
                    if ((now & 63) == 0) {
                        Thread.yield();
                    }
                } while (now < end && wrong.get() == null);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
    }

    @Test
    void sleepLastsAtLeastAsLongAsAsked() throws InterruptedException {
        for (int milliseconds : new int[] {1, 5, 20}) {
            long start = System.nanoTime();
            Thread.sleep(milliseconds);
            long elapsed = System.nanoTime() - start;
            assertTrue(elapsed >= TimeUnit.MILLISECONDS.toNanos(milliseconds), "slept " + elapsed + " ns for ms: " + milliseconds);
        }
        long start = System.nanoTime();
        Thread.sleep(Duration.ofNanos(1_500_000));
        assertTrue(System.nanoTime() - start >= 1_500_000);
    }

    @Test
    void aShortSleepIsShort() throws InterruptedException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            Thread.sleep(1);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertTrue(best < 10_000_000, "the best of twenty sleeps of 1 ms took ns: " + best);
    }

    @Test
    void bothClocksAdvanceTogether() throws InterruptedException {
        // The shortest of several windows, so that a pause between the two readings does not count.
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long nano = System.nanoTime();
            Instant wall = Instant.now();
            Thread.sleep(20);
            long nanos = System.nanoTime() - nano;
            long wallNanos = Duration.between(wall, Instant.now()).toNanos();
            least = Math.min(least, Math.abs(nanos - wallNanos));
        }
        assertTrue(least < 2_000_000, "20 ms differ between the clocks by ns: " + least);
    }

    /**
     * The launcher puts its clock on the command line, and system-tests pass the same on as a property; without it the clock is
     * held against the time this was written, for then nothing better is known here.
     */
    @Test
    void theWallClockIsPlausible() {
        String atLaunch = System.getProperty("ristretto.test.epoch-millis");
        Instant now = Instant.now();
        if (atLaunch == null) {
            assertTrue(now.isAfter(Instant.parse("2026-01-01T00:00:00Z")), () -> "now is " + now);
        } else {
            Instant launch = Instant.ofEpochMilli(Long.parseLong(atLaunch));
            assertTrue(now.isAfter(launch.minusSeconds(1)) && now.isBefore(launch.plus(Duration.ofHours(1))),
                    () -> "now is " + now + ", the launch was at " + launch);
        }
        assertTrue(now.isBefore(Instant.parse("2200-01-01T00:00:00Z")), () -> "now is " + now);
    }

    @Test
    void theClocksOfTheLibraryAgree() {
        long millis = System.currentTimeMillis();
        long instant = Instant.now().toEpochMilli();
        long clock = Clock.systemUTC().millis();
        assertTrue(instant >= millis && clock >= instant && clock - millis < 5_000, millis + " " + instant + " " + clock);
        assertTrue(Clock.tickMillis(ZoneOffset.UTC).instant().getNano() % 1_000_000 == 0);
    }
}
