package dev.ristretto.bench;

import dev.ristretto.launcher.BootChart;
import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestElf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guests that are measured. */
final class Guests {
    private Guests() { }

    /** The least a guest can do: it says at once that it is at main, and ends. What it costs is QEMU's own. */
    static Path floor() throws IOException {
        GuestCode code = new GuestCode().outText(GuestCode.DEBUG_CONSOLE, "mark runtime 0\nmark main 0\nexit 0\n").debugExit(0);
        Path file = Files.createTempFile("floor", ".elf");
        file.toFile().deleteOnExit();
        return Files.write(file, GuestElf.of(code, "format=1\nname=floor\nmachine=x86_64-bare\n"));
    }

    /** Runs an image to its end and returns its chart. */
    static BootChart chart(Path image, LaunchOptions options) throws LaunchException, InterruptedException {
        try (RunningImage running = new Launcher().start(image, options)) {
            int code = running.waitFor();
            BootChart chart = running.bootChart();
            if (code != 0 || chart.millisToMain() < 0) {
                throw new LaunchException(image + " ended with " + code + (chart.millisToMain() < 0
                        ? " and did not say when it got to main" : ""),
                        "Run it with --timings to see more.");
            }
            return chart;
        }
    }
}
