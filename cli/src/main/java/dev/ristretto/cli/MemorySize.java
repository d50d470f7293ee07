package dev.ristretto.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 128}, {@code 128m}, {@code 128MiB} or {@code 1g} as MiB. */
final class MemorySize implements ITypeConverter<Integer> {
    private static final int MAX_GIB = 1024;

    @Override
    public Integer convert(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        int unit = plain.matches("\\d{1,7}g(i?b)?") ? 1024 : plain.matches("\\d{1,7}(m(i?b)?)?") ? 1 : 0;
        long mib = unit == 0 ? 0 : Long.parseLong(plain.replaceAll("\\D", "")) * unit;
        if (mib < 1 || mib > MAX_GIB * 1024L) {
            throw new TypeConversionException("'" + text + "' is no amount of memory; say MiB such as 128, or 1g");
        }
        return (int) mib;
    }
}
