package dev.ristretto.jdk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Formattable;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The JDK's own formatter is the judge. */
class SimpleFormatTest {
    private static final Formattable FORMATTABLE = (formatter, flags, width, precision) ->
            formatter.format("<%d %d %d>", flags, width, precision);

    private static String outcome(Supplier<String> format) {
        try {
            return format.get();
        } catch (IllegalFormatException e) {
            return e.toString();
        }
    }

    private static void compare(String pattern, Object... arguments) {
        assertTrue(SimpleFormat.understands(pattern), pattern);
        assertEquals(outcome(() -> String.format(Locale.US, pattern, arguments)), outcome(() -> SimpleFormat.format(pattern, arguments)),
                () -> pattern + " of " + Arrays.toString(arguments));
    }

    @Property(tries = 20_000)
    void answersAndFailsAsTheJdkDoes(@ForAll("patterns") String pattern, @ForAll("arguments") List<Object> arguments) {
        compare(pattern, arguments.toArray());
    }

    @Property(tries = 20_000)
    void whatItUnderstandsTheJdkDoesToo(@ForAll("soup") String pattern, @ForAll("arguments") List<Object> arguments) {
        if (SimpleFormat.understands(pattern)) {
            compare(pattern, arguments.toArray());
            assertEquals(pattern.replace("%%", "").matches("(?s).*%[^sxXcn%]*d.*"), SimpleFormat.hasDecimals(pattern), pattern);
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("%s", "%c", "%d", "%x", "%X", "%04x", "%012X", "%%", "%n", "%<s", "%<d", "%1$s", "%3$x", "%<X", "%#x", "%#X", "", " ",
                "text", "käse", "\"", "$", "0", "<").list().ofMaxSize(8).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.strings().withChars("%%%sxdXcn0149$<#-, .").ofMaxLength(8);
    }

    @Provide
    Arbitrary<List<Object>> arguments() {
        Arbitrary<Object> argument = Arbitraries.oneOf(
                Arbitraries.of("text", "", 'x', true, 1.5, List.of(1, 2), FORMATTABLE, Integer.MIN_VALUE, -1L, Long.MIN_VALUE, (byte) -1, (short) -2,
                        0x1f600, 0x110000, BigInteger.ONE.shiftLeft(70).negate(), BigInteger.TEN),
                Arbitraries.integers().map(number -> (Object) number), Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.bytes().map(number -> (Object) number), Arbitraries.bigIntegers().map(number -> (Object) number));
        return argument.injectNull(0.1).list().ofMaxSize(4);
    }

    @Test
    void noArgumentsAtAllStandForNulls() {
        compare("%s %d %08x %X %c %<s %3$s", (Object[]) null);
    }

    @Test
    void aFormattableSeesThatItWasChosenAgain() {
        compare("%s %<s %1$s %<s", FORMATTABLE);
    }

    @Test
    void whatDependsOnMoreIsLeftToTheJdk() {
        for (String pattern : List.of("%", "%5s", "%-5s", "%,d", "%.2f", "%b", "%S", "%tY", "%5d", "%#d", "%#s", "%#8x", "%<#x", "%0x", "%00x", "%0$s", "%1$", "%<", "% d",
                "%s %e", "%12345$s", "%99999x", "%05d", "%5x", "%2$08x", "%<04X")) {
            assertFalse(SimpleFormat.understands(pattern), pattern);
        }
    }
}
