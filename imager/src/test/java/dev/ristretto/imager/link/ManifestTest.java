package dev.ristretto.imager.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    @Test
    void textHasALineForEachKeyInOrder() throws LinkException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("format", "1");
        values.put("name", "a=b");
        values.put("devices", "");
        Manifest manifest = new Manifest(values);
        assertEquals("format=1\nname=a=b\ndevices=\n", manifest.text());
        assertEquals(manifest, Manifest.parse(manifest.text()));
    }

    @Test
    void lineBreaksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Manifest(Map.of("name", "a\nmain=evil")));
        assertThrows(IllegalArgumentException.class, () -> new Manifest(Map.of("a=b", "")));
    }

    @Test
    void unknownKeysAreKeptAndUnknownFormatsRefused() throws LinkException {
        assertEquals("x", Manifest.parse("format=1\nlater=x\n").get("later"));
        assertThrows(LinkException.class, () -> Manifest.parse("format=2\n"));
        assertThrows(LinkException.class, () -> Manifest.parse("name=x\n"));
        assertThrows(LinkException.class, () -> Manifest.parse("format=1\nnonsense\n"));
    }

    @Test
    void filesWithoutManifestSayWhatTheyAreNot() {
        assertTrue(assertThrows(LinkException.class, () -> ManifestNote.read(new byte[10])).getMessage().contains("not an ELF64"));
        LinkException e = assertThrows(LinkException.class, () -> ManifestNote.read(new TestObject().bytes()));
        assertTrue(e.getMessage().contains("no Ristretto manifest"), e.getMessage());
    }

    @Test
    void aDamagedImageIsNoException() throws LinkException {
        byte[] bytes = Linker.link(LinkerTest.program().bytes(), "a.o", LinkerTest.boot(), LinkerTest.OPTIONS).bytes();
        for (int length = 64; length < 700; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThrows(LinkException.class, () -> ManifestNote.read(part));
        }
    }
}
