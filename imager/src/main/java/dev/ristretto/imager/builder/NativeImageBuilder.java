package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the native-image builder once per {@link #build}. Instances hold no state of a run; runs may not share a work directory. */
public final class NativeImageBuilder {
    private final BuilderJars jars;

    /** A builder made of the given jars. */
    public NativeImageBuilder(BuilderJars jars) {
        this.jars = jars;
    }

    /**
     * Compiles a program to a relocatable object.
     *
     * @param request what to compile
     * @param output  gets each line that the builder prints, while it works
     * @return the object, a file of the request's work directory
     * @throws ImagingException     if the builder refuses the program or cannot be run
     * @throws InterruptedException if the calling thread is interrupted; the builder is then ended
     */
    public Path build(BuilderRequest request, Consumer<String> output) throws ImagingException, InterruptedException {
        Path log = request.workDirectory().resolve("builder.log");
        BuilderFailure failure = new BuilderFailure(log);
        try {
            Files.createDirectories(request.workDirectory().resolve("object"));
            int status = run(new BuilderCommand(jars, request).words(), log, line -> {
                failure.line(line);
                output.accept(line);
            });
            if (status != 0) {
                throw failure.exception(status);
            }
            return object(request);
        } catch (IOException e) {
            throw new ImagingException("The native-image builder could not be run: " + e.getMessage(), null, e);
        }
    }

    private static int run(List<String> command, Path log, Consumer<String> output) throws IOException, InterruptedException {
        ProcessBuilder processBuilder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options for every JVM of the user's are not meant for this one, and would make images differ.
        processBuilder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"));
        Process process = processBuilder.start();
        Thread endWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithUs);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
             BufferedWriter writer = Files.newBufferedWriter(log)) {
            process.getOutputStream().close();
            Thread pump = Thread.ofPlatform().daemon().name("builder output").start(() -> reader.lines().forEach(line -> {
                write(writer, line);
                output.accept(line);
            }));
            int status = process.waitFor();
            pump.join();
            return status;
        } finally {
            process.destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(endWithUs);
            } catch (IllegalStateException shuttingDown) {
                // Then the hook has run or is about to.
            }
        }
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.newLine();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path object(BuilderRequest request) throws IOException {
        try (Stream<Path> files = Files.walk(request.workDirectory().resolve("object"))) {
            return files.filter(file -> file.getFileName().toString().equals(request.name() + ".o")).findFirst()
                    .orElseThrow(() -> new IOException("it ended well but left no " + request.name() + ".o"));
        }
    }
}
