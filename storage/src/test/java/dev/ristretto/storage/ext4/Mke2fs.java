package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real {@code mke2fs}, which makes images with a copy of a folder in them, and {@code debugfs}, which changes them. */
final class Mke2fs {
    private static final List<String> PLACES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin");

    private Mke2fs() {
    }

    /**
     * Makes an image; the test is skipped where the tool is missing.
     *
     * @param folder  what is to be in it; null for nothing
     * @param size    such as 16m
     * @param options such as -t ext4
     */
    static void make(Path image, Path folder, String size, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-q", "-F"));
        arguments.addAll(List.of(options));
        if (folder != null) {
            arguments.addAll(List.of("-d", folder.toString()));
        }
        arguments.addAll(List.of(image.toString(), size));
        run("mke2fs", arguments);
    }

    /** Runs one request of {@code debugfs} that may write. */
    static void debug(Path image, String request) throws Exception {
        run("debugfs", List.of("-w", "-R", request, image.toString()));
    }

    private static void run(String tool, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(find(tool)));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private static String find(String tool) throws IOException {
        for (String place : PLACES) {
            if (Files.isExecutable(Path.of(place, tool))) {
                return place + "/" + tool;
            }
        }
        System.out.println("SKIPPED: a test of ext4, because there is no " + tool + " (apt-get install e2fsprogs)");
        assumeTrue(false, tool + " is missing");
        return tool;
    }
}
