package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples by the command that their readers type. */
class ExamplesIT {

    private static final long MOST_BYTES_OF_HELLO = 8_000_000;

    private record Ended(int code, String output, String errors) { }

    @ParameterizedTest
    @ValueSource(strings = {"qemu", "process", "auto"})
    void hello(String machine) throws Exception {
        Ended ended = run("run", Checkout.example("hello").toString(), "--quick", "--on", machine, "--", "one", "two words");
        assertEquals(0, ended.code, ended.errors);
        assertTrue(ended.output.matches("Hello from Java 25\\S*, with nothing below it\\.\nargument: one\nargument: two words\n"), ended.output + ended.errors);
    }

    /** What an image holds besides the program is what the program uses; this is how one would notice that more got in. */
    @Test
    void helloIsSmall() throws Exception {
        Path image = Checkout.target("hello.elf");
        Ended ended = run("build", Checkout.example("hello").toString(), "--quick", "-o", image.toString());
        assertEquals(0, ended.code, ended.errors);
        assertTrue(Files.size(image) < MOST_BYTES_OF_HELLO, Files.size(image) + " bytes");
    }

    /** What takes the time is the builder, which says so while it works. */
    @Test
    void helloAgainIsNotCompiledAgain() throws Exception {
        run("run", Checkout.example("hello").toString(), "--quick");
        Ended ended = run("run", Checkout.example("hello").toString(), "--quick");
        assertEquals(0, ended.code, ended.errors);
        assertFalse(ended.errors.contains("%]") || ended.errors.contains("builder"), ended.errors);
    }

    @Test
    void kotlin() throws Exception {
        Ended ended = run("run", Checkout.example("hello-kotlin").toString(), "--quick", "--", "you");
        assertEquals(0, ended.code, ended.errors);
        assertEquals("""
                Hello from Kotlin, you!
                Ristretto: 20 ml
                Espresso: 30 ml
                Lungo: 60 ml
                The smallest is Coffee(name=Ristretto, millilitres=20), altogether 110 ml.
                """, ended.output);
    }

    @Test
    void scala() throws Exception {
        Ended ended = run("run", Checkout.example("hello-scala").toString(), "--quick", "--", "you");
        assertEquals(0, ended.code, ended.errors);
        assertEquals("""
                Hello from Scala, you!
                Ristretto: 20 ml
                Espresso: 30 ml
                Lungo: 60 ml
                The smallest is Coffee(Ristretto,20), altogether 110 ml.
                """, ended.output);
    }

    /** The second build starts from nothing: other cache, other work folders. */
    @Test
    void twoBuildsOfTheSameInputAreIdentical() throws Exception {
        Path cache = Files.createTempDirectory("ristretto-cache");
        Path first = Checkout.target("hello-first.elf");
        Path second = Checkout.target("hello-second.elf");
        try {
            String example = Checkout.example("hello").toString();
            Ended ended = run("build", example, "--quick", "-o", first.toString());
            assertEquals(0, ended.code, ended.errors);
            ended = run(Map.of("XDG_CACHE_HOME", cache.toString()), "build", example, "--quick", "-o", second.toString());
            assertEquals(0, ended.code, ended.errors);
            assertEquals(-1, Files.mismatch(first, second), "first byte that differs");
        } finally {
            try (Stream<Path> files = Files.walk(cache)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Ended run(String... words) throws IOException, InterruptedException {
        return run(Map.of(), words);
    }

    /** Starts the command line as {@code ./ristretto} does, but with the jars of this very build. */
    private static Ended run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        StringBuilder errors = new StringBuilder();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                errors.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                errors.append(e);
            }
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.join();
        return new Ended(process.waitFor(), output, errors.toString());
    }
}
