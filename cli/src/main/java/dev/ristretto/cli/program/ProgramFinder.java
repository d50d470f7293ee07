package dev.ristretto.cli.program;

import dev.ristretto.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells what a path on the command line stands for. */
public final class ProgramFinder {
    /** The file formats that matter, by their first bytes. */
    public enum Kind {
        /** An ELF file, which should be an image. */
        ELF,
        /** A jar. */
        JAR,
        /** A folder or its {@code pom.xml}. */
        MAVEN_PROJECT
    }

    private static final String POM = "pom.xml";

    private ProgramFinder() { }

    /**
     * What {@code path} is.
     *
     * @throws CliException if it is nothing that can be built or run
     */
    public static Kind kind(Path path) throws CliException {
        if (!Files.exists(path)) {
            throw new CliException("There is no " + path, "Name a Maven project's folder, a jar or an image file.");
        }
        if (Files.isDirectory(path)) {
            return directory(path);
        }
        if (path.getFileName().toString().equals(POM)) {
            return Kind.MAVEN_PROJECT;
        }
        byte[] start = start(path);
        if (start.length == 4 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F') {
            return Kind.ELF;
        }
        if (path.getFileName().toString().endsWith(".jar") || start.length == 4 && start[0] == 'P' && start[1] == 'K') {
            return Kind.JAR;
        }
        throw new CliException(path + " is neither a jar nor an image nor a Maven project", gradleFile(path.getFileName().toString())
                ? GRADLE : "Name a Maven project's folder, a jar or an image file.");
    }

    private static final String GRADLE = "Gradle projects are not built here: run Gradle yourself and name the jar it makes.";

    private static Kind directory(Path path) throws CliException {
        if (Files.isRegularFile(path.resolve(POM))) {
            return Kind.MAVEN_PROJECT;
        }
        for (String name : List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")) {
            if (Files.exists(path.resolve(name))) {
                throw new CliException(path + " is a Gradle project", GRADLE);
            }
        }
        throw new CliException(path + " has no " + POM, "Name a Maven project's folder, a jar or an image file.");
    }

    private static boolean gradleFile(String name) {
        return name.endsWith(".gradle") || name.endsWith(".gradle.kts");
    }

    private static byte[] start(Path path) throws CliException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(4);
        } catch (IOException e) {
            throw new CliException("Cannot read " + path + ": " + e.getMessage(), "Check the file's permissions.", e);
        }
    }

    /** A jar as a program, named like it but for the version; what it makes goes to {@code directory}. */
    public static Program jar(Path jar, Path directory) {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "").replaceFirst("(?<=.)-\\d[\\w.+-]*$", "");
        return new Program(name, List.of(jar), directory);
    }
}
