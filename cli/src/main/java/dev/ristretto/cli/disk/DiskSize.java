package dev.ristretto.cli.disk;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 64m}, {@code 64MiB}, {@code 1g} or {@code 2t} as bytes; a plain number is in MiB, as for memory. */
final class DiskSize implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(?:([kmgt])(?:i?b)?)?");
    private static final String UNITS = "kmgt";

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            throw new TypeConversionException("'" + text + "' is no size of a disk; say MiB such as 512, or 512m, 20g, 1t");
        }
        String unit = size.group(2) == null ? "m" : size.group(2);
        return Long.parseLong(size.group(1)) << 10 * (1 + UNITS.indexOf(unit));
    }

    /** Says a number of bytes to a person. */
    static String text(long bytes) {
        int unit = -1;
        double value = bytes;
        while (value >= 1024 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        if (unit < 0) {
            return bytes + " bytes";
        }
        String digits = value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
        return digits + " " + Character.toUpperCase(UNITS.charAt(unit)) + "iB";
    }
}
