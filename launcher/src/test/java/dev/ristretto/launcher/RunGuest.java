package dev.ristretto.launcher;

import java.nio.file.Path;

/** A program that runs one image and ends with its exit code; tests send it signals. Arguments: image, cache directory, machine. */
final class RunGuest {
    private RunGuest() { }

    public static void main(String[] args) throws Exception {
        LaunchOptions options = LaunchOptions.builder().cacheDirectory(Path.of(args[1])).machine(Machine.valueOf(args[2])).in(System.in)
                .out(System.out).notices(System.err::println).build();
        try (RunningImage running = new Launcher().start(Path.of(args[0]), options)) {
            System.err.println("pid " + running.pid());
            System.exit(running.waitFor());
        }
    }
}
