package dev.ristretto.bench;

import dev.ristretto.launcher.BootChart;
import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** From starting QEMU to main, beside a guest that does nothing. The two take turns, so that a busy moment of the host meets both. */
final class BootTime {
    private static final String ROW = "%-22s %s%n";

    private BootTime() { }

    static void print(Path image, int runs) throws LaunchException, InterruptedException, IOException {
        Path floor = Guests.floor();
        Map<Machine, Series> floors = new EnumMap<>(Machine.class);
        Map<Machine, Series> images = new EnumMap<>(Machine.class);
        Map<String, Series> stages = new LinkedHashMap<>();
        for (int run = -1; run < runs; run++) { // the first round fills caches and is not counted
            for (Machine machine : Machine.values()) {
                LaunchOptions options = LaunchOptions.builder().machine(machine).timings(true).build();
                double nothing = Guests.chart(floor, options).millisToMain();
                BootChart chart = Guests.chart(image, options);
                if (run >= 0) {
                    floors.computeIfAbsent(machine, key -> new Series()).add(nothing);
                    images.computeIfAbsent(machine, key -> new Series()).add(chart.millisToMain());
                    if (machine == Machine.MICROVM) {
                        chart.stages().forEach(stage -> stages.computeIfAbsent(stage.name(), key -> new Series()).add(stage.nanos() / 1e6));
                    }
                }
            }
        }
        System.out.printf("Starting QEMU to main, ms, %d runs%n", runs);
        System.out.printf(ROW, "", "   median  quartile  quartile     least  greatest");
        for (Machine machine : Machine.values()) {
            System.out.printf(ROW, machine.word() + ", floor", floors.get(machine).columns());
            System.out.printf(ROW, machine.word() + ", image", images.get(machine).columns());
            System.out.printf(Locale.ROOT, "%-22s %9.1f%n", "  above the floor",
                    images.get(machine).median() - floors.get(machine).median());
        }
        System.out.printf("%nStages on microvm, ms%n");
        stages.forEach((name, series) -> System.out.printf(ROW, name, series.columns()));
    }
}
