package dev.ristretto.imagetests.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Lets the other side compare its clocks with ours. */
final class Clock {

    private Clock() {
    }

    /** Answers each line of input with {@code nano=<System.nanoTime> epoch-nanos=<Instant.now>}, until the input ends. */
    static void answer(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        while (in.readLine() != null) {
            long nano = System.nanoTime();
            Instant now = Instant.now();
            System.out.println("nano=" + nano + " epoch-nanos=" + (now.getEpochSecond() * 1_000_000_000L + now.getNano()));
        }
    }
}
