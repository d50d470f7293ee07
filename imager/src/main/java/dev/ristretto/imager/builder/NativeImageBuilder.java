package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
     * @param output  hears what the builder prints, while it works
     * @return the object, a file of the request's work directory
     * @throws ImagingException     if the builder refuses the program or cannot be run
     * @throws InterruptedException if the calling thread is interrupted; the builder is then ended
     */
    public Path build(BuilderRequest request, BuilderOutput output) throws ImagingException, InterruptedException {
        BuilderFailure failure = new BuilderFailure(request.log());
        try {
            Files.createDirectories(request.workDirectory().resolve("object"));
            int status = run(new BuilderCommand(jars, request).words(), request.log(), failure, output);
            if (status != 0) {
                throw failure.exception(status);
            }
            return object(request);
        } catch (IOException e) {
            throw new ImagingException("The native-image builder could not be run: " + e.getMessage(), null, e);
        }
    }

    private static int run(List<String> command, Path log, BuilderFailure failure, BuilderOutput output) throws IOException, InterruptedException {
        ProcessBuilder processBuilder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options for every JVM of the user's are not meant for this one, and would make images differ.
        processBuilder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"));
        Process process = processBuilder.start();
        Thread endWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithUs);
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
             BufferedWriter writer = Files.newBufferedWriter(log)) {
            process.getOutputStream().close();
            Thread pump = Thread.ofPlatform().daemon().name("builder output").start(() -> pump(reader, writer, failure, output));
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

    private static void pump(Reader reader, BufferedWriter log, BuilderFailure failure, BuilderOutput output) {
        StringBuilder line = new StringBuilder();
        char[] buffer = new char[4096];
        try {
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        log.append(line).append('\n');
                        failure.line(line.toString());
                        output.line(line.toString());
                        line.setLength(0);
                    } else if (buffer[i] != '\r') {
                        line.append(buffer[i]);
                    }
                }
                output.begun(line.toString());
                log.flush();
            }
            log.append(line);
            failure.line(line.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path object(BuilderRequest request) throws IOException {
        try (Stream<Path> files = Files.walk(request.workDirectory().resolve("object"))) {
            return files.filter(file -> file.getFileName().toString().equals(request.name() + ".o")).findFirst()
                    .orElseThrow(() -> new IOException("it ended well but left no " + request.name() + ".o"));
        }
    }
}
