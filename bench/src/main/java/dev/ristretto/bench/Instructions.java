package dev.ristretto.bench;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.BootChart;
import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Guest instructions to main. With {@code -icount shift=0} QEMU lets the guest's clocks advance one nanosecond per instruction, so the
 * guest's own marks count them, whatever else the host does; time spent waiting for a clock counts like instructions.
 */
final class Instructions {
    private static final int RUNS = 5;

    private Instructions() { }

    static void print(Path image) throws LaunchException, InterruptedException {
        LaunchOptions options = LaunchOptions.builder().machine(Machine.MICROVM).accelerator(Accelerator.TCG).timings(true)
                .qemuArguments(List.of("-icount", "shift=0,sleep=off")).build();
        Series series = new Series();
        for (int run = 0; run < RUNS; run++) {
            BootChart chart = Guests.chart(image, options);
            series.add((chart.millisToMain() - chart.stages().getFirst().nanos() / 1e6) * 1e6);
        }
        System.out.printf(Locale.ROOT, "%nGuest instructions from entry to main: %,.0f (least %,.0f, greatest %,.0f of %d runs)%n",
                series.median(),
                series.quantile(0), series.quantile(1), RUNS);
    }
}
