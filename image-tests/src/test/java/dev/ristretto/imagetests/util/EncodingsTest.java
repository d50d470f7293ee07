package dev.ristretto.imagetests.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EncodingsTest {

    /** RFC 4648, section 10. */
    @Test
    void base64Vectors() {
        String[] plain = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
        String[] encoded = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
        for (int i = 0; i < plain.length; i++) {
            assertEquals(encoded[i], Base64.getEncoder().encodeToString(plain[i].getBytes(StandardCharsets.US_ASCII)));
            assertEquals(plain[i], new String(Base64.getDecoder().decode(encoded[i]), StandardCharsets.US_ASCII));
        }
        assertThrows(IllegalArgumentException.class, () -> Base64.getDecoder().decode("Zg=*"));
    }

    @Test
    void base64Variants() {
        byte[] bytes = new byte[1_000];
        new Random(1).nextBytes(bytes);
        assertArrayEquals(bytes, Base64.getUrlDecoder().decode(Base64.getUrlEncoder().withoutPadding().encode(bytes)));
        String mime = Base64.getMimeEncoder().encodeToString(bytes);
        assertTrue(mime.contains("\r\n"));
        assertArrayEquals(bytes, Base64.getMimeDecoder().decode(mime));
        assertEquals("_-8", Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {(byte) 0xff, (byte) 0xef}));
    }

    @Test
    void hexadecimal() {
        byte[] bytes = {0, 15, (byte) 0xab};
        assertEquals("00:0F:AB", HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes));
        assertArrayEquals(bytes, HexFormat.of().parseHex("000fab"));
        assertThrows(IllegalArgumentException.class, () -> HexFormat.of().parseHex("0g"));
        assertEquals(255, HexFormat.fromHexDigits("ff"));
    }

    @Test
    void uuids() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        assertEquals("123e4567-e89b-12d3-a456-426614174000", uuid.toString());
        assertEquals(UUID.fromString("5d41402a-bc4b-3a76-b971-9d911017c592"), UUID.nameUUIDFromBytes("hello".getBytes(StandardCharsets.US_ASCII)));
        assertTrue(uuid.compareTo(UUID.fromString("00000000-0000-0000-0000-000000000001")) > 0);
    }

    @Test
    void uris() {
        URI uri = URI.create("http://user@host.example:8080/a/b/../c?q=%C3%BC&x=1#part");
        assertEquals(8080, uri.getPort());
        assertEquals("q=\u00fc&x=1", uri.getQuery());
        assertEquals("/a/c", uri.normalize().getPath());
        assertEquals("http://host/x/z", URI.create("http://host/x/y").resolve("z").toString());
        assertThrows(URISyntaxException.class, () -> new URI("http://a b"));
        assertEquals("a+b%26%C3%BC", URLEncoder.encode("a b&\u00fc", StandardCharsets.UTF_8));
        assertEquals("a b&\u00fc", URLDecoder.decode("a+b%26%C3%BC", StandardCharsets.UTF_8));
    }

    @Test
    void properties() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("# comment\nkey = value\nlong = one \\\n  two\nunicode=\\u00fc\nempty\n"));
        assertEquals("one two", properties.getProperty("long"));
        assertEquals("\u00fc", properties.getProperty("unicode"));
        assertEquals("", properties.getProperty("empty"));
        assertEquals("fallback", properties.getProperty("absent", "fallback"));
        StringWriter written = new StringWriter();
        properties.store(written, "kept");
        Properties again = new Properties();
        again.load(new StringReader(written.toString()));
        assertEquals(properties, again);
    }
}
