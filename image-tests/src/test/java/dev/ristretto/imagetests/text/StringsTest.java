package dev.ristretto.imagetests.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;

class StringsTest {

    @Test
    void searching() {
        String text = "the quick brown fox jumps over the lazy dog";
        assertEquals(31, text.lastIndexOf("the"));
        assertEquals(16, text.indexOf("fox"));
        assertEquals(-1, text.indexOf("cat"));
        assertEquals(41, text.indexOf('o', 28));
        assertTrue(text.startsWith("quick", 4) && text.endsWith("dog") && text.contains("jump"));
        String repeated = "ab".repeat(1000) + "needle" + "ab".repeat(10);
        assertEquals(2000, repeated.indexOf("needle"));
        assertEquals(2000, (repeated + '\u20ac').indexOf("needle"));
    }

    @Test
    void changing() {
        assertEquals("HELLO", "hello".toUpperCase(Locale.ROOT));
        assertEquals("STRASSE", "stra\u00dfe".toUpperCase(Locale.ROOT));
        assertEquals("a-b-c", "a.b.c".replace('.', '-'));
        assertEquals("axxbxx", "a1b1".replace("1", "xx"));
        assertEquals("x", " \t x\u2003".strip());
        assertEquals("abcabcabc", "abc".repeat(3));
        assertEquals("olleh", new StringBuilder("hello").reverse().toString());
        assertEquals(List.of("a", "b", "", "c"), List.of("a,b,,c".split(",")));
        assertEquals("  indented\n  twice\n", "indented\ntwice".indent(2));
        assertEquals("tab\tnew\n", "tab\\tnew\\n".translateEscapes());
    }

    @Test
    void unicode() {
        String text = "na\u00efve caf\u00e9 \u6f22\u5b57 \ud83d\ude00";
        assertEquals(16, text.length());
        assertEquals(15, text.codePointCount(0, text.length()));
        assertEquals(0x1F600, text.codePointBefore(text.length()));
        assertEquals("\ud83d\ude00", Character.toString(0x1F600));
        assertTrue(Character.isIdeographic('\u6f22') && Character.isLetter('\u00ef') && !Character.isLetter('7'));
        assertEquals("LATIN SMALL LETTER E WITH ACUTE", Character.getName('\u00e9'));
        assertEquals("e\u0301", Normalizer.normalize("\u00e9", Normalizer.Form.NFD));
        assertEquals("\u00e9", Normalizer.normalize("e\u0301", Normalizer.Form.NFC));
        assertEquals("ffi", Normalizer.normalize("\ufb03", Normalizer.Form.NFKC));
    }

    @Test
    void comparingAndHashing() {
        assertEquals(99162322, "hello".hashCode());
        assertTrue("apple".compareTo("banana") < 0 && "b".compareToIgnoreCase("A") > 0);
        assertTrue("stra\u00dfe".regionMatches(true, 0, "STRA", 0, 4));
        assertTrue("abc".contentEquals(new StringBuilder("abc")));
        assertFalse("abc".equals("ab\u0107"));
        assertEquals("same", new String(new char[] {'s', 'a', 'm', 'e'}));
    }

    @Test
    void internedStringsAreOne() {
        String built = new StringBuilder("inter").append("ned ").append(7 * 6).toString();
        assertNotSame("interned 42", built);
        assertSame("interned 42", built.intern());
        String fresh = new String("made at run time " + System.nanoTime());
        assertSame(fresh.intern(), new String(fresh).intern());
    }

    @Test
    void concatenation() {
        int n = 5;
        Object none = null;
        String text = "n=" + n + ", d=" + 1.5 + ", c=" + 'x' + ", b=" + true + ", l=" + 7L + ", o=" + none;
        assertEquals("n=5, d=1.5, c=x, b=true, l=7, o=null", text);
        text += n;
        assertTrue(text.endsWith("null5"));
    }

    @Test
    void textBlocksAndTemplates() {
        String block = """
                {
                  "name": "ristretto",
                  "size": \
                small
                }
                """;
        assertEquals("{\n  \"name\": \"ristretto\",\n  \"size\": small\n}\n", block);
        assertEquals("2 of 3", "%d of %d".formatted(2, 3));
    }

    @Test
    void buildersAndJoiners() {
        StringBuilder builder = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            builder.append(i).append(i % 2 == 0 ? ' ' : '\u2022');
        }
        builder.insert(0, "start ").delete(6, 8).setCharAt(0, 'S');
        assertTrue(builder.toString().startsWith("Start 1\u20222 3"));
        assertEquals("[a, b]", new StringJoiner(", ", "[", "]").add("a").add("b").toString());
        assertEquals(3, new StringTokenizer("a b\tc").countTokens());
        assertThrows(StringIndexOutOfBoundsException.class, () -> builder.deleteCharAt(-1));
    }

    @Test
    void linesCharsAndCodePoints() {
        assertEquals(List.of("a", "b", "c"), "a\nb\r\nc".lines().toList());
        assertArrayEquals(new int[] {'x', 0x1F600}, "x\ud83d\ude00".codePoints().toArray());
        assertEquals(294, "abc".chars().sum());
        assertTrue(" \t".isBlank() && !" \t".isEmpty());
    }
}
