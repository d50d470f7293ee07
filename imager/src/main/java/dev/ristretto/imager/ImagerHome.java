package dev.ristretto.imager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the imager needs besides a program.
 *
 * @param builder  folder with the jars of the native-image builder, nothing else
 * @param platform jars that go into every image below the program: machine, kernel, JDK natives and what they need
 * @param metadata the GraalVM reachability metadata repository, a zip file; null for none
 */
public record ImagerHome(Path builder, List<Path> platform, Path metadata) {
    public ImagerHome {
        platform = List.copyOf(platform);
    }

    /** A home without a metadata repository. */
    public ImagerHome(Path builder, List<Path> platform) {
        this(builder, platform, null);
    }

    /**
     * The usual folders of a distribution: {@code builder/}, {@code platform/} and, if it is there, {@code metadata/} with the zip file.
     *
     * @throws ImagingException if one is missing
     */
    public static ImagerHome of(Path directory) throws ImagingException {
        Path platform = directory.resolve("platform");
        Path metadata = directory.resolve("metadata");
        try {
            List<Path> repositories = Files.isDirectory(metadata) ? filesIn(metadata, ".zip") : List.of();
            return new ImagerHome(directory.resolve("builder"), filesIn(platform, ".jar"),
                    repositories.isEmpty() ? null : repositories.getLast());
        } catch (IOException e) {
            throw new ImagingException("The jars for images are not where they should be: " + platform,
                    "Build Ristretto again; -Dristretto.home= names the folder that holds builder/ and platform/.", e);
        }
    }

    private static List<Path> filesIn(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
        }
    }
}
