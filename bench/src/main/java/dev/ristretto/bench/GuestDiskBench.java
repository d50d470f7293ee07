package dev.ristretto.bench;

import dev.ristretto.launcher.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files, an H2 database and the first file after a crash: an image on a disk of ours beside Linux and HotSpot with the same jar on ext4, both in the
 * same QEMU with the same machine, memory and one translated processor, on new sparse files of the same size with the same cache mode
 * ({@code writeback}: the host keeps what was written until the guest asks for a flush, which QEMU then waits for). They take turns, so
 * that a busy moment of the host meets both. Arguments: the image, the folder of the Linux guest, its first program, {@code ristretto}, how often,
 * rounds each time, MiB of files before the crash.
 */
public final class GuestDiskBench {
    private static final String OURS = "image";
    private static final String LINUX = "Linux";
    private static final List<String> BOTH = List.of(OURS, LINUX);
    private static final String SIZE = "4g";
    private static final int MEMORY_MIB = 1024;
    private static final int LIMIT_SECONDS = 3600;

    private final Path image;
    private final Path folder;
    private final String ristretto;
    private final Path disk;

    private GuestDiskBench(Path image, Path folder, String ristretto) {
        this.image = image;
        this.folder = folder;
        this.ristretto = ristretto;
        disk = folder.resolve("data.img");
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[1]);
        LinuxGuest.pack(folder, Path.of(args[2]));
        GuestDiskBench bench = new GuestDiskBench(Path.of(args[0]), folder, args[3]);
        Load.say();
        int runs = Integer.parseInt(args[4]);
        bench.work(runs, args[5]);
        bench.crash(runs, args[6]);
        Files.delete(bench.disk);
        Load.say();
    }

    private void work(int runs, String rounds) throws IOException, InterruptedException {
        Map<String, Map<String, Series>> all = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (String name : BOTH) {
                format(name);
                try (Guest.Running running = guest(name, rounds).start(MEMORY_MIB)) {
                    running.awaitEnd(LIMIT_SECONDS);
                    Map<String, Double> rates = DiskRates.of(running.said());
                    if (rates.isEmpty()) {
                        throw new IOException(name + " has measured nothing, but said:\n" + running.said());
                    }
                    System.err.println("run " + (run + 1) + ", " + name + ": " + rates); // tables come at the end only
                    rates.forEach((what, rate) -> all.computeIfAbsent(what, key -> new LinkedHashMap<>()).computeIfAbsent(name, key -> new Series()).add(rate));
                }
            }
        }
        all.forEach((what, series) -> {
            Table.print(what, series);
            Table.printRatio("image to Linux", series.get(OURS), series.get(LINUX));
        });
    }

    /** Once the disk is full a crash; then starts, each on a copy of what that has left. */
    private void crash(int runs, String mib) throws IOException, InterruptedException {
        Map<String, Series> found = new LinkedHashMap<>();
        for (String name : BOTH) {
            format(name);
            try (Guest.Running running = guest(name, "fill " + mib).start(MEMORY_MIB)) {
                running.awaitSaid("filled", LIMIT_SECONDS);
            }
            Files.move(disk, crashed(name));
        }
        for (int run = -1; run < runs; run++) { // the first round fills caches and is not counted
            for (String name : BOTH) {
                copy(crashed(name));
                try (Guest.Running running = guest(name, "find").start(MEMORY_MIB)) {
                    double millis = running.awaitSaid("found", LIMIT_SECONDS);
                    if (run >= 0) {
                        found.computeIfAbsent(name, key -> new Series()).add(millis);
                    }
                }
            }
        }
        for (String name : BOTH) {
            Files.delete(crashed(name));
        }
        Table.print("start of QEMU to main having read a file, after a crash with " + mib + " MiB of files, ms", found);
        Table.printRatio("Linux to image", found.get(LINUX), found.get(OURS));
    }

    private Path crashed(String name) {
        return folder.resolve(name + ".crashed.img");
    }

    private Guest guest(String name, String work) throws IOException {
        DiskFile data = new DiskFile(disk, false);
        String arguments = "/data " + work;
        return name.equals(OURS) ? Guest.image(name, image, data, arguments) : Guest.linux(name, folder, data, arguments);
    }

    /** Makes a new disk. Linux is not left anything to initialize in the background. */
    private void format(String name) throws IOException, InterruptedException {
        Files.deleteIfExists(disk);
        Command.run(name.equals(OURS) ? List.of(ristretto, "disk", "create", disk.toString(), "--size", SIZE)
                : List.of("mke2fs", "-q", "-t", "ext4", "-E", "lazy_itable_init=0,lazy_journal_init=0", disk.toString(), SIZE), Map.of());
    }

    private void copy(Path from) throws IOException, InterruptedException {
        Files.deleteIfExists(disk);
        Command.run(List.of("cp", "--sparse=always", from.toString(), disk.toString()), Map.of());
    }
}
