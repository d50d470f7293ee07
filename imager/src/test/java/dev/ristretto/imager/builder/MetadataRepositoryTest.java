package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.ImagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jdk.graal.compiler.util.json.JsonParser;
import org.graalvm.collections.EconomicMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataRepositoryTest {
    private static final String INDEX = """
            [ { "module": "g:a", "metadata-version": "1.0", "tested-versions": ["1.0", "1.1"] },
              { "module": "g:a", "metadata-version": "2.0", "tested-versions": ["2.0"], "default-for": "2\\\\..*", "override": true },
              { "module": "g:other", "metadata-version": "9", "tested-versions": ["1.0"] },
              { "module": "g:a", "metadata-version": "3.0", "latest": true, "tested-versions": ["3.0"] } ]
            """;

    @TempDir
    private Path directory;

    private Path zip(String name, Map<String, String> entries) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes());
            }
        }
        return file;
    }

    private static String chosen(String version) throws Exception {
        EconomicMap<String, Object> entry = MetadataRepository.choose((List<?>) new JsonParser(INDEX).parse(),
                new MetadataRepository.Coordinates("g", "a", version));
        return (String) entry.get("metadata-version");
    }

    @Test
    void versionsAreChosenByTestThenByPatternThenByAge() throws Exception {
        assertEquals("1.0", chosen("1.1"));
        assertEquals("2.0", chosen("2.0"));
        assertEquals("2.0", chosen("2.7"));
        assertEquals("3.0", chosen("1.5"));
        assertNull(MetadataRepository.choose(List.of(), new MetadataRepository.Coordinates("g", "a", "1")));
    }

    @Test
    void listsOfAJarsVersionAreFound() throws Exception {
        Path repository = zip("repository.zip", Map.of("g/a/index.json", INDEX,
                "g/a/2.0/index.json", "[\"reflect-config.json\", \"missing.json\"]", "g/a/2.0/reflect-config.json", "[1]",
                "g/a/1.0/index.json", "[]"));
        Path jar = zip("a-2.5.jar", Map.of("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=2.5\n"));
        Path stranger = zip("b.jar", Map.of("B.class", ""));
        MetadataRepository.Selection selection = new MetadataRepository(repository).select(List.of(directory, jar, stranger));
        assertEquals(Set.of("META-INF/native-image/g/a/reflect-config.json"), selection.files().keySet());
        assertEquals(List.of(jar), selection.overridden());
        BuilderOptions options = new BuilderOptions();
        NativeImageMetadata.add(options, selection.files());
        assertEquals(List.of("-H:ReflectionConfigurationResources=META-INF/native-image/g/a/reflect-config.json"), options.builder());
    }

    @Test
    void aShadedJarIsTheLibraryItIsNamedAfter() throws IOException {
        String properties = "groupId=%s\nartifactId=%s\nversion=1\n";
        Map<String, String> both = Map.of("META-INF/maven/g/a/pom.properties", properties.formatted("g", "a"),
                "META-INF/maven/g/b/pom.properties", properties.formatted("g", "b"));
        assertEquals("b", MetadataRepository.coordinates(zip("b-1.jar", both)).artifact());
        assertNull(MetadataRepository.coordinates(zip("all.jar", both)));
    }

    @Test
    void aDamagedRepositoryIsToldAsSuch() throws IOException {
        Path repository = Files.writeString(directory.resolve("r.zip"), "no zip");
        ImagingException e = assertThrows(ImagingException.class, () -> new MetadataRepository(repository).select(List.of()));
        assertTrue(e.getMessage().contains("r.zip"), e.getMessage());
    }
}
