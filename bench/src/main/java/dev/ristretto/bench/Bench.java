package dev.ristretto.bench;

import dev.ristretto.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Path;

/** Prints all measurements of one image. Arguments: the image, the number of runs. */
public final class Bench {
    private Bench() { }

    /** Measures and prints; ends with 1 if the image does not run. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path image = Path.of(args[0]);
        int runs = Integer.parseInt(args[1]);
        try {
            BootTime.print(image, runs);
            Instructions.print(image);
            ImageSize.print(image);
            LeastMemory.print(image);
        } catch (LaunchException e) {
            System.err.println("bench: " + e.getMessage() + "\n  " + e.hint());
            System.exit(1);
        }
    }
}
