package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for inputs that break a parser or the stack, guided by coverage, from the seeds of {@link ParsersFuzzTest} on: some seconds for each target, or
 * as many inputs as the system property says. The random numbers are the same each time; where they lead changes with the code. Each target has a JVM of
 * its own, all as one would be sooner done, but then next to nothing is tried of the simple ones.
 */
class GuidedFuzzTest {
    private static final String RUNS_PROPERTY = "ristretto.fuzz.runs";
    private static final int RUNS = 5_000;
    private static final String SEED = "1";
    private static final long MINUTES = Long.getLong("ristretto.fuzz.minutes", 3);

    static Stream<String> targets() {
        return Arrays.stream(ParsersFuzzTest.class.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .map(method -> method.getName()).sorted();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void target(String name) throws IOException, InterruptedException, URISyntaxException {
        Path directory = Files.createDirectories(Path.of("target", "fuzz", name).toAbsolutePath());
        Path found = Files.createDirectories(directory.resolve("found"));
        Path seeds = Path.of(getClass().getResource("ParsersFuzzTestInputs/" + name).toURI());
        Path log = directory.resolve("log");
        Process fuzzer = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-D" + GuidedFuzzTarget.TARGET_PROPERTY + "=" + name, "-XX:+EnableDynamicAgentLoading", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + GuidedFuzzTarget.class.getName(),
                "--instrumentation_includes=dev.ristretto.**", "--reproducer_path=" + directory, "-artifact_prefix=" + directory + "/",
                "-seed=" + SEED, "-runs=" + Integer.getInteger(RUNS_PROPERTY, RUNS), "-rss_limit_mb=0", found.toString(), seeds.toString()))
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(fuzzer.waitFor(MINUTES, TimeUnit.MINUTES), () -> "still running, see " + log);
        } finally {
            fuzzer.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(0, fuzzer.exitValue(), () -> "an input breaks it and is in " + directory + ":\n" + String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line -> line.matches("Done \\d+ runs.*")), () -> "nothing was tried, see " + log);
    }
}
