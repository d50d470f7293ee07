package dev.ristretto.systemtests;

import dev.ristretto.imager.files.SealedFiles;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The files that are sealed into the image of the tests; the same each time, so that the image is. */
final class SealedSource {
    /** Where programs find the folder, and the jar. */
    static final String FOLDER_IN_IMAGE = "/srv/tree";
    static final String JAR_IN_IMAGE = "/library";
    private static final int LARGE = 1_000_003;

    private SealedSource() {
    }

    /** The folder on this host. */
    static Path folder() {
        return Checkout.target("sealed/tree");
    }

    /** The jar on this host. */
    static Path jar() {
        return Checkout.target("sealed/library-1.jar");
    }

    /** Makes both, and says how they are to be sealed in. */
    static List<SealedFiles> make() throws IOException {
        Files.createDirectories(folder().resolve("docs/deep/deeper"));
        Files.createDirectories(folder().resolve("empty"));
        Files.writeString(folder().resolve("docs/page.html"), "<p>Some text that repeats itself, %s.\n".formatted("again and again").repeat(10_000));
        Files.writeString(folder().resolve("docs/deep/deeper/\u00e9t\u00e9"), "accents\n");
        Files.write(folder().resolve("docs/nothing"), new byte[0]);
        byte[] noise = new byte[LARGE];
        new Random(1).nextBytes(noise);
        Files.write(folder().resolve("noise"), noise);
        for (int i = 0; i < 300; i++) {
            Files.writeString(Files.createDirectories(folder().resolve("many")).resolve("file" + i), "number " + i);
        }
        link("start", "docs/page.html");
        link("docs/up", "..");
        link("dangling", "nowhere");
        Files.deleteIfExists(jar());
        try (FileSystem jar = FileSystems.newFileSystem(jar(), Map.of("create", true))) {
            Files.createDirectories(jar.getPath("META-INF"));
            Files.writeString(jar.getPath("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n\n");
            Files.writeString(jar.getPath("text"), "stored although it could be compressed ".repeat(1000));
            Files.setLastModifiedTime(jar.getPath("text"), FileTime.fromMillis(0));
        }
        return List.of(new SealedFiles(folder(), FOLDER_IN_IMAGE, false), new SealedFiles(jar(), JAR_IN_IMAGE, true));
    }

    private static void link(String name, String target) throws IOException {
        Files.deleteIfExists(folder().resolve(name));
        Files.createSymbolicLink(folder().resolve(name), Path.of(target));
    }
}
