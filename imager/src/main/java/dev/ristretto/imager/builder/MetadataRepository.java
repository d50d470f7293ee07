package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jdk.graal.compiler.util.json.JsonParser;
import jdk.graal.compiler.util.json.JsonParserException;
import org.graalvm.collections.EconomicMap;

/**
 * The GraalVM reachability metadata repository: lists, made by people other than a library's authors, of what the library uses by
 * reflection and so on. A zip file ({@code org.graalvm.buildtools:graalvm-reachability-metadata}, classifier {@code repository}) with a
 * folder for each library, in it {@code index.json} and a folder for each version the lists were made for.
 *
 * <p>Which version's lists are used follows the repository's own rule: the one tested with the library's version, else the one whose
 * {@code default-for} pattern matches it, else the one marked as the latest.
 */
public final class MetadataRepository {
    private final Path zip;

    /** A library as its {@code pom.properties} names it. */
    record Coordinates(String group, String artifact, String version) {
    }

    /**
     * What was found for a class path.
     *
     * @param files      contents by name, {@code META-INF/native-image/GROUP/ARTIFACT/...}
     * @param overridden jars whose own files of that kind are not to be used, because the repository's replace them
     */
    public record Selection(Map<String, byte[]> files, List<Path> overridden) {
    }

    /** The repository in this file. */
    public MetadataRepository(Path zip) {
        this.zip = zip;
    }

    /**
     * Finds what the repository knows about a class path's jars. Jars that do not say which library they are have nothing.
     *
     * @throws ImagingException if the repository or a jar cannot be read
     */
    public Selection select(List<Path> classPath) throws ImagingException {
        Map<String, byte[]> files = new TreeMap<>();
        List<Path> overridden = new ArrayList<>();
        try (ZipFile repository = new ZipFile(zip.toFile())) {
            for (Path jar : classPath) {
                Coordinates library = Files.isDirectory(jar) ? null : coordinates(jar);
                if (library != null) {
                    add(repository, jar, library, files, overridden);
                }
            }
        } catch (IOException | JsonParserException e) {
            throw new ImagingException("The reachability metadata cannot be read: " + e.getMessage() + " (" + zip + ")",
                    "Build Ristretto again, so that the file is fetched anew.", e);
        }
        return new Selection(files, overridden);
    }

    private static void add(ZipFile repository, Path jar, Coordinates library, Map<String, byte[]> files, List<Path> overridden)
            throws IOException {
        String folder = library.group + "/" + library.artifact + "/";
        String index = text(repository, folder + "index.json");
        if (index == null) {
            return;
        }
        EconomicMap<String, Object> chosen = choose((List<?>) new JsonParser(index).parse(), library);
        if (chosen == null) {
            return;
        }
        String version = folder + chosen.get("metadata-version") + "/";
        String list = text(repository, version + "index.json");
        for (Object name : list == null ? List.of() : (List<?>) new JsonParser(list).parse()) {
            String contents = text(repository, version + name);
            if (contents != null) {
                files.put("META-INF/native-image/" + folder + name, contents.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (Boolean.TRUE.equals(chosen.get("override"))) {
            overridden.add(jar);
        }
    }

    /** The entry for a library's version, or null. */
    @SuppressWarnings("unchecked")
    static EconomicMap<String, Object> choose(List<?> entries, Coordinates library) {
        EconomicMap<String, Object> byDefault = null;
        EconomicMap<String, Object> latest = null;
        for (Object element : entries) {
            EconomicMap<String, Object> entry = (EconomicMap<String, Object>) element;
            if (!(library.group + ":" + library.artifact).equals(entry.get("module"))) {
                continue;
            }
            if (entry.get("tested-versions") instanceof List<?> tested && tested.contains(library.version)) {
                return entry;
            }
            if (byDefault == null && entry.get("default-for") instanceof String pattern && matches(pattern, library.version)) {
                byDefault = entry;
            }
            if (Boolean.TRUE.equals(entry.get("latest"))) {
                latest = entry;
            }
        }
        return byDefault != null ? byDefault : latest;
    }

    private static boolean matches(String pattern, String version) {
        try {
            return Pattern.matches(pattern, version);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Which library a jar is; null if it does not say, or holds several and none that it is named after. */
    static Coordinates coordinates(Path jar) throws IOException {
        List<Coordinates> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")).toList()) {
                Properties properties = new Properties();
                try (InputStream in = file.getInputStream(entry);
                     Reader reader = new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                    properties.load(reader);
                }
                found.add(new Coordinates(properties.getProperty("groupId", ""), properties.getProperty("artifactId", ""),
                        properties.getProperty("version", "")));
            }
        }
        String name = jar.getFileName().toString();
        return found.size() == 1 ? found.getFirst()
                : found.stream().filter(library -> name.startsWith(library.artifact + "-" + library.version)).findFirst().orElse(null);
    }

    private static String text(ZipFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
