package dev.ristretto.imagetests.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ArchivesTest {

    private static final byte[] CHECK = "123456789".getBytes(StandardCharsets.US_ASCII);

    private static byte[] sample() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            text.append("line ").append(random.nextInt(100)).append(i % 7 == 0 ? "\n" : " ");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The check values of the CRC catalogue; Adler-32 by RFC 1950. */
    @Test
    void checksums() {
        CRC32 crc = new CRC32();
        crc.update(CHECK);
        assertEquals(0xcbf43926L, crc.getValue());
        crc.reset();
        crc.update(ByteBuffer.allocateDirect(9).put(CHECK).flip());
        assertEquals(0xcbf43926L, crc.getValue());
        CRC32C castagnoli = new CRC32C();
        castagnoli.update(CHECK);
        assertEquals(0xe3069283L, castagnoli.getValue());
        Adler32 adler = new Adler32();
        adler.update(CHECK);
        assertEquals(0x091e01deL, adler.getValue());
    }

    /** Images have an instruction for this one; here it is done a bit at a time (RFC 3720 appendix B.4). */
    @Test
    void castagnoliOfAllLengthsAnywhere() {
        byte[] data = new byte[200_000];
        new Random(3).nextBytes(data);
        ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data);
        for (int i = 0; i < 40; i++) {
            castagnoli(data, direct, i % 9, i);
        }
        castagnoli(data, direct, 5, 4096);
        castagnoli(data, direct, 3, 65_536); // longer ones are done in pieces
        castagnoli(data, direct, 1, data.length - 1);
    }

    private static void castagnoli(byte[] data, ByteBuffer direct, int offset, int length) {
        int expected = -1;
        for (int i = offset; i < offset + length; i++) {
            expected ^= data[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                expected = (expected >>> 1) ^ ((expected & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        CRC32C ofArray = new CRC32C();
        ofArray.update(data, offset, length / 3);
        ofArray.update(data, offset + length / 3, length - length / 3);
        assertEquals(~expected & 0xffffffffL, ofArray.getValue(), length + " bytes at " + offset);
        CRC32C ofMemory = new CRC32C();
        ofMemory.update(direct.duplicate().position(offset).limit(offset + length));
        assertEquals(~expected & 0xffffffffL, ofMemory.getValue(), length + " bytes at " + offset);
    }

    @Test
    void deflateGoesThereAndBackAtAllLevels() throws DataFormatException {
        byte[] data = sample();
        for (int level = 0; level <= 9; level++) {
            for (boolean raw : new boolean[] {false, true}) {
                Deflater deflater = new Deflater(level, raw);
                deflater.setInput(data);
                deflater.finish();
                byte[] compressed = new byte[data.length + 100];
                int size = deflater.deflate(compressed);
                assertTrue(deflater.finished());
                assertTrue(level == 0 || size < data.length / 2, "level " + level + ": " + size);
                deflater.end();
                Inflater inflater = new Inflater(raw);
                inflater.setInput(compressed, 0, size);
                byte[] back = new byte[data.length];
                assertEquals(data.length, inflater.inflate(back));
                assertTrue(inflater.finished() || inflater.inflate(new byte[1]) == 0);
                inflater.end();
                assertArrayEquals(data, back);
            }
        }
    }

    /** What zlib itself makes of "hello hello hello", so that not only our own deflate is understood. */
    @Test
    void inflatesWhatZlibWrote() throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(HexFormat.of().parseHex("789ccb48cdc9c957c84090003a2e067d"));
        byte[] text = new byte[100];
        int n = inflater.inflate(text);
        assertEquals("hello hello hello", new String(text, 0, n, StandardCharsets.US_ASCII));
        assertTrue(inflater.finished());
        assertEquals(0x3a2e067d, inflater.getAdler());
    }

    @Test
    void dictionariesAndSmallBuffers() throws DataFormatException {
        byte[] dictionary = "a dictionary of words".getBytes(StandardCharsets.US_ASCII);
        byte[] data = "words of a dictionary, a dictionary of words".getBytes(StandardCharsets.US_ASCII);
        Deflater deflater = new Deflater();
        deflater.setDictionary(dictionary);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        byte[] three = new byte[3];
        while (!deflater.finished()) {
            compressed.write(three, 0, deflater.deflate(three));
        }
        Inflater inflater = new Inflater();
        inflater.setInput(compressed.toByteArray());
        assertEquals(0, inflater.inflate(new byte[10]));
        assertTrue(inflater.needsDictionary());
        inflater.setDictionary(dictionary);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        while (!inflater.finished()) {
            back.write(three, 0, inflater.inflate(three));
        }
        assertArrayEquals(data, back.toByteArray());
    }

    @Test
    void gzip() throws IOException {
        byte[] data = sample();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        byte[] compressed = bytes.toByteArray();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            assertArrayEquals(data, in.readAllBytes());
        }
        compressed[compressed.length - 8] ^= 1;
        assertThrows(ZipException.class, () -> new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes());
        assertThrows(EOFException.class, () -> new GZIPInputStream(new ByteArrayInputStream(compressed, 0, 40)).readAllBytes());
    }

    @Test
    void streamsOfDeflatedData() throws IOException {
        byte[] data = sample();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 64, true)) {
            out.write(data, 0, 1_000);
            out.flush();
            assertTrue(bytes.size() > 0);
            out.write(data, 1_000, data.length - 1_000);
        }
        CheckedInputStream checked = new CheckedInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes.toByteArray())), new Adler32());
        assertArrayEquals(data, checked.readAllBytes());
        assertTrue(checked.getChecksum().getValue() != 1);
    }

    @Test
    void zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("folder/"));
            out.putNextEntry(new ZipEntry("folder/\u00fcber.txt"));
            out.write(sample());
            ZipEntry stored = new ZipEntry("stored");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(CHECK.length);
            stored.setCrc(0xcbf43926L);
            out.putNextEntry(stored);
            out.write(CHECK);
        }
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertTrue(in.getNextEntry().isDirectory());
            assertEquals("folder/\u00fcber.txt", in.getNextEntry().getName());
            assertArrayEquals(sample(), in.readAllBytes());
            assertEquals(CHECK.length, in.getNextEntry().getSize());
            assertArrayEquals(CHECK, in.readAllBytes());
            assertNull(in.getNextEntry());
        }
    }

    @Test
    void jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "a.very.long.package.name.that.needs.more.than.one.line.in.the.manifest.Main");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.write(CHECK);
        }
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(manifest, in.getManifest());
            assertEquals("a.txt", in.getNextJarEntry().getName());
            assertFalse(in.getNextJarEntry() != null);
        }
    }

    @Test
    void brokenDataIsRefused() {
        Inflater inflater = new Inflater();
        inflater.setInput(new byte[] {1, 2, 3, 4});
        assertThrows(DataFormatException.class, () -> inflater.inflate(new byte[10]));
        assertThrows(ZipException.class, () -> new GZIPInputStream(new ByteArrayInputStream(new byte[20])));
        inflater.end();
        assertThrows(IllegalStateException.class, () -> inflater.inflate(new byte[10]));
    }
}
