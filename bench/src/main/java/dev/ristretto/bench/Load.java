package dev.ristretto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy the host is. */
final class Load {
    private Load() { }

    /** Prints its load averages. */
    static void say() throws IOException {
        System.out.println("load averages of the host: " + Files.readString(Path.of("/proc/loadavg")).strip());
    }
}
