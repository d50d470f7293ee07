package dev.ristretto.imager;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The imager's own class files and resources, which decide what comes out as much as the program does. */
public final class OwnCode {
    private OwnCode() {
    }

    /** Adds everything below a folder such as {@code dev/ristretto/imager/link}. */
    static void addTo(ContentHash hash, String folder) throws IOException {
        Path code = location();
        if (Files.isDirectory(code)) {
            hash.addContents(code.resolve(folder));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                hash.addContents(jar.getPath("/" + folder));
            }
        }
    }

    /** Copies a folder's class files to where a class path can begin; returns that place. */
    public static Path copyTo(Path root, String folder) throws IOException {
        Path code = location();
        Files.createDirectories(root.resolve(folder));
        if (Files.isDirectory(code)) {
            copy(code.resolve(folder), root.resolve(folder));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                copy(jar.getPath("/" + folder), root.resolve(folder));
            }
        }
        return root;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path location() {
        try {
            return Path.of(OwnCode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
