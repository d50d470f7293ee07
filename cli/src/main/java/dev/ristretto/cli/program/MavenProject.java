package dev.ristretto.cli.program;

import dev.ristretto.cli.CliException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Maven project as a program: its jar and what it needs at run time. Maven is called when something the jar is made from is newer than
 * what the last call left behind, and not otherwise.
 */
public final class MavenProject {
    private static final String DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";
    private static final String OWN_JAR = "(?!original-).*(?<!-sources|-javadoc|-tests|-test-sources)\\.jar";
    private static final int ERROR_LINES = 20;

    private final Path directory;
    private final Path pom;
    private final Path classpathFile;

    /**
     * @param path the project's folder or its {@code pom.xml}
     */
    public MavenProject(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        directory = Files.isDirectory(absolute) ? absolute : absolute.getParent();
        pom = directory.resolve("pom.xml");
        classpathFile = directory.resolve("target/ristretto/classpath.txt");
    }

    /**
     * The program, packaged.
     *
     * @param output takes Maven's lines as they come
     * @throws CliException if Maven is missing or fails, or there is no jar afterwards
     */
    public Program program(Consumer<String> output) throws CliException, InterruptedException {
        try {
            Pom read = Pom.read(pom);
            if (read.packaging().equals("pom")) {
                throw onlyModules(read.modules());
            }
            if (outOfDate()) {
                callMaven(output);
            }
            Path jar = jar();
            List<Path> classpath = new ArrayList<>(List.of(jar));
            for (String entry : Files.readString(classpathFile).strip().split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    classpath.add(Path.of(entry));
                }
            }
            for (Path entry : classpath) {
                if (!Files.exists(entry)) {
                    throw new CliException(entry + ", which " + pom + " needs, is gone", "Delete " + classpathFile + " and try again.");
                }
            }
            return new Program(ProgramFinder.jar(jar, directory).name(), classpath, directory.resolve("target/ristretto"));
        } catch (IOException | UncheckedIOException e) {
            throw new CliException("Cannot read the project in " + directory + ": " + e.getMessage(), "", e);
        }
    }

    private boolean outOfDate() throws IOException, CliException {
        if (!Files.exists(classpathFile) || jars().isEmpty()) {
            return true;
        }
        FileTime stamp = Files.getLastModifiedTime(classpathFile);
        if (newer(pom, stamp) || newer(directory.resolve("../pom.xml"), stamp)) {
            return true;
        }
        Path sources = directory.resolve("src");
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.anyMatch(file -> newer(file, stamp)); // a folder is newer when a file in it was deleted
        }
    }

    private static boolean newer(Path file, FileTime stamp) {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(stamp) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void callMaven(Consumer<String> output) throws IOException, InterruptedException, CliException {
        Path wrapper = directory.resolve("mvnw");
        String maven = Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
        ProcessBuilder builder = new ProcessBuilder(maven, "-q", "-B", "-f", pom.toString(), "package", "-DskipTests", DEPENDENCY_PLUGIN,
                "-Dmdep.outputFile=" + classpathFile, "-Dmdep.includeScope=runtime");
        builder.directory(directory.toFile()).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Files.deleteIfExists(classpathFile);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CliException("Maven cannot be started: " + e.getMessage(), "Type: apt-get install -y --no-install-recommends maven",
                    e);
        }
        List<String> errors = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                output.accept(line);
                if (line.contains("[ERROR]") && errors.size() < ERROR_LINES) {
                    errors.add(line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new CliException("Maven could not package " + directory + (errors.isEmpty() ? "" : "\n" + String.join("\n", errors)),
                    "Try it yourself: mvn -f " + pom + " package");
        }
        if (!Files.exists(classpathFile)) {
            throw onlyModules(List.of());
        }
    }

    private CliException onlyModules(List<String> modules) {
        return new CliException(pom + " makes no jar: it only brings modules together",
                "Name the folder of the module to run" + (modules.isEmpty() ? "." : ": " + String.join(", ", modules) + "."));
    }

    private Path jar() throws IOException, CliException {
        List<Path> jars = jars();
        if (jars.isEmpty()) {
            throw new CliException(pom + " makes no jar in " + directory.resolve("target"),
                    "Name the folder of a project whose packaging is jar, or a jar.");
        }
        return jars.getFirst();
    }

    /** Jars that a project of packaging jar makes besides its own are told by their classifier; the newest of the rest comes first. */
    private List<Path> jars() throws IOException {
        Path target = directory.resolve("target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(OWN_JAR))
                    .sorted((a, b) -> modified(b).compareTo(modified(a))).toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
