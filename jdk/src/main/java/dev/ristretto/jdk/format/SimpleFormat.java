package dev.ristretto.jdk.format;

import java.math.BigInteger;
import java.util.Formattable;
import java.util.Formatter;
import java.util.IllegalFormatCodePointException;
import java.util.IllegalFormatConversionException;
import java.util.MissingFormatArgumentException;

/**
 * Formats as {@link Formatter} does, for patterns whose conversions are {@code %s}, {@code %c}, {@code %d}, {@code %x} and {@code %X}, whose argument
 * may be chosen with {@code 2$} or {@code <}, or {@code %x} and {@code %X} with zeros before or after {@code #}, as in {@code %04x} and
 * {@code %#x}, or {@code %n} and {@code %%}. The digits of {@code %d} are those of ASCII.
 *
 * <p>One object formats once.
 */
final class SimpleFormat {
    private static final String CONVERSIONS = "scdxX";
    private static final int MAX_DIGITS = 4;
    /** What a {@link Formattable} sees in its flags when {@code <} chose it: no flag of {@link java.util.FormattableFlags}, but the JDK passes it. */
    private static final int PREVIOUS = 1 << 8;

    private final String pattern;
    private final Object[] arguments;
    private final StringBuilder out = new StringBuilder();
    private int position;
    /** The argument of the last conversion, and of the last that did not choose one; -1 before the first. */
    private int last = -1;
    private int lastOrdinary = -1;

    private SimpleFormat(String pattern, Object[] arguments) {
        this.pattern = pattern;
        this.arguments = arguments;
    }

