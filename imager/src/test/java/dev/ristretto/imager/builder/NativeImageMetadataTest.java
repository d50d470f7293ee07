package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeImageMetadataTest {
    @Test
    void findsFilesInFoldersAndJars(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("lib.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/native-image/g/a/reflect-config.json"));
            out.write("[]".getBytes());
            out.putNextEntry(new ZipEntry("META-INF/native-image/g/a/native-image.properties"));
            out.write("Args = -H:ResourceConfigurationResources=${.}/r.json \\\n  --initialize-at-build-time=x".getBytes());
            out.putNextEntry(new ZipEntry("META-INF/other/reflect-config.json"));
        }
        Path folder = directory.resolve("classes");
        Files.createDirectories(folder.resolve("META-INF/native-image"));
        Files.writeString(folder.resolve("META-INF/native-image/reachability-metadata.json"), "{}");
        BuilderOptions options = NativeImageMetadata.of(List.of(folder, jar));
        assertEquals(List.of("-H:ReachabilityMetadataResources=META-INF/native-image/reachability-metadata.json",
                "-H:ResourceConfigurationResources=META-INF/native-image/g/a/r.json", "-H:ClassInitialization=x:build_time",
                "-H:ReflectionConfigurationResources=META-INF/native-image/g/a/reflect-config.json"), options.builder());
    }

    @Test
    void wordsMayBeQuoted() {
        assertEquals(List.of("a", "b c", "d\"e", ""), NativeImageMetadata.words(" a \"b c\"\td'\"'e ''"));
    }
}
