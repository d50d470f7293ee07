package dev.ristretto.imager.builder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes, offsets and values of the C structures and constants that one class of C directives stands for, read from the resource named
 * after that class.
 *
 * <p>A resource has one element a line; white space separates words, {@code #} begins a comment line. Signedness is {@code s} or
 * {@code u}, absent for what is no integer; sizes and offsets are decimal bytes, values hexadecimal:
 * <pre>
 * constant NAME SIZE SIGNEDNESS VALUE
 * pointer  NAME SIZE [SIGNEDNESS]         what a pointer points to
 * struct   NAME SIZE                      followed by its fields
 * field    NAME OFFSET SIZE [SIGNEDNESS]
 * enum     NAME SIZE SIGNEDNESS           followed by its values
 * value    NAME SIZE SIGNEDNESS VALUE
 * </pre>
 */
public final class CLayouts {
    /** The structure that the boot code's {@code determineCPUFeatures} fills in. */
    private static final String CPU_FEATURES = "AMD64LibCHelperDirectives";

    private final String directives;
    private final List<String[]> elements;

    private CLayouts(String directives, List<String[]> elements) {
        this.directives = directives;
        this.elements = elements;
    }

    /** The layouts for the class of directives with this simple name; that there are any is a matter of this jar's being whole. */
    static CLayouts of(String directives) {
        String resource = directives + ".txt";
        try (InputStream in = CLayouts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return parse(directives, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CLayouts parse(String directives, String text) {
        return new CLayouts(directives, text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+")).toList());
    }

    /**
     * Where the boot code has to put each CPU feature: offset in bytes of the one-byte field, by the field's name, which is {@code f}
     * followed by the name of the {@code jdk.vm.ci.amd64.AMD64.CPUFeature}.
     */
    public static Map<String, Integer> cpuFeatureOffsets() {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (String[] words : of(CPU_FEATURES).elements) {
            if (words[0].equals("field")) {
                offsets.put(words[1], Integer.parseInt(words[2]));
            }
        }
        return offsets;
    }

    /** The same in the form of the builder's cache: one {@code key=value} a line. */
    String cacheText() {
        StringBuilder text = new StringBuilder();
        String root = "NativeCodeInfo:" + directives + ":";
        String parent = root;
        for (String[] words : elements) {
            String name = words[1];
            switch (words[0]) {
                case "constant" -> integer(text, root + "ConstantInfo:" + name, words);
                case "value" -> integer(text, parent + ":EnumConstantInfo:" + name, words);
                case "pointer" -> {
                    property(text, root + "PointerToInfo:" + name, "size", words[2]);
                    signedness(text, root + "PointerToInfo:" + name, words, 3);
                }
                case "struct" -> {
                    parent = root + "StructInfo:" + name;
                    property(text, parent, "size", words[2]);
                }
                case "enum" -> {
                    parent = root + "EnumInfo:" + name;
                    property(text, parent, "size", words[2]);
                    signedness(text, parent, words, 3);
                }
                case "field" -> {
                    String field = parent + ":StructFieldInfo:" + name;
                    property(text, field, "size", words[3]);
                    property(text, field, "offset", words[2]);
                    signedness(text, field, words, 4);
                }
                default -> throw new IllegalArgumentException(directives + ": unknown element " + words[0]);
            }
        }
        return text.toString();
    }

    private static void integer(StringBuilder text, String element, String[] words) {
        property(text, element, "size", words[2]);
        signedness(text, element, words, 3);
        property(text, element, "value", words[4]);
    }

    private static void signedness(StringBuilder text, String element, String[] words, int index) {
        if (words.length > index) {
            property(text, element, "signedness", words[index].equals("s") ? "$SIGNED$" : "$UNSIGNED$");
        }
    }

    private static void property(StringBuilder text, String element, String name, String value) {
        text.append(element).append(":PropertyInfo:").append(name).append('=').append(value).append('\n');
    }
}
