package dev.ristretto.imager.builder;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What libraries say about themselves under {@code META-INF/native-image}: options in {@code native-image.properties}, and files that
 * list what is used by reflection, as resources and so on.
 *
 * <p>The builder reads those files only when it is told each one's name, which the {@code native-image} command does and this class
 * does here.
 */
public final class NativeImageMetadata {
    private static final String ROOT = "META-INF/native-image/";
    private static final String PROPERTIES = "native-image.properties";
    /** File names and the builder's options for them ({@code com.oracle.svm.core.configure.ConfigurationFiles.Options}). */
    private static final Map<String, String> CONFIGURATIONS = Map.of(
            "reachability-metadata.json", "ReachabilityMetadataResources",
            "reflect-config.json", "ReflectionConfigurationResources",
            "jni-config.json", "JNIConfigurationResources",
            "proxy-config.json", "DynamicProxyConfigurationResources",
            "resource-config.json", "ResourceConfigurationResources",
            "serialization-config.json", "SerializationConfigurationResources",
            "predefined-classes-config.json", "PredefinedClassesConfigurationResources");

    private NativeImageMetadata() {
    }

    /**
     * Collects the options of all class path entries, in class path order.
     *
     * @throws IOException if an entry cannot be read
     */
    public static BuilderOptions of(List<Path> classPath) throws IOException {
        return of(classPath, Set.of());
    }

    /**
     * Adds options for further files, which will be on the class path too.
     *
     * @param files contents by name, {@code META-INF/native-image/...}
     */
    public static void add(BuilderOptions options, Map<String, byte[]> files) {
        new TreeMap<>(files).forEach((name, contents) -> {
            if (wanted(name)) {
                add(options, name, new String(contents, StandardCharsets.UTF_8));
            }
        });
    }

    /**
     * Collects the options of all class path entries but some, in class path order.
     *
     * @throws IOException if an entry cannot be read
     */
    public static BuilderOptions of(List<Path> classPath, Collection<Path> passedOver) throws IOException {
        BuilderOptions options = new BuilderOptions();
        for (Path entry : classPath) {
            if (passedOver.contains(entry)) {
                continue;
            }
            // Sorted, so that the order of entries in a jar or a folder does not matter.
            new TreeMap<>(Files.isDirectory(entry) ? ofFolder(entry) : ofJar(entry)).forEach((name, text) -> add(options, name, text));
        }
        return options;
    }

    private static void add(BuilderOptions options, String name, String text) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        if (file.equals(PROPERTIES)) {
            options.add(arguments(name.substring(0, name.lastIndexOf('/')), text));
        } else {
            options.add(List.of("-H:" + CONFIGURATIONS.get(file) + "=" + name));
        }
    }

    private static boolean wanted(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith(ROOT) && (file.equals(PROPERTIES) || CONFIGURATIONS.containsKey(file));
    }

    private static Map<String, String> ofFolder(Path folder) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        Path root = folder.resolve(ROOT);
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    if (wanted(name)) {
                        found.put(name, name.endsWith(PROPERTIES) ? Files.readString(file, StandardCharsets.UTF_8) : "");
                    }
                }
            }
        }
        return found;
    }

    private static Map<String, String> ofJar(Path jar) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().filter(entry -> wanted(entry.getName())).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    found.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    /** The words of {@code Args} and {@code JavaArgs}; {@code ${.}} stands for the folder of the properties file. */
    static List<String> arguments(String folder, String text) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(text)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>();
        for (String word : words(properties.getProperty("Args", ""))) {
            words.add(word.replace("${.}", folder));
        }
        for (String word : words(properties.getProperty("JavaArgs", ""))) {
            words.add("-J" + word.replace("${.}", folder));
        }
        return words;
    }

    /** Splits at white space outside of quotes, and takes the quotes out. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
            } else {
                word.append(c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
