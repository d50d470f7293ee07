package dev.ristretto.imagetests.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.junit.platform.JUnitPlatformFeature;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;
import org.junit.platform.launcher.listeners.UniqueIdTrackingListener;

/**
 * Finds the test classes on the image's class path and has them compiled in: those under this module's package whose name ends
 * in {@code Test}, and those that a {@value #LIST} on the class path names (one binary name a line, for libraries' own suites).
 *
 * <p>{@link JUnitPlatformFeature} does the registration for reflection. It expects the directory that JUnit's unique-id listener
 * wrote during an earlier run; here that file is written from the search instead, so that no run has to come first and no
 * left-over file of one can decide what is tested.
 */
public final class TestCatalogFeature implements Feature {

    private static final String PACKAGE = "dev/ristretto/imagetests/";
    private static final String LIST = "dev/ristretto/imagetests/library-suites.txt";

    /** For the image builder, which finds the class by name. */
    public TestCatalogFeature() {
    }

    @Override
    public List<Class<? extends Feature>> getRequiredFeatures() {
        return List.of(JUnitPlatformFeature.class);
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        List<String> names = new ArrayList<>();
        try {
            for (Path entry : access.getApplicationClassPath()) {
                collect(entry, names);
            }
            Collections.sort(names);
            if (names.isEmpty()) {
                throw new IllegalStateException("No test class on the class path of the image: " + access.getApplicationClassPath()
                        + ". Add the jar of tests to it.");
            }
            Path directory = Files.createTempDirectory("test-ids");
            List<String> ids = names.stream().map(name -> "[engine:junit-jupiter]/[class:" + name + "]").toList();
            Path file = directory.resolve(UniqueIdTrackingListener.DEFAULT_OUTPUT_FILE_PREFIX + ".txt");
            Files.write(file, ids);
            file.toFile().deleteOnExit();
            System.setProperty(UniqueIdTrackingListener.OUTPUT_DIR_PROPERTY_NAME, directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot search the class path of the image for tests", e);
        }
        ImageSingletons.add(TestCatalog.class, new TestCatalog(names));
    }

    private static void collect(Path entry, List<String> names) throws IOException {
        if (Files.isDirectory(entry)) {
            collectBelow(entry, names);
        } else if (Files.isRegularFile(entry)) {
            try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                collectBelow(jar.getPath("/"), names);
            }
        }
    }

    private static void collectBelow(Path root, List<String> names) throws IOException {
        if (Files.isDirectory(root.resolve(PACKAGE))) {
            try (Stream<Path> files = Files.walk(root.resolve(PACKAGE))) {
                files.map(file -> root.relativize(file).toString())
                        .filter(name -> name.endsWith("Test.class") && name.indexOf('$') < 0)
                        .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.').replace('\\', '.'))
                        .forEach(names::add);
            }
        }
        if (Files.isRegularFile(root.resolve(LIST))) {
            Files.readAllLines(root.resolve(LIST)).stream().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(names::add);
        }
    }
}
