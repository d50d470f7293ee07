package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Looks for inputs that break a parser or the stack, guided by coverage, from the seeds of {@link ParsersFuzzTest} on. The random numbers are the
 * same each time; where they lead changes with the code.
 */
class GuidedFuzzTest {
    /** A minute or two. */
    private static final int RUNS = Integer.getInteger("ristretto.fuzz.runs", 40_000);
    private static final long MINUTES = Long.getLong("ristretto.fuzz.minutes", 10);
    private static final String SEED = "1";

    @Test
    void nothingIsFoundThatBreaksAParserOrTheStack() throws IOException, InterruptedException, URISyntaxException {
        Path directory = Files.createDirectories(Path.of("target", "fuzz").toAbsolutePath());
        Path found = Files.createDirectories(directory.resolve("found"));
        Path seeds = seeds(Files.createDirectories(directory.resolve("seeds")));
        Path log = directory.resolve("log");
        Process fuzzer = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-XX:+EnableDynamicAgentLoading", "-Xmx512m", "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + GuidedFuzzTarget.class.getName(), "--instrumentation_includes=dev.ristretto.**", "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/", "-seed=" + SEED, "-runs=" + RUNS, "-rss_limit_mb=0", found.toString(), seeds.toString()))
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(fuzzer.waitFor(MINUTES, TimeUnit.MINUTES), () -> "still running, see " + log);
        } finally {
            fuzzer.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(0, fuzzer.exitValue(), () -> "an input breaks it and is in " + directory + ":\n" + String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line -> line.matches("Done " + RUNS + " runs.*")), () -> "not all was tried, see " + log);
    }

    /** The seeds of all targets, each with the number of its target before it. */
    private Path seeds(Path into) throws IOException, URISyntaxException {
        for (int i = 0; i < GuidedFuzzTarget.TARGETS.size(); i++) {
            String target = GuidedFuzzTarget.TARGETS.get(i).getName();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(getClass().getResource("ParsersFuzzTestInputs/" + target).toURI()))) {
                for (Path file : files) {
                    byte[] content = Files.readAllBytes(file);
                    byte[] seed = new byte[content.length + 1];
                    seed[0] = (byte) i;
                    System.arraycopy(content, 0, seed, 1, content.length);
                    Files.write(into.resolve(target + "-" + file.getFileName()), seed);
                }
            }
        }
        return into;
    }
}