    /** Whether {@link #format} can be called with this pattern. */
    static boolean understands(String pattern) {
        for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', i)) {
            int end = end(pattern, i);
            if (end < 0) {
                return false;
            }
            i = end;
        }
        return true;
    }

    /** Whether a conversion of the pattern depends on the locale. */
    static boolean hasDecimals(String pattern) {
        for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', i)) {
            int end = end(pattern, i);
            if (pattern.charAt(end - 1) == 'd') {
                return true;
            }
            i = end;
        }
        return false;
    }

    /** The position behind the conversion that begins at {@code start}, -1 if it is none that this class knows. */
    private static int end(String pattern, int start) {
        int i = start + 1;
        if (i < pattern.length() && (pattern.charAt(i) == '%' || pattern.charAt(i) == 'n')) {
            return i + 1;
        }
        if (i < pattern.length() && pattern.charAt(i) == '<') {
            i++;
        } else {
            int digits = digits(pattern, i);
            if (digits > 0 && i + digits < pattern.length() && pattern.charAt(i + digits) == '$') {
                if (digits > MAX_DIGITS || pattern.charAt(i) == '0') {
                    return -1;
                }
                i += digits + 1;
            }
        }
        if (i == start + 1 && (pattern.startsWith("#x", i) || pattern.startsWith("#X", i))) {
            return i + 2;
        }
        int width = digits(pattern, i);
        if (i + width >= pattern.length() || CONVERSIONS.indexOf(pattern.charAt(i + width)) < 0) {
            return -1;
        }
        char conversion = pattern.charAt(i + width);
        boolean zeros = i == start + 1 && width > 1 && width <= MAX_DIGITS && pattern.charAt(i) == '0' && pattern.charAt(i + 1) != '0';
        return width == 0 || zeros && (conversion == 'x' || conversion == 'X') ? i + width + 1 : -1;
    }

    private static int digits(String pattern, int from) {
        int i = from;
        while (i < pattern.length() && pattern.charAt(i) >= '0' && pattern.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /**
     * What {@link String#format} answers.
     *
     * @param pattern one that this class {@link #understands}
     * @param arguments may be null, which stands for as many nulls as are wanted
     * @throws java.util.IllegalFormatException as {@code String.format}
     */
    static String format(String pattern, Object... arguments) {
        return new SimpleFormat(pattern, arguments).format();
    }

    private String format() {
        int next;
        while ((next = pattern.indexOf('%', position)) >= 0) {
            out.append(pattern, position, next);
            position = end(pattern, next);
            convert(pattern.substring(next, position));
        }
        return out.append(pattern, position, pattern.length()).toString();
    }

    private void convert(String specifier) {
        char conversion = specifier.charAt(specifier.length() - 1);
        if (conversion == '%') {
            out.append('%');
        } else if (conversion == 'n') {
            out.append(System.lineSeparator());
        } else {
            Object argument = argument(specifier);
            switch (conversion) {
                case 's' -> text(argument, specifier.charAt(1) == '<' ? PREVIOUS : 0);
                case 'c' -> character(argument);
                case 'd' -> out.append(argument == null ? "null" : decimal(argument));
                default -> hexadecimal(argument, width(specifier), specifier.charAt(1) == '#', conversion == 'X');
            }
        }
    }

    private Object argument(String specifier) {
        int dollar = specifier.indexOf('$');
        if (dollar > 0) {
            last = Integer.parseInt(specifier, 1, dollar, 10) - 1;
        } else if (specifier.charAt(1) != '<') {
            last = ++lastOrdinary;
        } else if (last < 0) {
            throw new MissingFormatArgumentException(specifier);
        }
        if (arguments == null) {
            return null;
        }
        if (last >= arguments.length) {
            throw new MissingFormatArgumentException(specifier);
        }
        return arguments[last];
    }

    private static int width(String specifier) {
        int from = specifier.length() - 1;
        while (specifier.charAt(from - 1) >= '0' && specifier.charAt(from - 1) <= '9') {
            from--;
        }
        return from == specifier.length() - 1 ? 0 : Integer.parseInt(specifier, from, specifier.length() - 1, 10);
    }

    private void text(Object argument, int flags) {
        if (argument instanceof Formattable formattable) {
            formattable.formatTo(new Formatter(out), flags, -1, -1);
        } else {
            out.append(argument);
        }
    }

    private void character(Object argument) {
        if (argument == null || argument instanceof Character) {
            out.append(argument);
        } else if (argument instanceof Byte || argument instanceof Short || argument instanceof Integer) {
            int codePoint = ((Number) argument).intValue();
            if (!Character.isValidCodePoint(codePoint)) {
                throw new IllegalFormatCodePointException(codePoint);
            }
            out.appendCodePoint(codePoint);
        } else {
            throw new IllegalFormatConversionException('c', argument.getClass());
        }
    }

    private static String decimal(Object argument) {
        if (argument instanceof Byte || argument instanceof Short || argument instanceof Integer || argument instanceof Long
                || argument instanceof BigInteger) {
            return argument.toString();
        }
        throw new IllegalFormatConversionException('d', argument.getClass());
    }

    private void hexadecimal(Object argument, int width, boolean prefix, boolean upperCase) {
        if (argument == null) {
            out.repeat(' ', Math.max(0, width - "null".length())).append(upperCase ? "NULL" : "null");
            return;
        }
        String digits = digits(argument);
        String sign = "";
        if (digits.charAt(0) == '-') {
            sign = "-";
            digits = digits.substring(1);
        }
        out.append(sign).append(prefix ? upperCase ? "0X" : "0x" : "").repeat('0', Math.max(0, width - sign.length() - digits.length()));
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            out.append(upperCase && digit >= 'a' ? (char) (digit - 'a' + 'A') : digit);
        }
    }

    /** Of integers with a size the two's complement, of others the sign and the magnitude. */
    private static String digits(Object argument) {
        if (argument instanceof Long number) {
            return Long.toHexString(number);
        }
        if (argument instanceof Integer number) {
            return Integer.toHexString(number);
        }
        if (argument instanceof Short number) {
            return Integer.toHexString(Short.toUnsignedInt(number));
        }
        if (argument instanceof Byte number) {
            return Integer.toHexString(Byte.toUnsignedInt(number));
        }
        if (argument instanceof BigInteger number) {
            return number.toString(16);
        }
        throw new IllegalFormatConversionException('x', argument.getClass());
    }
}
