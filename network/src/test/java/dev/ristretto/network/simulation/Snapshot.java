package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Results that are committed, so that a change of behaviour shows in a diff. The simulator gives the same numbers on every machine, so they are
 * compared exactly. {@code -Dristretto.snapshots=write} writes them anew.
 */
final class Snapshot {
    private static final Path SOURCES = Path.of("src/test/resources/dev/ristretto/network/simulation");

    private Snapshot() { }

    static void check(String name, String text, Class<?> test) throws IOException {
        if ("write".equals(System.getProperty("ristretto.snapshots"))) {
            Files.createDirectories(SOURCES);
            Files.writeString(SOURCES.resolve(name), text);
            return;
        }
        String advice = "\nIf that is meant, look at every cell that changed, then: mvn -pl network test -Dtest=" + test.getSimpleName()
            + " -Dristretto.snapshots=write";
        try (InputStream in = test.getResourceAsStream(name)) {
            if (in == null) {
                fail("there is no snapshot " + name + advice);
            }
            String[] expected = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            String[] found = text.split("\n");
            for (int i = 0; i < Math.max(expected.length, found.length); i++) {
                String was = i < expected.length ? expected[i] : "(nothing)";
                String is = i < found.length ? found[i] : "(nothing)";
                if (!was.equals(is)) {
                    fail(name + ", line " + (i + 1) + "\nwas: " + was + "\nis:  " + is + advice);
                }
            }
        }
    }
}
