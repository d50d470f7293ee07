package dev.ristretto.launcher.image;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifest note of an image: lines of {@code key=value}. Keys this version does not know are kept and otherwise ignored.
 *
 * @param values all keys in the order of the file
 */
public record ImageManifest(Map<String, String> values) {
    /** The one format version that this launcher understands. */
    public static final String FORMAT = "1";

    public ImageManifest {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the note's text; lines without {@code =} are ignored, of a repeated key the last one counts. */
    public static ImageManifest parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        return new ImageManifest(values);
    }

    /** The value of {@code key}, empty if there is none. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    /** Format version, {@link #FORMAT} for images this launcher can start. */
    public String format() {
        return value("format");
    }

    /** Name of the image. */
    public String name() {
        return value("name");
    }

    /** Hexadecimal id of the build. */
    public String buildId() {
        return value("build-id");
    }

    /** What the image runs on, such as {@code x86_64-bare}. */
    public List<String> machines() {
        return words("machine");
    }

    /** CPU features or levels ({@code x86-64-v3}) that the code needs. */
    public List<String> cpuFeatures() {
        return words("cpu");
    }

    /** Devices that the image cannot do without. */
    public List<String> devices() {
        return words("devices");
    }

    /**
     * Least memory the image starts with, in MiB; 0 if the manifest does not say.
     *
     * @throws NumberFormatException if it says something that is not a number
     */
    public int minMemoryMib() {
        String value = value("min-memory-mib");
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private List<String> words(String key) {
        return Arrays.stream(value(key).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
