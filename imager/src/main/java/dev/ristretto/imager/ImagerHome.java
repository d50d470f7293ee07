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
 */
public record ImagerHome(Path builder, List<Path> platform) {
    public ImagerHome {
        platform = List.copyOf(platform);
    }

    /**
     * The usual folders of a distribution: {@code builder/} and {@code platform/}.
     *
     * @throws ImagingException if one is missing
     */
    public static ImagerHome of(Path directory) throws ImagingException {
        Path platform = directory.resolve("platform");
        try (Stream<Path> files = Files.list(platform)) {
            return new ImagerHome(directory.resolve("builder"),
                    files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList());
        } catch (IOException e) {
            throw new ImagingException("The jars for images are not where they should be: " + platform,
                    "Build Ristretto again; -Dristretto.home= names the folder that holds builder/ and platform/.", e);
        }
    }
}
