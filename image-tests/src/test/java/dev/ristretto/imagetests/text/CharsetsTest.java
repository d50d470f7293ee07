package dev.ristretto.imagetests.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import java.nio.charset.UnsupportedCharsetException;
import org.junit.jupiter.api.Test;

class CharsetsTest {

    private static final String TEXT = "plain, \u00fcml\u00e4ut, \u20ac, \u6f22\u5b57, \ud83d\ude00";

    @Test
    void unicodeCharsetsGoThereAndBack() {
        for (String name : new String[] {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"}) {
            Charset charset = Charset.forName(name);
            assertEquals(TEXT, new String(TEXT.getBytes(charset), charset), name);
        }
        assertEquals(34, TEXT.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void smallCharsetsReplaceWhatTheyLack() {
        assertArrayEquals(new byte[] {(byte) 0xfc, '?'}, "\u00fc\u20ac".getBytes(StandardCharsets.ISO_8859_1));
        assertArrayEquals(new byte[] {'?', 'a'}, "\u00fca".getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(new byte[] {(byte) 0x80}, "\u20ac".getBytes(Charset.forName("windows-1252")));
        assertArrayEquals(new byte[] {(byte) 0x8a, (byte) 0xbf, (byte) 0x8e, (byte) 0x9a}, "\u6f22\u5b57".getBytes(Charset.forName("Shift_JIS")));
        assertEquals("\u0430", new String(new byte[] {(byte) 0xc1}, Charset.forName("KOI8-R")));
    }

    @Test
    void strictCodersReport() {
        assertThrows(UnmappableCharacterException.class, () -> StandardCharsets.US_ASCII.newEncoder().encode(CharBuffer.wrap("\u00fc")));
        assertThrows(MalformedInputException.class,
                () -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(new byte[] {'a', (byte) 0xc3, 'b'})));
        assertEquals("a\ufffdb", new String(new byte[] {'a', (byte) 0xc3, 'b'}, StandardCharsets.UTF_8));
    }

    @Test
    void lenientCodersReplaceOrSkip() throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.US_ASCII.newEncoder().onUnmappableCharacter(CodingErrorAction.IGNORE).encode(CharBuffer.wrap("a\u00fcb"));
        assertEquals(2, bytes.remaining());
        assertEquals("a!b", StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).replaceWith("!")
                .decode(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b'})).toString());
    }

    @Test
    void namesAndAliases() {
        assertEquals(StandardCharsets.ISO_8859_1, Charset.forName("latin1"));
        assertTrue(Charset.isSupported("utf8") && !Charset.isSupported("no-such-charset"));
        assertThrows(UnsupportedCharsetException.class, () -> Charset.forName("no-such-charset"));
        assertTrue(Charset.availableCharsets().containsKey("UTF-8"));
        assertEquals("UTF-8", Charset.defaultCharset().name());
        assertFalse(StandardCharsets.US_ASCII.contains(StandardCharsets.UTF_8));
    }

    @Test
    void streamsDecodeAcrossBufferBounds() throws IOException {
        String text = TEXT.repeat(1_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStreamWriter writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            writer.write(text);
        }
        StringBuilder read = new StringBuilder();
        try (InputStreamReader reader = new InputStreamReader(new ByteArrayInputStream(bytes.toByteArray()), StandardCharsets.UTF_8)) {
            char[] buffer = new char[777];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                read.append(buffer, 0, n);
            }
        }
        assertEquals(text, read.toString());
    }
}
