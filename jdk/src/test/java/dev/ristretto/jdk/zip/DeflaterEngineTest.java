package dev.ristretto.jdk.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the compressor writes, the zlib of the JDK reads. */
class DeflaterEngineTest {
    private static final int FINISH = 4;

    @Property(tries = 400)
    void zlibReadsWhatWasWritten(@ForAll long seed, @ForAll @IntRange(min = -1, max = 9) int level,
                    @ForAll @IntRange(max = 2) int strategy, @ForAll boolean wrapped) throws DataFormatException {
        Random random = new Random(seed);
        byte[] data = Samples.mixed(seed, random.nextInt(1 << random.nextInt(19)));
        DeflaterEngine engine = new DeflaterEngine(level, strategy, wrapped);
        for (int round = 0; round < 2; round++) {
            byte[] stream = new Writer(engine, random).write(data, random.nextInt(4) == 0);
            assertArrayEquals(data, decompress(stream, wrapped, null, data.length));
            if (wrapped) {
                assertEquals(Adler32Sum.update(Adler32Sum.INITIAL, data, 0, data.length), engine.adler());
            } else {
                assertEquals(1, engine.adler());
            }
            engine.reset();
        }
    }

    @Property(tries = 100)
    void dictionariesAreUsed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int level, @ForAll boolean wrapped)
                    throws DataFormatException {
        Random random = new Random(seed);
        byte[] dictionary = Samples.mixed(seed, 1 + random.nextInt(60_000));
        byte[] data = Arrays.copyOfRange(dictionary, dictionary.length / 2, dictionary.length);
        DeflaterEngine engine = new DeflaterEngine(level, 0, wrapped);
        engine.setDictionary(dictionary, 0, dictionary.length);
        if (wrapped) {
            assertEquals(Adler32Sum.update(Adler32Sum.INITIAL, dictionary, 0, dictionary.length), engine.adler());
        }
        byte[] stream = new Writer(engine, random).write(data, false);
        assertArrayEquals(data, decompress(stream, wrapped, dictionary, data.length));
    }

    @Test
    void dictionaryMakesTheStreamSmaller() {
        byte[] dictionary = new byte[2000];
        new Random(5).nextBytes(dictionary);
        for (boolean wrapped : new boolean[] {true, false}) {
            DeflaterEngine engine = new DeflaterEngine(6, 0, wrapped);
            engine.setDictionary(dictionary, 0, dictionary.length);
            byte[] out = new byte[4000];
            engine.deflate(dictionary, 0, dictionary.length, out, 0, out.length, FINISH);
            assertTrue(engine.finished());
            assertTrue(engine.produced() < 100, () -> "stream of " + engine.produced() + " bytes");
        }
    }

    @Test
    void dictionaryAfterDataIsRefused() {
        for (boolean wrapped : new boolean[] {true, false}) {
            DeflaterEngine engine = new DeflaterEngine(6, 0, wrapped);
            engine.deflate(new byte[100], 0, 100, new byte[100], 0, 100, 0);
            assertThrows(IllegalArgumentException.class, () -> engine.setDictionary(new byte[10], 0, 10));
        }
    }

    @Test
    void syncFlushDeliversEverything() throws DataFormatException {
        byte[] data = Samples.mixed(3, 5000);
        DeflaterEngine engine = new DeflaterEngine(6, 0, false);
        byte[] out = new byte[10_000];
        engine.deflate(data, 0, data.length, out, 0, out.length, Deflater.SYNC_FLUSH);
        assertEquals(data.length, engine.consumed());
        assertFalse(engine.finished());
        int length = engine.produced();
        assertArrayEquals(new byte[] {0, 0, -1, -1}, Arrays.copyOfRange(out, length - 4, length));
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(out, 0, length);
            byte[] back = new byte[data.length + 1];
            assertEquals(data.length, inflater.inflate(back));
        }
    }

    @Test
    void invalidParametersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DeflaterEngine(10, 0, true));
        assertThrows(IllegalArgumentException.class, () -> new DeflaterEngine(6, 7, true));
    }

    @Test
    void compressesAboutAsWellAsZlib() {
        byte[] data = Samples.mixed(11, 500_000);
        for (int level = 1; level <= 9; level++) {
            byte[] out = new byte[600_000];
            int zlib;
            try (Deflater deflater = new Deflater(level)) {
                deflater.setInput(data);
                deflater.finish();
                zlib = deflater.deflate(out);
            }
            DeflaterEngine engine = new DeflaterEngine(level, 0, true);
            engine.deflate(data, 0, data.length, out, 0, out.length, FINISH);
            assertTrue(engine.finished());
            int ours = engine.produced();
            assertTrue(ours < zlib * 1.01, () -> ours + " bytes, zlib " + zlib);
        }
    }

    private static byte[] decompress(byte[] stream, boolean wrapped, byte[] dictionary, int size) throws DataFormatException {
        try (Inflater inflater = new Inflater(!wrapped)) {
            if (dictionary != null && !wrapped) {
                inflater.setDictionary(dictionary);
            }
            inflater.setInput(stream);
            byte[] back = new byte[size + 1];
            int n = inflater.inflate(back);
            if (inflater.needsDictionary()) {
                inflater.setDictionary(dictionary);
                n = inflater.inflate(back);
            }
            assertTrue(inflater.finished());
            assertEquals(0, inflater.getRemaining());
            return Arrays.copyOf(back, n);
        }
    }

    /** Writes data in pieces of random size, with flushes and changes of parameters in between, as java.util.zip.Deflater would. */
    private static final class Writer {
        private final DeflaterEngine engine;
        private final Random random;
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

        Writer(DeflaterEngine engine, Random random) {
            this.engine = engine;
            this.random = random;
        }

        byte[] write(byte[] data, boolean changeParameters) {
            int at = 0;
            int level = 6;
            int strategy = 0;
            boolean parametersChanged = false;
            while (!engine.finished()) {
                if (changeParameters && random.nextInt(4) == 0) {
                    level = random.nextInt(11) - 1;
                    strategy = random.nextInt(3);
                    parametersChanged = true;
                }
                int offer = Math.min(data.length - at, Samples.pieceSize(random));
                byte[] out = new byte[Samples.pieceSize(random)];
                if (parametersChanged) {
                    engine.setParams(level, strategy, data, at, offer, out, 0, out.length);
                    parametersChanged = engine.paramsPending();
                } else {
                    int flush = at + offer == data.length ? FINISH : new int[] {0, 0, 0, 2, 3}[random.nextInt(5)];
                    engine.deflate(data, at, offer, out, 0, out.length, flush);
                }
                at += engine.consumed();
                stream.write(out, 0, engine.produced());
            }
            assertEquals(data.length, at);
            return stream.toByteArray();
        }
    }
}
