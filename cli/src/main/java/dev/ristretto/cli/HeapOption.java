package dev.ristretto.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What follows {@code -X}: the sizes that an image knows, of the heap, its young generation and stacks. */
final class HeapOption implements ITypeConverter<String> {
    private static final Pattern KNOWN = Pattern.compile("m[xsn]\\d{1,18}[kKmMgGtT]?|ss\\d{1,18}[kKmMgGtT]?");

    @Override
    public String convert(String text) {
        if (!KNOWN.matcher(text).matches()) {
            throw new TypeConversionException("'-X" + text + "' means nothing to an image; it knows -Xmx, -Xms, -Xmn and -Xss with a size such as 64m");
        }
        return text;
    }
}
