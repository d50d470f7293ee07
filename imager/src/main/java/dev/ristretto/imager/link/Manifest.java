package dev.ristretto.imager.link;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an image says about itself to whoever is going to start it: {@code key=value} lines in UTF-8.
 *
 * <p>Readers ignore keys they do not know and refuse a {@link #FORMAT} they do not know.
 *
 * @param values by key, in the order of the lines; values hold no line breaks
 */
public record Manifest(Map<String, String> values) {
    /** Version of this format. */
    public static final String FORMAT = "1";

    /** Key of the format's version; the first line. */
    public static final String KEY_FORMAT = "format";
    /** Key of the image's name. */
    public static final String KEY_NAME = "name";
    /** Key of the build's identity: hexadecimal, equal for equal inputs. */
    public static final String KEY_BUILD_ID = "build-id";
    /** Key of the version of the JDK whose class library is in the image. */
    public static final String KEY_JAVA = "java";
    /** Key of the version of the native-image builder. */
    public static final String KEY_BUILDER = "builder";
    /** Key of what the image runs on: words with commas between, {@code x86_64-bare} and {@code x86_64-process}. */
    public static final String KEY_MACHINE = "machine";
    /** Key of the processor features without which the image does not start: words with commas between. */
    public static final String KEY_CPU = "cpu";
    /** Key of the devices without which the image does not start: words with commas between, may be empty. */
    public static final String KEY_DEVICES = "devices";
    /** Key of the least memory the image starts in, in MiB. */
    public static final String KEY_MIN_MEMORY = "min-memory-mib";
    /** Key of the main class' binary name. */
    public static final String KEY_MAIN = "main";

    public Manifest {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((key, value) -> {
            if (key.isEmpty() || key.contains("=") || hasLineBreak(key) || hasLineBreak(value)) {
                throw new IllegalArgumentException("not a manifest line: " + key + "=" + value);
            }
        });
    }

    /** The value for this key, or null. */
    public String get(String key) {
        return values.get(key);
    }

    /** The manifest as text, with a line break after each line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /**
     * Reads the text of a manifest.
     *
     * @throws LinkException if a line has no key, or the format's version is another than {@link #FORMAT}
     */
    public static Manifest parse(String text) throws LinkException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (!line.isEmpty()) {
                throw new LinkException("The image's manifest has a line that is no key=value: " + line);
            }
        }
        if (!FORMAT.equals(values.get(KEY_FORMAT))) {
            throw new LinkException("The image's manifest is of format " + values.get(KEY_FORMAT) + ", not " + FORMAT,
                    "Build the image again with this version of Ristretto.");
        }
        return new Manifest(values);
    }

    private static boolean hasLineBreak(String value) {
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
    }
}
