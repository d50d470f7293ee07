package dev.ristretto.imagetests.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.ChoiceFormat;
import java.text.Collator;
import java.text.CompactNumberFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.Formattable;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class FormattingTest {

    @Test
    void conversions() {
        assertEquals("   42|42   |00042|+42|2a|0x2a|52", String.format("%5d|%-5d|%05d|%+d|%x|%#x|%o", 42, 42, 42, 42, 42, 42, 42));
        assertEquals("3.14|3.142e+00|3.14159|0x1.8p0", String.format(Locale.ROOT, "%.2f|%.3e|%g|%a", Math.PI, Math.PI, Math.PI, 1.5));
        assertEquals("hello|HELLO|  hel|h", String.format("%s|%S|%5.3s|%c", "hello", "hello", "hello", 'h'));
        assertEquals("true|100%|100 true", String.format("%b|%d%%|%2$s %1$s", true, 100));
        assertEquals("1,234,567.89", String.format(Locale.US, "%,.2f", 1234567.891));
        assertEquals("2026-11-23 14:05", String.format(Locale.ROOT, "%1$tF %1$tR", LocalDateTime.of(2026, 11, 23, 14, 5)));
    }

    /** An image formats constant patterns that are simple by itself, and leaves others to the JDK. */
    @Test
    void constantPatternsAreFormattedAsOthers() {
        Object[] arguments = {"text", -1, 'c', null, Long.MIN_VALUE};
        assertEquals(String.format(fromElsewhere("%s %d %c %s %x%n"), arguments), String.format("%s %d %c %s %x%n", arguments));
        assertEquals(fromElsewhere("%5$X %2$x %<s %4$d %%").formatted(arguments), "%5$X %2$x %<s %4$d %%".formatted(arguments));
        assertEquals(String.format(fromElsewhere("%04x %#x"), 10, 255), String.format("%04x %#x", 10, 255));
        Formattable shy = (formatter, flags, width, precision) -> formatter.format("%d.%d.%d", flags, width, precision);
        assertEquals("0.-1.-1", String.format("%s", shy));
        assertEquals("Format specifier '%2$s'", assertThrows(IllegalFormatException.class, () -> "%2$s".formatted("one")).getMessage());
        assertEquals("x != java.lang.String", assertThrows(IllegalFormatException.class, () -> String.format("%x", "text")).getMessage());
        assertThrows(NullPointerException.class, () -> String.format((String) null, "text"));
    }

    private static String fromElsewhere(String pattern) {
        return new String(pattern.toCharArray());
    }

    @Test
    void wrongFormatsAreRefused() {
        assertThrows(IllegalFormatException.class, () -> String.format("%d", "text"));
        assertThrows(IllegalFormatException.class, () -> String.format("%s %s", "only one"));
        assertThrows(IllegalFormatException.class, () -> String.format("%q", 1));
    }

    @Test
    void floatingPointAsText() {
        assertEquals("0.1", Double.toString(0.1));
        assertEquals("1.0E23", Double.toString(1e23));
        assertEquals("4.9E-324", Double.toString(Double.MIN_VALUE));
        assertEquals("3.4028235E38", Float.toString(Float.MAX_VALUE));
        assertEquals("NaN", Double.toString(0.0 / 0));
        assertEquals(2.2250738585072014E-308, Double.parseDouble("2.2250738585072012e-308"), 0);
        assertEquals(0x1.fffffffffffffp1023, Double.parseDouble("1.7976931348623157e308"), 0);
        assertEquals("0x1.0p-3", Double.toHexString(0.125));
    }

    @Test
    void decimalFormats() throws ParseException {
        DecimalFormat format = new DecimalFormat("#,##0.00;(#)", DecimalFormatSymbols.getInstance(Locale.US));
        assertEquals("1,234.50", format.format(1234.5));
        assertEquals("(7.00)", format.format(-7));
        assertEquals(1234.5, format.parse("1,234.50").doubleValue());
        assertEquals("12.3%", new DecimalFormat("0.0%", DecimalFormatSymbols.getInstance(Locale.US)).format(0.1234));
    }

    @Test
    void localesDiffer() {
        assertEquals("1.234.567,89", NumberFormat.getInstance(Locale.GERMANY).format(1234567.89));
        assertEquals("1,234,567.89", NumberFormat.getInstance(Locale.US).format(1234567.89));
        assertEquals("1.234,50\u00a0\u20ac", NumberFormat.getCurrencyInstance(Locale.GERMANY).format(1234.5));
        assertEquals("$1,234.50", NumberFormat.getCurrencyInstance(Locale.US).format(1234.5));
        assertEquals("25\u00a0%", NumberFormat.getPercentInstance(Locale.GERMANY).format(0.25));
        assertEquals("Deutschland", Locale.GERMANY.getDisplayCountry(Locale.GERMAN));
        assertEquals("allemand", Locale.GERMAN.getDisplayLanguage(Locale.FRENCH));
        assertEquals("EUR", Currency.getInstance(Locale.FRANCE).getCurrencyCode());
    }

    @Test
    void compactNumbers() {
        NumberFormat compact = CompactNumberFormat.getCompactNumberInstance(Locale.US, NumberFormat.Style.SHORT);
        assertEquals("12K", compact.format(12_345));
        assertEquals("3M", compact.format(3_000_000));
    }

    @Test
    void messages() {
        assertEquals("There are 3 files on disk {C}.", new MessageFormat("There are {0,number,integer} files on disk '{'{1}'}'.", Locale.US)
                .format(new Object[] {3, "C"}));
        ChoiceFormat choice = new ChoiceFormat("0#none|1#one|2#many");
        assertEquals("none one many", choice.format(0) + " " + choice.format(1) + " " + choice.format(50));
    }

    @Test
    void oldDates() throws ParseException {
        SimpleDateFormat format = new SimpleDateFormat("EEE, d MMM yyyy HH:mm:ss z", Locale.US);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        assertEquals("Thu, 1 Jan 1970 00:00:01 UTC", format.format(new Date(1_000)));
        assertEquals(1_000, format.parse("Thu, 1 Jan 1970 00:00:01 UTC").getTime());
    }

    @Test
    void collation() {
        Collator german = Collator.getInstance(Locale.GERMAN);
        assertTrue(german.compare("\u00e4pfel", "zebra") < 0);
        german.setStrength(Collator.PRIMARY);
        assertEquals(0, german.compare("A", "\u00e4"));
    }
}
