package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.RunsOn;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An image's clocks beside the host's. */
class ClockIT {

    private static final Pattern ANSWER = Pattern.compile("nano=(-?\\d+) epoch-nanos=(\\d+)\n");
    private static final int QUESTIONS = 15;
    private static final long SECONDS_APART = 8;

    /** Both clocks of the guest at a moment of the host's clock. */
    private record Reading(long hostNanos, long hostEpochNanos, long guestNanos, long guestEpochNanos, long uncertainty) { }

    @ParameterizedTest
    @EnumSource(value = RunsOn.class, names = {"QEMU", "PROCESS"})
    void clocksRunAsFastAsTheHosts(RunsOn runsOn) throws Exception {
        try (Guest guest = Guest.program("clock").on(runsOn).start()) {
            guest.awaitOutput("ready\n");
            Reading first = best(guest);
            assertTrue(Math.abs(first.guestEpochNanos - first.hostEpochNanos) < 1_000_000_000L,
                    "the wall clock is off by ns: " + (first.guestEpochNanos - first.hostEpochNanos));
            Thread.sleep(SECONDS_APART * 1000);
            Reading second = best(guest);
            guest.endOfInput();
            guest.waitFor();
            long host = second.hostNanos - first.hostNanos;
            long allowed = host / 1000 + first.uncertainty + second.uncertainty;
            long nano = second.guestNanos - first.guestNanos - host;
            long wall = second.guestEpochNanos - first.guestEpochNanos - host;
            assertTrue(Math.abs(nano) < allowed, "System.nanoTime drifted by " + nano + " ns in " + host);
            assertTrue(Math.abs(wall) < allowed, "Instant.now drifted by " + wall + " ns in " + host);
        }
    }

    /** The reading of the shortest round trip: half of it is how far the two clocks' moments can lie apart. */
    private static Reading best(Guest guest) throws Exception {
        Reading best = null;
        for (int i = 0; i < QUESTIONS; i++) {
            int before = guest.output().length();
            long asked = System.nanoTime();
            guest.type("?");
            Matcher answer = ANSWER.matcher(guest.output().substring(before));
            while (!answer.find()) {
                if (System.nanoTime() - asked > 30_000_000_000L) {
                    throw new AssertionError("No answer within 30 s; the guest said:\n" + guest.output());
                }
                Thread.onSpinWait();
                answer = ANSWER.matcher(guest.output().substring(before));
            }
            long answered = System.nanoTime();
            Instant now = Instant.now();
            long half = (answered - asked) / 2;
            if (best == null || half < best.uncertainty) {
                best = new Reading(asked + half, now.getEpochSecond() * 1_000_000_000L + now.getNano() - half, Long.parseLong(answer.group(1)),
                        Long.parseLong(answer.group(2)), half);
            }
        }
        return best;
    }
}
