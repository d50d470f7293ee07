package dev.ristretto.imagetests.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class RegularExpressionsTest {

    @Test
    void groups() {
        Matcher matcher = Pattern.compile("(?<year>\\d{4})-(?<month>\\d\\d)-(\\d\\d)").matcher("on 2026-11-23 and 2027-01-02");
        assertTrue(matcher.find());
        assertEquals("2026", matcher.group("year"));
        assertEquals("23", matcher.group(3));
        assertEquals(3, matcher.start());
        assertTrue(matcher.find());
        assertEquals("01", matcher.group("month"));
        assertFalse(matcher.find());
    }

    @Test
    void lookaroundBackReferencesAndLaziness() {
        assertEquals("bcab", "abcab".replaceFirst("a(?=bc)", ""));
        assertTrue("abab".matches("(ab)\\1"));
        assertEquals("<a>", Pattern.compile("<.+?>").matcher("<a><b>").results().findFirst().map(MatchResult::group).orElseThrow());
        assertArrayEquals(new String[] {"one", "two", "three"}, "one1two22three".split("(?<=[a-z])\\d+(?=[a-z])"));
        assertFalse("aaa".matches("a*+a"));
    }

    @Test
    void replacing() {
        assertEquals("23.11.2026", "2026-11-23".replaceAll("(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1"));
        assertEquals("2 4 6", Pattern.compile("\\d").matcher("1 2 3").replaceAll(m -> Integer.toString(2 * Integer.parseInt(m.group()))));
        assertEquals("a\\$b", Matcher.quoteReplacement("a$b"));
    }

    @Test
    void flagsAndUnicode() {
        assertTrue(Pattern.compile("stra\u00dfe", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE).matcher("STRA\u00dfE").matches());
        assertEquals(List.of("l1", "l2"), Pattern.compile("^l\\d$", Pattern.MULTILINE).matcher("l1\nl2\nxl3").results().map(MatchResult::group).toList());
        assertTrue(Pattern.matches("\\p{L}+\\p{Nd}", "\u6f22\u5b577"));
        assertTrue(Pattern.matches("\\p{IsGreek}+", "\u03b1\u03b2\u03b3"));
        assertTrue(Pattern.compile("a.b", Pattern.DOTALL).matcher("a\nb").matches());
        assertTrue(Pattern.matches("\\Q[*]\\E", "[*]"));
    }

    @Test
    void splittingAndPredicates() {
        assertEquals(List.of("a", "b", "c"), Pattern.compile("\\s*[,;]\\s*").splitAsStream("a , b;c").toList());
        assertEquals(List.of("x1"), List.of("x1", "1x").stream().filter(Pattern.compile("^x").asPredicate()).toList());
    }

    @Test
    void mistakesAreNamed() {
        PatternSyntaxException e = assertThrows(PatternSyntaxException.class, () -> Pattern.compile("a(b"));
        assertEquals("a(b", e.getPattern());
        assertThrows(IllegalStateException.class, () -> Pattern.compile("a").matcher("a").group());
    }

    @Test
    void aScannerReadsTokens() {
        try (Scanner scanner = new Scanner("12 abc 3.5 true\nnext line; rest").useLocale(Locale.ROOT)) {
            assertEquals(12, scanner.nextInt());
            assertEquals("abc", scanner.next());
            assertEquals(3.5, scanner.nextDouble());
            assertTrue(scanner.nextBoolean());
            scanner.nextLine();
            scanner.useDelimiter(";\\s*");
            assertEquals("next line", scanner.next());
            assertEquals("rest", scanner.next());
            assertFalse(scanner.hasNext());
        }
    }
}
