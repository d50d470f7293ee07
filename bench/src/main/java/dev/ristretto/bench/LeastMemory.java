package dev.ristretto.bench;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The least memory with which the image still ends with 0, by trying; what its manifest asks for is set aside for that. */
final class LeastMemory {
    private static final int MOST_MIB = 128;
    private static final int SECONDS = 20;
    private static final String KEY = "min-memory-mib=";

    private LeastMemory() { }

    static void print(Path image) throws LaunchException, InterruptedException, IOException {
        Path modest = withoutDemand(image);
        System.out.printf("%nLeast memory that still runs it: %d MiB%n", find(0, MOST_MIB, middle -> runs(modest, middle)));
    }

    /** Whether something works with so much memory. */
    interface Trial {
        boolean works(int memoryMib) throws IOException, InterruptedException;
    }

    /** The least MiB with which it works, between some with which it does not and some with which it does. */
    static int find(int fails, int works, Trial trial) throws IOException, InterruptedException {
        int low = fails;
        int high = works;
        while (high - low > 1) {
            int middle = (high + low) / 2;
            if (trial.works(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean runs(Path image, int memoryMib) throws InterruptedException {
        try (RunningImage running = new Launcher().start(image, LaunchOptions.builder().memoryMib(memoryMib).build())) {
            CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(running::kill);
            return running.waitFor() == 0;
        } catch (LaunchException e) {
            return false;
        }
    }

    /** A copy whose manifest asks for no memory: digits become zeros, so that nothing moves. */
    private static Path withoutDemand(Path image) throws IOException {
        String content = Files.readString(image, StandardCharsets.ISO_8859_1);
        StringBuilder changed = new StringBuilder(content);
        for (int at = content.indexOf(KEY); at >= 0; at = content.indexOf(KEY, at + 1)) {
            for (int digit = at + KEY.length(); Character.isDigit(changed.charAt(digit)); digit++) {
                changed.setCharAt(digit, '0');
            }
        }
        Path copy = Files.createTempFile("modest", ".elf");
        copy.toFile().deleteOnExit();
        return Files.writeString(copy, changed, StandardCharsets.ISO_8859_1);
    }
}
